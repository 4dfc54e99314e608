/** Name of the one attribute that says, as JSON, why a handler put an event on its dead-letter queue. */
export const failureAttribute = 'eventloom.failure';

/** A message as it stands on a dead-letter queue. */
export interface DeadLetterMessage {
  readonly body: string;
  /** Message attributes by name, as SQS receives and sends them. */
  readonly attributes: Readonly<Record<string, DeadLetterAttribute>>;
  /** Message group, on a FIFO queue. */
  readonly groupId?: string | undefined;
}

/** One message attribute in the shape of the API of SQS. */
export interface DeadLetterAttribute {
  /** `String`, `Number` or `Binary`, with a label of one's own behind a dot. */
  readonly DataType: string | undefined;
  /** Absent for `Binary`. */
  readonly StringValue?: string | undefined;
  /** Of `Binary` alone. */
  readonly BinaryValue?: Uint8Array | undefined;
}

/**
 * Who put a message on a dead-letter queue:
 * `handler` the consumer itself, since another try was useless;
 * `queue` SQS, after `maxReceiveCount` receives;
 * `rule` EventBridge, which could not deliver to the rule's target;
 * `subscription` SNS, which could not deliver to the subscriber;
 * `function` Lambda, after the last try of an asynchronous invocation;
 * `unknown` somebody else.
 */
export type DeadLetterKind = 'handler' | 'queue' | 'rule' | 'subscription' | 'function' | 'unknown';

/** What a message on a dead-letter queue is, and what brings its event back. */
export interface DeadLetterReading {
  readonly kind: DeadLetterKind;
  /** Why it is there, for programs: the code of a failure, of EventBridge or of Lambda; `receives-exhausted` for `queue`. */
  readonly code: string;
  /** Why it is there, for people; may be empty. */
  readonly reason: string;
  /** Name of the event, where the message tells. */
  readonly event: string | null;
  /** Null when nothing can bring it back: it is not what the consumer takes. */
  readonly back: QueueReturn | FunctionReturn | null;
}

/** The message to send to the consumer's queue. */
export interface QueueReturn {
  readonly to: 'queue';
  readonly body: string;
  readonly attributes: Readonly<Record<string, DeadLetterAttribute>>;
  readonly groupId: string | undefined;
}

/** The JSON to invoke the consumer's function with, asynchronously. */
export interface FunctionReturn {
  readonly to: 'function';
  readonly payload: string;
}
