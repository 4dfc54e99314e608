import type { PublishedEvent } from '../events.ts';
import type { Outgoing } from './outgoing.ts';

/** One event as it goes over the wire. There may be very many at a time, so it is one object. */
export interface Entry extends Outgoing {
  /** Place of the event in its call, from 0. */
  readonly index: number;
  /** Name of the bus, ARN of the topic or URL of the queue. */
  readonly address: string;
  /** The payload as JSON; empty once it has been sent. */
  body: string;
  /** Size as AWS counts it. */
  readonly bytes: number;
  /** What a topic or a queue gets beside the body; undefined on a bus. */
  readonly message: Message | undefined;
}

/** What the messages of topics and queues have in common. */
export interface Message extends MessageParts {
  /** The id that the event was given. */
  readonly id: string;
}

/** The input of SNS Publish. */
export interface TopicMessage extends MessageParts {
  readonly TopicArn: string;
  readonly Message: string;
}

/** The input of SQS SendMessage. */
export interface QueueMessage extends MessageParts {
  readonly QueueUrl: string;
  readonly MessageBody: string;
  readonly MessageSystemAttributes?: { readonly AWSTraceHeader: Attribute } | undefined;
}

/** What SNS and SQS name alike. */
export interface MessageParts {
  readonly MessageAttributes: Attributes;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
}

/** Message attributes by name, the same on SNS and SQS. */
export type Attributes = Record<string, Attribute>;

/** One message attribute. */
export interface Attribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

/** What became of one entry: accepted with an id, or the reason why it was not. */
export type Outcome = PublishedEvent | Refusal;

/** Why an entry was not accepted. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly cause?: unknown;
  /** AWS may accept the entry when it comes again. */
  readonly retryable?: boolean;
  /** AWS refused the entry when the SDK sent the request again; the first time it may have been accepted. */
  readonly isUnsure?: boolean;
}

/** Tells whether the SDK has sent a request more than once, by its answer or its error. */
export const wasSentAgain = (answer: unknown): boolean => Object(Object(answer).$metadata).attempts > 1;

/** A refusal in an answer. */
export const refusedIn = (answer: unknown, refusal: Refusal): Refusal =>
  wasSentAgain(answer) ? { ...refusal, isUnsure: true } : refusal;

/** The outcome of an entry that was accepted. */
export function accepted({ event: { name, source } }: Outgoing, id: string): PublishedEvent {
  return { id, name, source };
}

/** The outcome of an entry that an answer does not speak of. It is not sent again, since it may have been accepted. */
export const unconfirmed: Refusal = { code: 'unconfirmed', message: 'AWS did not say what became of it' };

/**
 * The refusal that an error of the SDK means. What was sent over a connection that broke, or more than once, or was
 * answered with success that cannot be read, may have been accepted: the last word is no answer to that.
 */
export function refusalOf(cause: unknown): Refusal {
  const { name: code = 'Error', message = String(cause) } = Object(cause);
  return isUnsure(cause) ? { ...unconfirmed, cause } : { code, message, cause };
}

/** Codes of Node for a connection that broke; the SDK makes some of them a `TimeoutError`. */
const broken: readonly unknown[] = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'];

function isUnsure(cause: unknown): boolean {
  const { name, code, message, $metadata, $response } = Object(cause);
  // The client of SQS says so when the digest of what it sent is not that of what SQS has; it says no more.
  if (name === 'TimeoutError' || message === 'InvalidChecksumError' || broken.includes(code)) return true;
  return wasSentAgain(cause) || ($metadata?.httpStatusCode ?? $response?.statusCode) < 300;
}
