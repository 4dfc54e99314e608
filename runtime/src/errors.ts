import type { PublishedEvent } from './events.ts';
import type { ValidationError } from './validator.ts';

/** The names of this package's errors. */
export type EventloomErrorName =
  | 'CallError'
  | 'ConfigurationError'
  | 'PermanentError'
  | 'PublishError'
  | 'RetryLater'
  | 'ValidationFailure';

// Registered, so that errors are known across copies of this package.
const brand = Symbol.for('eventloom.error');

/** What this package's errors have in common. */
abstract class EventloomError extends Error {
  /** What went wrong, for programs. */
  declare readonly code: string;

  // Fields are declared and assigned here, since class fields of every subclass would weigh in each bundle.
  constructor(name: EventloomErrorName, code: string, message: string, fields: object | undefined) {
    super(message);
    Object.assign(this, { code }, fields, { name, [brand]: name });
  }
}

/** A destination that AWS does not have, or does not show. */
export interface MissingDestination {
  readonly kind: 'bus' | 'topic' | 'queue';
  /** The environment variable that says where it is. */
  readonly variable: string;
  /** The variable's value. */
  readonly address: string;
  /** What AWS said: the SDK's error, such as `ResourceNotFoundException` or `AccessDeniedException`. */
  readonly cause: unknown;
}

/**
 * The surroundings lack something. `code` is `missing-variable`, or, from `$verify()`, `missing-destination`.
 */
export class ConfigurationError extends EventloomError {
  /** The environment variable that is missing, or whose destination is the first that is. */
  declare readonly variable: string;
  /** Every destination that could not be seen; undefined for a missing variable. */
  declare readonly missing?: readonly MissingDestination[];

  constructor(variable: string, message: string = `The environment lacks ${variable}`) {
    super('ConfigurationError', 'missing-variable', message, { variable });
  }
}

/**
 * Thrown by a handler to say that trying again is useless: with `onInvalid: deadLetter` the event goes to the
 * dead-letter queue at once.
 */
export class PermanentError extends EventloomError {
  /** `code` is kept beside the event in the dead-letter queue. Default: `permanent`. */
  constructor(message: string, options?: { readonly code?: string; readonly cause?: unknown }) {
    super('PermanentError', 'permanent', message, options);
  }
}

/**
 * Thrown to say when an event is worth trying again: by a handler, or by a feature that waits for something. A queue
 * shows the message again after that time; elsewhere it fails like any other. It is not logged as an error.
 */
export class RetryLater extends EventloomError {
  /** Seconds until the event should come again, from 0. */
  declare readonly retryAfterSeconds: number;

  /** `code` is logged. Default: `retry-later`. */
  constructor(
    message: string,
    retryAfterSeconds: number,
    options?: { readonly code?: string; readonly cause?: unknown },
  ) {
    super('RetryLater', 'retry-later', message, { retryAfterSeconds, ...options });
  }
}

/** A payload that its schema refuses. `code` is `invalid-payload`. */
export class ValidationFailure extends EventloomError {
  declare readonly event: { readonly name: string; readonly source: string };
  /** Every rule broken. */
  declare readonly errors: readonly ValidationError[];
  /** JSON pointer to the first place that is wrong; empty for the whole payload. */
  declare readonly path: string | undefined;
  /** The keyword of JSON Schema broken there. */
  declare readonly rule: string | undefined;

  constructor({ name, source }: ValidationFailure['event'], errors: readonly ValidationError[]) {
    const rules = errors.map(
      (error) => `${error.instancePath || 'payload'} breaks ${error.keyword} ${JSON.stringify(error.params)}`,
    );
    super('ValidationFailure', 'invalid-payload', `${name} of ${source} is invalid: ${rules.join(', ')}`, {
      event: { name, source },
      errors,
      path: errors[0]?.instancePath,
      rule: errors[0]?.keyword,
    });
  }
}

