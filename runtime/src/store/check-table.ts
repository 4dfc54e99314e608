import { tableVariable } from '@eventloom/engine';
import { addressOf, connect, type PublisherOptions } from '../connection.ts';

/**
 * Throws a `ConfigurationError` when a handler on Lambda has neither a table nor `store`. Elsewhere a handler is made
 * before its environment is known (a local run gives it with each invocation), so there the first event tells.
 */
export function checkTable(options: PublisherOptions, store: object | undefined): void {
  const connection = connect(options);
  if (!store && connection.environment.AWS_LAMBDA_FUNCTION_NAME) addressOf(connection, tableVariable);
}
