import {
  type Backoff,
  changeVisibilityBatchEntries,
  postponementSecondsMaximum,
  queueVariable,
} from '@eventloom/engine';
import { nameOf, type RetryLater } from '../errors.ts';
import { callQueue } from '../sqs-client.ts';
import type { QueueDelivery } from './queue-delivery.ts';
import type { Session } from './session.ts';

/**
 * Seconds until a failed event comes again: what its `RetryLater` says, else the consumer's back-off, with jitter
 * between half of it and the whole. -1 leaves it to the queue's visibility timeout.
 */
export function delaySeconds(
  { backoff: { firstSeconds = 10, maximumSeconds = 900 } = {} }: { readonly backoff?: Partial<Backoff> | undefined },
  { attempt, failure }: Pick<QueueDelivery, 'attempt' | 'failure'>,
  random: () => number = Math.random,
): number {
  const error = failure?.error;
  const asked = nameOf(error) === 'RetryLater' ? (error as RetryLater).retryAfterSeconds : -1;
  const whole = Math.min(firstSeconds * 4 ** (attempt - 1), maximumSeconds);
  return Math.ceil(Math.min(asked >= 0 ? asked : (whole * (1 + random())) / 2 || -1, postponementSecondsMaximum));
}

/**
 * Sets when the failed deliveries of a batch come again; all of one group at the same time, so that they stay in order.
 * Never rejects: where it does not work they come back after the visibility timeout of the queue. Letters on their way are
 * waited for, so that no event comes again beside its letter.
 */
export async function backOff(
  { definition, connection, logOf }: Session,
  failed: readonly QueueDelivery[],
): Promise<void> {
  const entries = failed.flatMap((delivery, index) => {
    const { lane, receiptHandle: ReceiptHandle } = delivery;
    lane.VisibilityTimeout ??= delaySeconds(definition, delivery, connection.clock?.random);
    return ReceiptHandle && lane.VisibilityTimeout >= 0 ? { Id: `${index}`, ReceiptHandle, ...lane } : [];
  });
  const change = async (Entries: typeof entries): Promise<void> => {
    const answer = await callQueue(connection, queueVariable, 'ChangeMessageVisibilityBatch', { Entries });
    const [refused] = Object(answer).Failed ?? [];
    // Logged as AWS tells it.
    if (refused) throw refused;
  };
  try {
    await Promise.all(
      entries
        .map<unknown>(
          (_, at) => at % changeVisibilityBatchEntries || change(entries.slice(at, at + changeVisibilityBatchEntries)),
        )
        .concat(failed.map(({ letter }) => letter)),
    );
  } catch (error) {
    logOf().warn('Visibility not changed', { error });
  }
}
