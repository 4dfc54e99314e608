import type { DeadLetterAttribute, DeadLetterMessage } from './dead-letter.ts';
import { type Fields, fieldsOf, textIn } from './fields.ts';

/**
 * Tells whether an object is the envelope that SNS puts around a message where delivery is not raw.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html
 */
export function isNotification(body: Fields | null): body is Fields {
  const told = ['MessageId', 'TopicArn', 'Message', 'Timestamp'].every((name) => textIn(body, name) !== undefined);
  return told && textIn(body, 'Type') === 'Notification';
}

/** The message in an envelope, as raw delivery puts it on a queue. */
export function messageOf(notification: Fields): DeadLetterMessage {
  const attributes = Object.entries(fieldsOf(notification.MessageAttributes)).map(([name, attribute]) => [
    name,
    attributeOf(fieldsOf(attribute)),
  ]);
  return { body: textIn(notification, 'Message') ?? '', attributes: Object.fromEntries(attributes) };
}

function attributeOf(attribute: Fields): DeadLetterAttribute {
  const DataType = textIn(attribute, 'Type') ?? 'String';
  const value = textIn(attribute, 'Value') ?? '';
  return DataType.startsWith('Binary') ? { DataType, BinaryValue: bytesOf(value) } : { DataType, StringValue: value };
}

/** Bytes from Base64; none for what is not. */
function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

/** What SNS invokes a function with: the envelope as a record. Two of its fields are spelt differently there. */
export function invocationOf({ SigningCertURL, UnsubscribeURL, ...notification }: Fields): object {
  const Sns = { ...notification, SigningCertUrl: SigningCertURL, UnsubscribeUrl: UnsubscribeURL };
  const record = { EventVersion: '1.0', EventSubscriptionArn: subscriptionIn(UnsubscribeURL), EventSource: 'aws:sns' };
  return { Records: [{ ...record, Sns }] };
}

function subscriptionIn(unsubscribeUrl: unknown): string {
  const [, arn = ''] = /[?&]SubscriptionArn=([^&]+)/.exec(String(unsubscribeUrl)) ?? [];
  return arn;
}
