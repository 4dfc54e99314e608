import { changeVisibilityBatchEntries, hiddenSecondsMaximum, queueVariable } from '@eventloom/engine';
import type { ConsumerDefinition } from '../definitions.ts';
import { nameOf, type RetryLater } from '../errors.ts';
import { callQueue } from '../sqs-client.ts';
import type { QueueDelivery } from './queue-delivery.ts';
import type { Session } from './session.ts';

/**
 * Seconds until a failed event comes again: what its `RetryLater` says, else the consumer's back-off, with jitter
 * between half of it and the whole. -1 leaves it to the queue's visibility timeout.
 */
export function delaySeconds(
  { backoff: { firstSeconds, maximumSeconds } = { firstSeconds: 10, maximumSeconds: 900 } }: ConsumerDefinition,
  { attempt, failure }: Pick<QueueDelivery, 'attempt' | 'failure'>,
  random: () => number = Math.random,
): number {
  const error = failure?.error;
  const asked = nameOf(error) === 'RetryLater' ? (error as RetryLater).retryAfterSeconds : -1;
  const whole = Math.min(firstSeconds * 4 ** (attempt - 1), maximumSeconds);
  return Math.ceil(Math.min(asked >= 0 ? asked : (whole * (1 + random())) / 2 || -1, hiddenSecondsMaximum));
}

/**
 * Sets when the failed deliveries of a batch come again; all of one group at the same time, so that they stay in order.
 * Never rejects: where it does not work they come back after the visibility timeout of the queue.
 */
export async function backOff(
  { definition, connection, logOf }: Session,
  failed: readonly QueueDelivery[],
): Promise<void> {
  const entries = failed.flatMap((delivery, index) => {
    const { lane, receiptHandle: ReceiptHandle } = delivery;
    lane.seconds ??= delaySeconds(definition, delivery, connection.clock?.random);
    const VisibilityTimeout = lane.seconds;
    return ReceiptHandle && VisibilityTimeout >= 0 ? { Id: `${index}`, ReceiptHandle, VisibilityTimeout } : [];
  });
  const change = async (Entries: typeof entries): Promise<void> => {
    const answer = await callQueue(
      connection,
      queueVariable,
      (sdk, QueueUrl) => new sdk.ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }),
    );
    for (const { Code, Message } of Object(answer).Failed ?? []) throw new Error(`${Code}: ${Message}`);
  };
  const requests = [];
  while (entries[0]) requests.push(change(entries.splice(0, changeVisibilityBatchEntries)));
  try {
    await Promise.all(requests);
  } catch (error) {
    logOf().warn('Visibility not changed', { error });
  }
}
