/** One event as it goes over the wire. Told apart by `kind`. */
export type Entry = BusEntry | MessageEntry;

/** An entry of PutEvents; EventBridge gives it its id. */
export interface BusEntry {
  readonly kind: 'bus';
  /** Size as AWS counts it. */
  readonly bytes: number;
  readonly input: {
    readonly EventBusName: string;
    readonly Source: string;
    readonly DetailType: string;
    readonly Detail: string;
    readonly Time?: Date | undefined;
    readonly TraceHeader?: string | undefined;
    readonly Resources?: string[] | undefined;
  };
}

/** A message for a topic or a queue, with the id it was given. */
export type MessageEntry = TopicEntry | QueueEntry;

/** A message for a topic, with its size as AWS counts it. */
export interface TopicEntry {
  readonly kind: 'topic';
  readonly id: string;
  readonly bytes: number;
  readonly input: TopicMessage;
}

/** A message for a queue, with its size as AWS counts it. */
export interface QueueEntry {
  readonly kind: 'queue';
  readonly id: string;
  readonly bytes: number;
  readonly input: QueueMessage;
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
}

/** What the messages of topics and queues have in common. */
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

/** What became of one entry: an id, or the reason why it was not accepted. */
export type Outcome = { readonly id: string } | Refusal;

/** Why an entry was not accepted. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly cause?: unknown;
  /** AWS may accept the entry when it comes again. */
  readonly retryable?: boolean;
}

/** The outcome of an entry that an answer does not speak of. It is not sent again, since it may have been accepted. */
export const unconfirmed: Refusal = { code: 'unconfirmed', message: 'AWS did not say what became of it' };

/**
 * The refusal that an error of the SDK means. What was sent over a connection that broke (`TimeoutError`), or more than
 * once, may have been accepted: the last word is no answer to that.
 */
export function refusalOf(cause: unknown): Refusal {
  const { name: code = 'Error', message = String(cause), $metadata } = Object(cause);
  return code === 'TimeoutError' || $metadata?.attempts > 1 ? { ...unconfirmed, cause } : { code, message, cause };
}
