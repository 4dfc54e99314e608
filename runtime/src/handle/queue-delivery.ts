import type { Attendance, Delivery } from './delivery.ts';
import { textOf } from './envelopes.ts';
import { receive } from './receive.ts';
import type { Session } from './session.ts';

/** One record of a batch. */
export interface QueueDelivery extends Delivery {
  /** By which its visibility is changed. */
  readonly receiptHandle: string | undefined;
  /** What it must be handled in order with: its group on a FIFO queue, else nothing but itself. */
  lane: unknown;
  /** What became of it; undefined as long as it is to come again. */
  attendance?: Attendance;
  /** Why it failed; undefined as long as it has not. */
  failure?: { readonly error: unknown };
}

/** Reads one record of a batch, whatever it is. Its body is read when it is attended to. */
export type ReadRecord = (session: Session, record: unknown) => QueueDelivery;

/** Reads a record of a standard queue that only rules, and topics behind rules, send to: these set no attributes. */
export const readBusRecord: ReadRecord = (session, input) => {
  const { messageId, receiptHandle, body, attributes } = Object(input);
  const { SentTimestamp, ApproximateReceiveCount, AWSTraceHeader } = Object(attributes);
  const delivery: QueueDelivery = {
    session,
    messageId: textOf(messageId) ?? '',
    receiptHandle: textOf(receiptHandle),
    lane: {},
    open: () => receive(delivery, { body: JSON.parse(body), attribute: () => undefined }),
    sentAt: Number(SentTimestamp) || 0,
    attempt: Number(ApproximateReceiveCount) || 1,
    traceHeader: textOf(AWSTraceHeader),
    deadLetter: () => ({ MessageBody: body }),
  };
  return delivery;
};