/** An event that was not accepted. */
export interface UnpublishedEvent {
  readonly name: string;
  readonly source: string;
  readonly payload: unknown;
}

/** Why one of the events of a call was not accepted. */
export interface PublishFailure {
  /** Place of the event among those of the call, from 0. */
  readonly index: number;
  /** The event, so that the caller can keep it. */
  readonly event: UnpublishedEvent;
  /** See {@link PublishError}. */
  readonly code: string;
  readonly message: string;
  /** A {@link ValidationFailure}, an error of the SDK, or what a signal was aborted with. */
  readonly cause?: unknown;
}

/**
 * Events were not accepted. `code`, `entry` and `cause` are those of the first that was itself the trouble.
 *
 * `code` is the code that AWS gave, such as `AccessDeniedException`, or one of ours. Given before anything was sent:
 * `invalid-payload` (among many events; for one alone there is a {@link ValidationFailure}), `not-json`,
 * `event-too-large`, `too-many-attributes`, `header-missing`, `header-invalid`, `group-missing`, `group-invalid`,
 * `option-invalid`, `unknown-event`;
 * `not-sent` for an event that waits for the others of its call to be in order; `aborted` and `timed-out` for one whose
 * time had come before it was sent; on a FIFO topic or queue `group-stopped` for one whose message group has lost an
 * earlier event, and `overtaken` for one that AWS refused while it accepted a later one of its group.
 * And `unconfirmed` when the event may have been published all the same: the answer of AWS does not speak of it, or did
 * not come before the call was aborted or timed out; the connection broke, or the SDK has sent the request more than once
 * and only its last try is known, of the whole or of the entry.
 */
export class PublishError extends EventloomError {
  /** The event, so that the caller can keep it. */
  declare readonly entry: UnpublishedEvent;
  /** Every event that was not accepted, in the order of the call. */
  declare readonly failures: readonly PublishFailure[];
  /** Every event of the call that was accepted, in its order. */
  declare readonly published: readonly PublishedEvent[];

  constructor(
    code: string,
    message: string,
    entry: UnpublishedEvent,
    cause?: unknown,
    many?: Pick<PublishError, 'failures' | 'published'>,
  ) {
    const reason = cause !== undefined && { cause };
    super('PublishError', code, `${entry.name} of ${entry.source} was not published: ${message}`, {
      entry,
      failures: [{ index: 0, event: entry, code, message, ...reason }],
      published: [],
      ...reason,
      ...many,
    });
  }
}

/**
 * A function that was called directly did not answer as it should. `code` is `function-failed` when it failed
 * (`errorType` tells how), `invalid-reply` when it answered something else than its spec says (`reply`), `aborted`, or the
 * name of the SDK's error, such as `ResourceNotFoundException` or `TooManyRequestsException`, which is the `cause`. Whether
 * the function ran is known for the first two only.
 */
export class CallError extends EventloomError {
  /** What it was called with. */
  declare readonly event: { readonly name: string; readonly source: string };
  /** Name of the function's error. */
  declare readonly errorType?: string;
  /** What it answered, when that is invalid. */
  declare readonly reply?: unknown;
  /** Every rule that the answer breaks. */
  declare readonly errors?: readonly ValidationError[];

  constructor(code: string, message: string, { name, source }: CallError['event'], fields: object) {
    super('CallError', code, `The call with ${name} of ${source} failed: ${message}`, {
      event: { name, source },
      ...fields,
    });
  }
}

/**
 * Tells whether `value` is an error of this package, of the class called `name` if given. Works across copies of the
 * package, where `instanceof` does not.
 */
export function isEventloomError(value: unknown, name?: EventloomErrorName): value is EventloomError {
  const found = nameOf(value);
  return name ? found === name : found !== undefined;
}

/** The name of an error of this package, known across copies of it; undefined for anything else. */
export function nameOf(value: unknown): unknown {
  return (value as { [brand]?: unknown } | null | undefined)?.[brand];
}

export type { EventloomError };
