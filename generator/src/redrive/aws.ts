import type { DeadLetterMessage } from '@eventloom/engine';

/** A message that was received from a dead-letter queue and is hidden meanwhile. */
export interface StandingMessage extends DeadLetterMessage {
  /** The same as long as the message stands on this queue. */
  readonly id: string;
  /** What deletes it or shows it again. */
  readonly receipt: string;
  /** When it was sent, in milliseconds since 1970. */
  readonly sentAt: number;
}

/** What a message to a queue is made of. */
export interface QueueSending {
  readonly message: DeadLetterMessage;
  /** For a FIFO queue; null for a standard one. */
  readonly deduplicationId: string | null;
}

/** What redriving does with SQS. Everything rejects with the SDK's error. */
export interface Queues {
  /** URLs of the queues whose names start so. */
  list(namePrefix: string): Promise<readonly string[]>;
  /** URLs of the queues that have this one as their dead-letter queue. */
  sourcesOf(deadLetterQueueUrl: string): Promise<readonly string[]>;
  /** Up to ten messages, hidden for so long. */
  receive(url: string, hiddenSeconds: number): Promise<readonly StandingMessage[]>;
  /** Resolves when SQS has accepted the message. */
  send(url: string, sending: QueueSending): Promise<void>;
  remove(url: string, receipt: string): Promise<void>;
  /** Shows messages again, up to ten. Those that SQS refuses stay hidden until their time is over. */
  release(url: string, receipts: readonly string[]): Promise<void>;
}

/** A function as Lambda lists it. */
export interface ListedFunction {
  readonly name: string;
  /** Module and export, such as `fraud/screen.handler`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What redriving does with Lambda. Everything rejects with the SDK's error. */
export interface Functions {
  list(namePrefix: string): Promise<readonly ListedFunction[]>;
  /** Invokes asynchronously; resolves when Lambda has accepted the event. */
  invoke(name: string, payload: string): Promise<void>;
}

/** What redriving does with SNS. Everything rejects with the SDK's error. */
export interface Topics {
  /** Resolves when SNS has accepted the message. */
  publish(arn: string, message: string): Promise<void>;
}

/** Where messages are received and sent. */
export interface RedriveAws {
  readonly queues: Queues;
  /** Made when first needed. */
  readonly functions: () => Promise<Functions>;
  /** The same. */
  readonly topics: () => Promise<Topics>;
}
