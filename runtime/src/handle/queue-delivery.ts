import type { Delivery } from './delivery.ts';
import { textOf } from './envelopes.ts';
import { receive } from './receive.ts';
import type { Session } from './session.ts';

/** One record of a batch. */
export interface QueueDelivery extends Delivery {
  /** By which its visibility is changed. */
  readonly receiptHandle: string | undefined;
  /** What it must be handled in order with, and comes again with: its group on a FIFO queue, else itself. */
  readonly lane: Lane;
}

/** What is common to the records of one group: what SQS is told of each. */
export interface Lane {
  /** Seconds until they come again, once that is known. Below 0: when the queue wants. */
  VisibilityTimeout?: number;
}

/** Reads the records of one batch, whatever they are. Their bodies are read when they are attended to. */
export type RecordReader = (session: Session) => (record: unknown) => QueueDelivery;

/** Reads records of a standard queue that only rules, and topics behind rules, send to: these set no attributes. */
export const busRecords: RecordReader = (session) => (input) => {
  const record = Object(input);
  const attributes = Object(record.attributes);
  const delivery: QueueDelivery = {
    session,
    messageId: textOf(record.messageId) ?? '',
    receiptHandle: textOf(record.receiptHandle),
    lane: {},
    open: () => receive(delivery, { body: JSON.parse(record.body), attribute: () => undefined }),
    // Anything but a text might refuse to be made a number.
    sentAt: +(textOf(attributes.SentTimestamp) as string) || 0,
    attempt: +(textOf(attributes.ApproximateReceiveCount) as string) || 1,
    traceHeader: textOf(attributes.AWSTraceHeader),
    deadLetter: () => ({ MessageBody: record.body }),
  };
  return delivery;
};
