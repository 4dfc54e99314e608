import { type Attendance, attend, type Handle, noteRetry } from './attend.ts';
import { backOff } from './back-off.ts';
import { deliveryOf, type QueueDelivery } from './queue-delivery.ts';
import type { Session } from './session.ts';

/** Lambda's partial batch response: what is not listed is deleted from the queue. */
export interface BatchItemFailures {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Attends to one delivery of a batch, never rejecting; undefined for one that failed. */
export type Settle = (delivery: QueueDelivery, handle?: Handle) => Promise<Attendance | undefined>;

const leftReason = 'Deadline near, or group ended';

/**
 * Answers a batch with the records that `work` did not settle, because they failed or were not reached, before Lambda's
 * deadline comes: what is still running then is given back too. Sets when they come again.
 *
 * A failed record without `messageId` cannot be told from the others. It is answered with an empty identifier, on which
 * Lambda retries the whole batch: events handled twice rather than one lost.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export async function answerBatch(
  session: Session,
  input: unknown,
  work: (deliveries: readonly QueueDelivery[], settle: Settle) => Promise<unknown>,
): Promise<BatchItemFailures> {
  const { Records } = Object(input);
  if (!Array.isArray(Records)) throw new TypeError('The input lacks Records');
  const deliveries = Records.map((record) => deliveryOf(session, record));
  const done = new Set<QueueDelivery>();
  const errors = new Map<QueueDelivery, unknown>();
  const settle: Settle = async (delivery, handle) => {
    try {
      const outcome = await attend(session, delivery, handle);
      done.add(delivery);
      return outcome;
    } catch (error) {
      errors.set(delivery, error);
    }
  };
  await Promise.race([work(deliveries, settle), session.aborted]);
  const failed = deliveries.filter((delivery) => !done.has(delivery));
  const left = failed.filter((delivery) => !errors.has(delivery));
  for (const delivery of left) noteRetry(session, delivery, new Error(leftReason));
  if (left[0]) session.logOf().warn('Events come again', { reason: leftReason, count: left.length });
  await Promise.race([backOff(session, failed, errors), session.ended]);
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
