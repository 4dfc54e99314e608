import type { Connection } from '../connection.ts';
import type { Entry, Message, Outcome } from './entry.ts';
import type { Outgoing } from './outgoing.ts';

/**
 * How events reach one kind of destination: `toBus`, `toTopic` or `toQueue`. Definitions of events name theirs, so that
 * a bundle carries only what its events need.
 */
export interface Transport {
  readonly kind: 'bus' | 'topic' | 'queue';
  /** Bytes that one request carries at most; one entry cannot have more. */
  readonly requestBytes: number;
  /** Bytes of an entry as AWS counts them. */
  readonly bytesOf: (outgoing: Outgoing, body: string, message: Message | undefined) => number;
  /**
   * What goes beside the body of a message. Throws a `PublishError` for an event that cannot be sent so.
   * Absent where one request takes entries for several addresses.
   */
  readonly messageOf?: (connection: Connection, outgoing: Outgoing, address: string) => Message;
  /** Sends one entry. */
  readonly sendOne: SendOnce;
  /** Makes what sends the entries of one call, those of one request at a time. */
  readonly batchSender: () => SendOnce;
  /** Asks AWS for the destination at an address. Rejects with the SDK's error when it is not shown. */
  readonly ask: (connection: Connection, address: string) => Promise<unknown>;
}

/**
 * Sends entries in one request, which ends when `signal` is aborted, and says for each, in order, what became of it.
 * Rejects with the SDK's error when the request as a whole failed, after the SDK's own retries.
 */
export type SendOnce = (
  connection: Connection,
  entries: readonly Entry[],
  signal?: AbortSignal,
) => Promise<readonly Outcome[]>;
