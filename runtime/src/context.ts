import type { RouteKind } from './definitions.ts';

/** What a handler knows beside the event. */
export interface HandlerContext {
  readonly service: string;
  readonly consumer: string;
  /** How this event came. */
  readonly route: RouteKind;
  /** Deliveries of this event so far, this one included: from 1. Always 1 on Lambda where Lambda does not tell (`function`). */
  readonly attempt: number;
  readonly log: Logger;
  /** Aborted shortly before Lambda's deadline; pass it to what takes long. */
  readonly signal: AbortSignal;
  /** Time until Lambda's deadline; Infinity where there is none. */
  remainingMilliseconds(): number;
}

/** The context of a handler that publishes. */
export interface EmittingContext<Publish> extends HandlerContext {
  /** Publishes one of the events that the consumer emits. Throws like a publisher. */
  readonly publish: Publish;
}

/**
 * Writes lines of JSON: Lambda's own fields `timestamp`, `level` (`INFO`), `message` and `requestId`, then `service`,
 * `consumer`, the event's `eventId`, `correlationId` and `xrayTraceId` where there are such, and the given fields, which
 * replace none of these. `AWS_LAMBDA_LOG_LEVEL` says from which level on; default: from `info`.
 */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/**
 * Fields of a line of the log; an `Error` among them is written with its name, message, code, stack, cause, errors and
 * what code has put on it, a bigint as text. Logging never throws: what has no form in JSON is written as text.
 */
export type LogFields = object;
