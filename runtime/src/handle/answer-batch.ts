import { observe } from './attend.ts';
import { backOff } from './back-off.ts';
import type { QueueDelivery, RecordReader } from './queue-delivery.ts';
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
  read: RecordReader,
  work: (session: Session, deliveries: readonly QueueDelivery[]) => Promise<unknown>,
): Promise<BatchItemFailures> {
  const { Records } = Object(input);
  if (!Array.isArray(Records)) throw new TypeError('No Records');
  const deliveries = Records.map(read(session));
  await Promise.race([work(session, deliveries), session.aborted]);
  const failed = deliveries.filter((delivery) => !delivery.outcome);
  if (failed[0]) {
    let count = 0;
    for (const delivery of failed) {
      if (delivery.failure) continue;
      observe(delivery, 'retried', { error: new Error(leftReason) });
      count++;
    }
    if (count) session.logOf().warn(leftReason, { count });
    await Promise.race([backOff(session, failed), session.ended]);
  }
  return { batchItemFailures: failed.map((delivery) => ({ itemIdentifier: delivery.messageId })) };
}
