import type { Content } from './content.ts';

/**
 * Who put a message on a dead-letter queue: the `queue` that had handed it out too often, the `rule` or the
 * `subscription` that could not deliver it, Lambda after the last retry of a `function`, or the `handler` itself.
 */
export type DeadLetterOrigin = 'queue' | 'rule' | 'subscription' | 'function' | 'handler';

/** A message on one queue. Two queues never share one; they share its {@link Content}. */
export interface Message {
  readonly id: string;
  readonly content: Content;
  /** Number of the event it carries, in the ledger. */
  readonly event: number;
  /** Milliseconds since the epoch; kept when the message moves to a dead-letter queue. */
  readonly sentAt: number;
  readonly senderId: string;
  readonly traceHeader: string | null;
  readonly groupId: string | null;
  readonly deduplicationId: string | null;
  /** Place in the queue; also the order in which messages of one group are received. */
  readonly sequence: number;
  /** ARN of the queue that it was moved from, on a dead-letter queue. */
  readonly deadLetterSource: string | null;
  /** Who put it on a dead-letter queue; null for any other message. */
  readonly deadLetteredBy: DeadLetterOrigin | null;
  /** Hidden until then, in milliseconds since the epoch. */
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt: number | null;
  /** The receive that took it last; tells messages of one batch from those of another. */
  takenBy: number;
  /** What went wrong the last time it was handled, or why it stands on a dead-letter queue. */
  reason: string | null;
}

/** The handle under which the latest receive of a message can be answered. */
export function receiptHandle({ id, receiveCount }: Message): string {
  return `AQEB${id}/${receiveCount}`;
}

/** The id of the message that a receipt handle is about; null for text that is no handle. */
export function messageIdOfHandle(handle: string): string | null {
  return /^AQEB([0-9a-f-]{36})\/\d+$/.exec(handle)?.[1] ?? null;
}
