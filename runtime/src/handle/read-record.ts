import { queueMessageAttributes } from '@eventloom/engine';
import type { Attributes } from '../publish/entry.ts';
import { type Content, textOf } from './envelopes.ts';
import { type QueueDelivery, type ReadRecord, readBusRecord } from './queue-delivery.ts';
import { receiveAny } from './receive-any.ts';

interface QueueAttribute {
  readonly dataType: string;
  readonly stringValue?: string;
  /** In base64. */
  readonly binaryValue?: string;
}

type QueueAttributes = Readonly<Record<string, QueueAttribute>>;

/** Reads a record of any queue. */
export const readRecord: ReadRecord = (session, input) => {
  const { receives, fifo, routes } = session.definition;
  const { body, attributes, messageAttributes } = Object(input);
  const kept: QueueAttributes = Object(messageAttributes);
  const MessageGroupId = textOf(Object(attributes).MessageGroupId);
  const read = readBusRecord(session, input);
  const delivery: QueueDelivery = Object.assign(read, {
    lane: fifo ? MessageGroupId : read.lane,
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
  return delivery;
};

/** An event that has all the attributes that a message may have keeps them, and has its failure in the log alone. */
function withReason(attributes: Attributes, reason: Attributes): Attributes {
  return Object.keys(attributes).length < queueMessageAttributes ? { ...attributes, ...reason } : attributes;
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
