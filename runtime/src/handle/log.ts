import type { LogFields, Logger } from '../context.ts';
import type { LogLevel } from '../invocation.ts';

/** Takes one line of the log. */
export type LogSink = (level: LogLevel, line: string) => void;

/** Makes a logger whose lines all carry `base`; the fields of a call cannot replace them. */
export function createLogger(
  base: LogFields,
  sink: LogSink = (level, line) => {
    console[level](line);
  },
): Logger {
  const at =
    (level: LogLevel) =>
    (message: string, fields?: LogFields): void => {
      const head = { level, message, ...base };
      sink(level, lineOf({ ...head, ...fields, ...head }, head));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
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
