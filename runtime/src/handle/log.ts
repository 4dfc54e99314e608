import { inspect } from 'node:util';
import type { Connection } from '../connection.ts';
import type { LogFields, Logger } from '../context.ts';
import type { Invocation, LogLevel } from '../invocation.ts';

/** What says where lines go, and which. */
export interface LogSurroundings {
  /**
   * Takes the lines. Default: standard output, past `console`, in front of whose lines Lambda puts a prefix, or which it
   * wraps in a line of its own.
   */
  readonly invocation?: Pick<Invocation, 'log'> | undefined;
  /** The least level that is written is that of `AWS_LAMBDA_LOG_LEVEL`, in capitals; default: INFO. */
  readonly connection: Pick<Connection, 'environment' | 'clock'>;
}

/**
 * Makes a logger of JSON lines with the fields of Lambda's own: `timestamp`, `level`, `message`, `requestId`. All carry
 * what `base` returns, which is not asked before a line is written; the fields of a call cannot replace that. Never
 * throws: what has no form in JSON, such as a cycle, must neither fail the event that logs it nor hide why it failed.
 */
export function createLogger(
  base: () => Readonly<Record<string, unknown>>,
  { invocation, connection }: LogSurroundings,
): Logger {
  const at =
    (name: LogLevel, hiddenAt: string) =>
    (message: string, fields?: LogFields): void => {
      // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
      if (hiddenAt.includes((connection.environment.AWS_LAMBDA_LOG_LEVEL || 'I')[0] as string)) return;
      const timestamp = connection.clock?.now() ?? new Date();
      const head = { timestamp, level: name.toUpperCase(), message, ...base() };
      let line: string | undefined;
      // Each way when the one before threw: the fields as they are; of errors only what all have, since what code put
      // there may be a request that is a cycle; the fields as text; none.
      for (const cut of [0, 1, 2, 3]) {
        try {
          line ??= JSON.stringify(
            { ...head, ...(cut > 1 ? { unwritable: cut > 2 || inspect(fields) } : fields), ...head },
            (_key, value: AggregateError & { readonly code: unknown }) =>
              typeof value === 'bigint'
                ? `${value}`
                : value instanceof Error
                  ? {
                      ...(!cut && value),
                      name: value.name,
                      message: value.message,
                      code: value.code,
                      stack: value.stack,
                      cause: value.cause,
                      errors: value.errors,
                    }
                  : value,
          );
        } catch {}
      }
      if (invocation?.log) invocation.log(name, line as string);
      else process.stdout.write(`${line}\n`);
    };
  return { debug: at('debug', 'IWEF'), info: at('info', 'WEF'), warn: at('warn', 'EF'), error: at('error', 'F') };
}
