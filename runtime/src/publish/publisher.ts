import { addressOf, type Connection, connect, type PublisherOptions } from '../connection.ts';
import type { PublishedEventDefinition, PublisherDefinition } from '../definitions.ts';
import type { PublishOptions } from './options.ts';
import { type Publish, type PublishByName, publishByName, publishEvent } from './publish-event.ts';

/**
 * Makes the publisher of a service: a method per operation, `method(payload, options)` when the operation has one
 * event, `method(name, payload, options)` when it has several.
 *
 * Throws a `ConfigurationError` at once when an environment variable of a destination is missing, so that a function
 * fails at start and not at its first event. Clients of AWS are imported and made when first needed.
 */
export function createPublisher<P>(definition: PublisherDefinition, options?: PublisherOptions): P {
  const connection = connect(options);
  const methods = Object.entries(definition.operations).map(([operation, events]) => {
    for (const event of events) addressOf(connection, event.destination.environmentVariable);
    return [operation, methodOf(connection, events)] as const;
  });
  return Object.fromEntries(methods) as P;
}

function methodOf(connection: Connection, events: readonly PublishedEventDefinition[]): Publish | PublishByName {
  const [event, ...others] = events;
  if (event === undefined || others.length > 0) return publishByName(connection, events);
  return (payload: unknown, options: PublishOptions = {}) => publishEvent(connection, { event, payload, options });
}
