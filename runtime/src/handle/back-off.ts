import {
  changeVisibilityBatchEntries,
  functionTimeoutSecondsMaximum,
  queueVariable,
  visibilityTimeoutSecondsMaximum,
} from '@eventloom/engine';
import { addressOf } from '../connection.ts';
import type { ConsumerDefinition } from '../definitions.ts';
import { isEventloomError, type RetryLater } from '../errors.ts';
import { callSqs } from '../sqs-client.ts';
import type { QueueDelivery } from './queue-delivery.ts';
import type { Session } from './session.ts';

/** SQS counts its maximum from the receipt of a message, which is at most a function's timeout ago. */
const longestSeconds = visibilityTimeoutSecondsMaximum - functionTimeoutSecondsMaximum;

/**
 * Seconds until a failed event comes again: what its `RetryLater` says, else the consumer's back-off, with jitter
 * between half of it and the whole. Undefined leaves it to the queue's visibility timeout.
 */
export function delaySeconds(
  { backoff: { firstSeconds, maximumSeconds } = { firstSeconds: 10, maximumSeconds: 900 } }: ConsumerDefinition,
  attempt: number,
  error?: unknown,
  random: () => number = Math.random,
): number | undefined {
  const asked = isEventloomError(error, 'RetryLater') ? (error as RetryLater).retryAfterSeconds : -1;
  if (asked >= 0) return Math.ceil(Math.min(asked, longestSeconds));
  const seconds = Math.min(firstSeconds * 4 ** (attempt - 1), maximumSeconds, longestSeconds);
  return seconds > 0 ? Math.ceil((seconds * (1 + random())) / 2) : undefined;
}

/**
 * Sets when the failed deliveries of a batch come again; all of one group at the same time, so that they stay in order.
 * Never rejects: where it does not work they come back after the visibility timeout of the queue.
 */
export async function backOff(
  session: Session,
  failed: readonly QueueDelivery[],
  errors: ReadonlyMap<QueueDelivery, unknown>,
): Promise<void> {
  const random = session.connection.clock?.random;
  const delays = new Map<unknown, number | undefined>();
  const entries = failed.flatMap((delivery, index) => {
    const { lane, attempt, receiptHandle: ReceiptHandle } = delivery;
    if (!delays.has(lane)) delays.set(lane, delaySeconds(session.definition, attempt, errors.get(delivery), random));
    const VisibilityTimeout = delays.get(lane);
    return VisibilityTimeout === undefined || !ReceiptHandle
      ? []
      : { Id: `${index}`, ReceiptHandle, VisibilityTimeout };
  });
  const requests = [];
  while (entries.length > 0) requests.push(change(session, entries.splice(0, changeVisibilityBatchEntries)));
  try {
    await Promise.all(requests);
  } catch (error) {
    session.logOf().warn('Visibility not changed', { error });
  }
}

interface VisibilityEntry {
  readonly Id: string;
  readonly ReceiptHandle: string;
  readonly VisibilityTimeout: number;
}

async function change({ connection }: Session, Entries: VisibilityEntry[]): Promise<void> {
  const QueueUrl = addressOf(connection, queueVariable);
  const answer = await callSqs(connection, (sdk) => new sdk.ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
  const [refused] = Object(answer).Failed ?? [];
  if (refused) throw new Error(`${refused.Code}: ${refused.Message}`);
}
