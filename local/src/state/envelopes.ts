import { type MessageAttributes, md5OfAttributes } from './content.ts';
import { type Message, receiptHandle } from './message.ts';
import type { Location } from './names.ts';
import type { Queue } from './world.ts';

/** An event as EventBridge delivers it. */
export interface EventEnvelope {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601 with whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** The envelope of an event, its fields in the order of AWS. */
export function eventEnvelope(
  { account, region }: Location,
  event: {
    readonly id: string;
    readonly detailType: string;
    readonly source: string;
    readonly time: number;
    readonly resources: readonly string[];
    readonly detail: unknown;
  },
): EventEnvelope {
  const { id, detailType, source, resources, detail } = event;
  const time = new Date(event.time).toISOString().replace(/\.\d+Z$/, 'Z');
  return { version: '0', id, 'detail-type': detailType, source, account, time, region, resources, detail };
}

/** The record of a message in the event that a function gets from an event source mapping. */
export function queueRecord(location: Location, queue: Pick<Queue, 'arn'>, message: Message): Record<string, unknown> {
  const { content } = message;
  return {
    messageId: message.id,
    receiptHandle: receiptHandle(message),
    body: content.body,
    attributes: systemAttributes(message),
    messageAttributes: lambdaMessageAttributes(content.attributes),
    md5OfBody: content.md5OfBody,
    ...(content.attributes.size > 0 ? { md5OfMessageAttributes: md5OfAttributes(content.attributes) } : {}),
    eventSource: 'aws:sqs',
    eventSourceARN: queue.arn,
    awsRegion: location.region,
  };
}

/** The attributes that SQS itself gives a message. All values are strings. */
export function systemAttributes(message: Message): Record<string, string> {
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: message.senderId,
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    ...(message.traceHeader === null ? {} : { AWSTraceHeader: message.traceHeader }),
    ...(message.groupId === null ? {} : { MessageGroupId: message.groupId }),
    ...(message.deduplicationId === null
      ? {}
      : { MessageDeduplicationId: message.deduplicationId, SequenceNumber: sequenceNumber(message.sequence) }),
    ...(message.deadLetterSource === null ? {} : { DeadLetterQueueSourceArn: message.deadLetterSource }),
  };
}

/** A sequence number of a FIFO topic or queue: 20 digits, growing. */
export function sequenceNumber(sequence: number): string {
  return `188${String(sequence).padStart(17, '0')}`;
}

function lambdaMessageAttributes(attributes: MessageAttributes): Record<string, unknown> {
  return Object.fromEntries(
    [...attributes].map(([name, { dataType, stringValue, binaryValue }]) => {
      const value = stringValue === null ? { binaryValue } : { stringValue };
      return [name, { ...value, stringListValues: [], binaryListValues: [], dataType }];
    }),
  );
}

/** A message of a topic, for {@link topicEvent}. */
export interface TopicNotification {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subscriptionArn: string;
  /** Milliseconds since the epoch. */
  readonly publishedAt: number;
  readonly subject: string | null;
  readonly message: string;
  readonly attributes: MessageAttributes;
}

/** The event that a function gets from a topic: always one record. */
export function topicEvent({ region }: Location, notification: TopicNotification): Record<string, unknown> {
  const { messageId, topicArn, subscriptionArn, publishedAt, subject, message, attributes } = notification;
  const endpoint = `https://sns.${region}.amazonaws.com/`;
  const sns = {
    SignatureVersion: '1',
    Timestamp: new Date(publishedAt).toISOString(),
    Signature: 'EXAMPLE',
    SigningCertUrl: `${endpoint}SimpleNotificationService-local.pem`,
    MessageId: messageId,
    Message: message,
    MessageAttributes: topicMessageAttributes(attributes),
    Type: 'Notification',
    UnsubscribeUrl: `${endpoint}?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
    TopicArn: topicArn,
    Subject: subject,
  };
  const record = { EventVersion: '1.0', EventSubscriptionArn: subscriptionArn, EventSource: 'aws:sns', Sns: sns };
  return { Records: [record] };
}

/** The document that SNS posts to an address, unless its delivery is raw. */
export function notificationDocument({ region }: Location, notification: TopicNotification): string {
  const { messageId, topicArn, subscriptionArn, publishedAt, subject, message, attributes } = notification;
  const endpoint = `https://sns.${region}.amazonaws.com/`;
  const own = [...attributes].map(([name, { dataType, stringValue, binaryValue }]) => [
    name,
    { Type: dataType, Value: stringValue ?? binaryValue },
  ]);
  return JSON.stringify({
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topicArn,
    ...(subject === null ? {} : { Subject: subject }),
    Message: message,
    Timestamp: new Date(publishedAt).toISOString(),
    SignatureVersion: '1',
    Signature: 'EXAMPLE',
    SigningCertURL: `${endpoint}SimpleNotificationService-local.pem`,
    UnsubscribeURL: `${endpoint}?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
    ...(own.length === 0 ? {} : { MessageAttributes: Object.fromEntries(own) }),
  });
}

/** Lambda gets `Number` and `String.Array` as `String`. https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html */
function topicMessageAttributes(attributes: MessageAttributes): Record<string, unknown> {
  return Object.fromEntries(
    [...attributes].map(([name, { stringValue, binaryValue }]) => [
      name,
      stringValue === null ? { Type: 'Binary', Value: binaryValue } : { Type: 'String', Value: stringValue },
    ]),
  );
}
