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
  /** The least level that is written is that of `AWS_LAMBDA_LOG_LEVEL`; default: INFO. */
  readonly connection: Pick<Connection, 'environment' | 'clock'>;
}

// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
/** By the first letter of TRACE, DEBUG, WARN, ERROR and FATAL; INFO is everything else. */
const severities: Readonly<Record<string, number>> = { T: 0, D: 1, W: 3, E: 4, F: 5 };
const severityOf = (level: string): number => severities[level.charAt(0).toUpperCase()] ?? 2;

/**
 * Makes a logger of JSON lines that begin as those of Lambda: `timestamp`, `level`, `requestId`, `message`. All carry
 * what `base` returns, which is not asked before a line is written; the fields of a call cannot replace that.
 */
export function createLogger(
  base: () => Readonly<Record<string, unknown>>,
  { invocation, connection: { environment, clock } }: LogSurroundings,
): Logger {
  const at =
    (name: LogLevel) =>
    (message: string, fields?: LogFields): void => {
      if (severityOf(name) < severityOf(`${environment.AWS_LAMBDA_LOG_LEVEL}`)) return;
      const timestamp = clock ? clock.now() : new Date();
      const head = { timestamp, level: name.toUpperCase(), requestId: undefined, message, ...base() };
      let line: string;
      try {
        line = JSON.stringify({ ...head, ...fields, ...head }, expandError);
      } catch (error) {
        // What cannot be written, such as a cycle, must not fail the event that logs it.
        line = JSON.stringify({ ...head, unwritable: String(error) });
      }
      if (invocation?.log) invocation.log(name, line);
      else process.stdout.write(`${line}\n`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** The properties that JSON would leave out, and those that code put there, such as `code`. */
const expandError = (_key: string, value: unknown): unknown =>
  value instanceof Error
    ? { ...value, name: value.name, message: value.message, stack: value.stack, cause: value.cause }
    : value;
