import { type Clock, systemClock } from '../clock.ts';
import type { LogFields, Logger } from '../context.ts';
import type { LogLevel } from '../invocation.ts';

/** Takes one line of the log. */
export type LogSink = (level: LogLevel, line: string) => void;

/** Where lines go, and which. */
export interface LogOptions {
  /**
   * Default: standard output, past `console`, in front of whose lines Lambda puts a prefix, or which it wraps in a line
   * of its own.
   */
  readonly sink?: LogSink | undefined;
  /** The least level that is written, as Lambda's `AWS_LAMBDA_LOG_LEVEL` says it. Default: INFO. */
  readonly leastLevel?: string | undefined;
  readonly clock?: Clock | undefined;
}

// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
const levels = 'TRACE DEBUG INFO WARN ERROR FATAL';

/**
 * Makes a logger of JSON lines that begin as those of Lambda: `timestamp`, `level`, `requestId`, `message`. All carry
 * `base`; the fields of a call cannot replace that.
 */
export function createLogger(
  { requestId, ...base }: Readonly<Record<string, unknown>>,
  { sink = toStandardOutput, leastLevel = '', clock = systemClock }: LogOptions = {},
): Logger {
  const known = levels.indexOf(leastLevel.toUpperCase());
  const least = leastLevel && known >= 0 ? known : levels.indexOf('INFO');
  const at =
    (level: LogLevel) =>
    (message: string, fields?: LogFields): void => {
      const LEVEL = level.toUpperCase();
      if (levels.indexOf(LEVEL) < least) return;
      const head = { timestamp: clock.now(), level: LEVEL, requestId, message, ...base };
      sink(level, lineOf({ ...head, ...fields, ...head }, head));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function toStandardOutput(_level: LogLevel, line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What cannot be written, such as a cycle, must not fail the event that logs it. */
function lineOf(line: LogFields, head: LogFields): string {
  try {
    return JSON.stringify(line, expandError);
  } catch (error) {
    return JSON.stringify({ ...head, unwritable: String(error) });
  }
}

/** The properties that JSON would leave out, and those that code put there, such as `code`. */
function expandError(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  return { ...value, name, message, stack, cause };
}
