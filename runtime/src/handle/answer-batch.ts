import { attend, type Handle, noteRetry } from './attend.ts';
import { backOff } from './back-off.ts';
import type { Attendance } from './delivery.ts';
import type { QueueDelivery, ReadRecord } from './queue-delivery.ts';
import type { Session } from './session.ts';

/** Lambda's partial batch response: what is not listed is deleted from the queue. */
export interface BatchItemFailures {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

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
  read: ReadRecord,
  work: (session: Session, deliveries: readonly QueueDelivery[]) => Promise<unknown>,
): Promise<BatchItemFailures> {
  const { Records } = Object(input);
  if (!Array.isArray(Records)) throw new TypeError('The input lacks Records');
  const deliveries = Records.map((record) => read(session, record));
  await Promise.race([work(session, deliveries), session.aborted]);
  const failed = deliveries.filter(({ attendance }) => !attendance);
  if (failed[0]) {
    const left = failed.filter(({ failure }) => !failure);
    for (const delivery of left) noteRetry(delivery, new Error(leftReason));
    if (left[0]) session.logOf().warn('Events come again', { reason: leftReason, count: left.length });
    await Promise.race([backOff(session, failed), session.ended]);
  }
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** Attends to one delivery of a batch and notes what became of it, never rejecting; undefined for one that failed. */
export function settle(delivery: QueueDelivery, handle?: Handle): Promise<Attendance | undefined> {
  return attend(delivery, handle).then(
    (attendance) => (delivery.attendance = attendance),
    (error) => {
      delivery.failure = { error };
      return undefined;
    },
  );
}
