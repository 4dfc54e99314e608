import { observe } from './attend.ts';
import { backOff } from './back-off.ts';
import type { QueueDelivery, RecordReader } from './queue-delivery.ts';
import type { Session } from './session.ts';

/** Lambda's partial batch response: what is not listed is deleted from the queue. */
export interface BatchItemFailures {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * Answers a batch with the records that `work` did not settle, because they failed or were not reached, before Lambda's
 * deadline comes: what is still running then is given back too, unless it ends while the answer is made ready. Sets when
 * they come again.
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
  const { Records }: { readonly Records?: readonly unknown[] } = Object(input);
  if (!Records?.map) throw new TypeError('No Records');
  const deliveries = Records.map(read(session));
  const unsettled = (): QueueDelivery[] => deliveries.filter(({ outcome }) => !outcome);
  await Promise.race([work(session, deliveries), session.aborted]);
  const left = unsettled();
  if (left[0]) {
    await Promise.race([backOff(session, left), session.ended]);
    const unheard = unsettled().filter(({ failure }) => !failure);
    const failure = { error: new Error('Deadline near, or group ended') };
    for (const delivery of unheard) observe(delivery, 'retried', failure);
    if (unheard[0]) session.logOf().warn(failure.error.message, { count: unheard.length });
  }
  return { batchItemFailures: unsettled().map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
