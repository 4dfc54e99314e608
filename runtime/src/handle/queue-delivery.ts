import type { Attributes } from '../publish/entry.ts';
import type { Attended } from './attend.ts';
import { type Content, textOf } from './envelopes.ts';
import type { Session } from './session.ts';

/** One record of a batch. */
export interface QueueDelivery extends Attended {
  /** What it must be handled in order with: its group on a FIFO queue, else nothing but itself. */
  readonly lane: unknown;
  /** By which its visibility is changed. */
  readonly receiptHandle: string | undefined;
}

/** What is read of a record of SQS; none of it is sure to be there. */
interface QueueRecord {
  readonly messageId?: unknown;
  readonly receiptHandle?: unknown;
  readonly body: string;
  readonly attributes?: unknown;
  readonly messageAttributes?: unknown;
}

interface QueueAttribute {
  readonly dataType: string;
  readonly stringValue?: string;
  /** In base64. */
  readonly binaryValue?: string;
}

type QueueAttributes = Readonly<Record<string, QueueAttribute>>;

/** Reads one record of a batch, whatever it is. Its body is read when it is attended to. */
export function deliveryOf({ definition }: Session, record: unknown): QueueDelivery {
  const { messageId, receiptHandle, body, attributes, messageAttributes }: QueueRecord = Object(record);
  const { MessageGroupId, SentTimestamp, ApproximateReceiveCount, AWSTraceHeader } = Object(attributes);
  const kept: QueueAttributes = Object(messageAttributes);
  const groupId = textOf(MessageGroupId);
  return {
    routes: definition.routes,
    messageId: textOf(messageId) ?? '',
    receiptHandle: textOf(receiptHandle),
    lane: definition.fifo ? groupId : Symbol(),
    open: () =>
      open(definition.receives, { body: JSON.parse(body), attribute: (name) => textOf(kept[name]?.stringValue) }),
    sentAt: Number(SentTimestamp) || 0,
    attempt: Number(ApproximateReceiveCount) || 1,
    traceHeader: textOf(AWSTraceHeader),
    deadLetter: () => ({ body, attributes: sendable(kept), groupId }),
  };
}

/** Raw delivery puts nothing around a message. */
function open(receives: Session['definition']['receives'], raw: Content): Content {
  const { envelope } = receives.find((one) => one.envelope) ?? {};
  return envelope ? envelope(raw, receives) : raw;
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
