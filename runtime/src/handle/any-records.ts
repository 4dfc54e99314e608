import { failureAttribute, queueMessageAttributes } from '@eventloom/engine';
import type { Attributes } from '../publish/entry.ts';
import { type Content, textOf } from './envelopes.ts';
import { busRecords, type Lane, type RecordReader } from './queue-delivery.ts';
import { receiveAny } from './receive-any.ts';

interface QueueAttribute {
  readonly dataType: string;
  readonly stringValue?: string;
  /** In base64. */
  readonly binaryValue?: string;
}

type QueueAttributes = Readonly<Record<string, QueueAttribute>>;

/** Reads records of any queue. */
export const anyRecords: RecordReader = (session) => {
  const { receives, fifo, routes } = session.definition;
  const lanes = new Map<unknown, Lane>();
  const read = busRecords(session);
  return (input) => {
    const { body, attributes, messageAttributes } = Object(input);
    const kept: QueueAttributes = Object(messageAttributes);
    const MessageGroupId = textOf(Object(attributes).MessageGroupId);
    const delivery = read(input);
    const lane = (fifo && lanes.get(MessageGroupId)) || delivery.lane;
    lanes.set(MessageGroupId, lane);
    return Object.assign(delivery, {
      lane,
      open: () => {
        const raw: Content = { body: JSON.parse(body), attribute: (name) => textOf(kept[name]?.stringValue) };
        const wrapped = receives.find(({ envelope }) => envelope);
        // Raw delivery puts nothing around a message.
        return receiveAny(delivery, wrapped?.envelope?.(raw, receives) ?? raw, routes);
      },
      deadLetter: (_failure: unknown, reason: Attributes) => ({
        MessageBody: body,
        MessageAttributes: withReason(sendable(kept), reason),
        MessageGroupId,
        MessageDeduplicationId: fifo ? delivery.messageId : undefined,
      }),
    });
  };
};

/**
 * An event that has all the attributes that a message may have keeps them, and has its failure in the log alone. One that
 * SQS itself moved back from the dead-letter queue has an old reason, which gives way.
 */
function withReason({ [failureAttribute]: _old, ...own }: Attributes, reason: Attributes): Attributes {
  return Object.keys(own).length < queueMessageAttributes ? { ...own, ...reason } : own;
}

/** The attributes of a received message, as they are sent. */
function sendable(attributes: QueueAttributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      {
        DataType: dataType,
        StringValue: stringValue,
        BinaryValue: binaryValue === undefined ? undefined : Buffer.from(binaryValue, 'base64'),
      },
    ]),
  );
}
