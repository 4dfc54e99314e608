import { createHash } from 'node:crypto';
import { digestOf, type WireAttribute } from './attributes.ts';
import type { Carried } from './carried.ts';
import { arnOf, exactTime, placeholders } from './placeholders.ts';

/** What a function gets of a queue: the record of one message, in a batch of one. */
export function queueEvent(
  { body, attributes, group }: Carried,
  queue: { readonly name: string; readonly fifo: boolean },
): object {
  const record = {
    messageId: placeholders.messageId,
    receiptHandle: placeholders.receiptHandle,
    body,
    attributes: systemAttributes(group, queue.fifo),
    messageAttributes: Object.fromEntries(
      attributes.map(({ name, dataType, text }) => [
        name,
        { stringValue: text, stringListValues: [], binaryListValues: [], dataType },
      ]),
    ),
    md5OfBody: digest(body),
    ...(attributes.length === 0 ? {} : { md5OfMessageAttributes: digestOf(attributes) }),
    eventSource: 'aws:sqs',
    eventSourceARN: arnOf('sqs', queue.name),
    awsRegion: placeholders.region,
  };
  return { Records: [record] };
}

/** What ReceiveMessage gives of a message, when all attributes are asked for. */
export function receivedMessage({ body, attributes, group }: Carried, fifo: boolean): object {
  return {
    MessageId: placeholders.messageId,
    ReceiptHandle: placeholders.receiptHandle,
    MD5OfBody: digest(body),
    Body: body,
    Attributes: systemAttributes(group, fifo),
    ...(attributes.length === 0
      ? {}
      : { MessageAttributes: sentAttributes(attributes), MD5OfMessageAttributes: digestOf(attributes) }),
  };
}

/** Attributes as Publish and SendMessage take them, and as ReceiveMessage gives them. */
export function sentAttributes(attributes: readonly WireAttribute[]): object {
  return Object.fromEntries(
    attributes.map(({ name, dataType, text }) => [name, { StringValue: text, DataType: dataType }]),
  );
}

/** FIFO takes no message without a group. */
function systemAttributes(given: string | null, fifo: boolean): object {
  const group = given ?? (fifo ? 'given by the caller' : null);
  return {
    ApproximateReceiveCount: '1',
    SentTimestamp: String(placeholders.sentAt),
    SenderId: placeholders.senderId,
    ApproximateFirstReceiveTimestamp: String(placeholders.sentAt + 5),
    ...(group === null ? {} : { MessageGroupId: group }),
    ...(fifo ? { MessageDeduplicationId: placeholders.eventId, SequenceNumber: placeholders.sequenceNumber } : {}),
  };
}

function digest(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** What a function gets of a topic. Lambda is told of every attribute but binary ones as `String`. */
export function topicEvent({ body, attributes }: Carried, topicName: string): object {
  const { topicArn, subscriptionArn, endpoint } = topicPlaces(topicName);
  const sns = {
    SignatureVersion: '1',
    Timestamp: exactTime,
    Signature: 'EXAMPLE',
    SigningCertUrl: `${endpoint}SimpleNotificationService-EXAMPLE.pem`,
    MessageId: placeholders.notificationId,
    Message: body,
    MessageAttributes: Object.fromEntries(attributes.map(({ name, text }) => [name, { Type: 'String', Value: text }])),
    Type: 'Notification',
    UnsubscribeUrl: `${endpoint}?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
    TopicArn: topicArn,
    Subject: null,
  };
  return {
    Records: [{ EventVersion: '1.0', EventSubscriptionArn: subscriptionArn, EventSource: 'aws:sns', Sns: sns }],
  };
}

/** The document that SNS posts to an address, unless its delivery is raw. */
export function notificationDocument({ body, attributes }: Carried, topicName: string): object {
  const { topicArn, subscriptionArn, endpoint } = topicPlaces(topicName);
  const own = attributes.map(({ name, dataType, text }) => [name, { Type: dataType, Value: text }]);
  return {
    Type: 'Notification',
    MessageId: placeholders.notificationId,
    TopicArn: topicArn,
    Message: body,
    Timestamp: exactTime,
    SignatureVersion: '1',
    Signature: 'EXAMPLE',
    SigningCertURL: `${endpoint}SimpleNotificationService-EXAMPLE.pem`,
    UnsubscribeURL: `${endpoint}?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
    ...(own.length === 0 ? {} : { MessageAttributes: Object.fromEntries(own) }),
  };
}

function topicPlaces(topicName: string) {
  const topicArn = arnOf('sns', topicName);
  return {
    topicArn,
    subscriptionArn: `${topicArn}:${placeholders.subscriptionId}`,
    endpoint: `https://sns.${placeholders.region}.amazonaws.com/`,
  };
}
