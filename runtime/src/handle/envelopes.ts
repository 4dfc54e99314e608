import type { ReceivedEventDefinition } from '../definitions.ts';

/** What is in a delivery, once the envelopes of SQS and SNS are off. */
export interface Content {
  /** The EventBridge envelope on a route over a bus, else the payload. */
  readonly body: unknown;
  /** A message attribute; undefined when there is none. */
  readonly attribute: (name: string) => string | undefined;
  /** The id that SNS gave. */
  readonly id?: string | undefined;
  /** When SNS got it. */
  readonly time?: string | undefined;
}

/** Takes off what is around a message that came by a queue, given all that the consumer receives. */
export type Envelope = (raw: Content, receives: readonly ReceivedEventDefinition[]) => Content;

/**
 * The envelope of a subscription of SNS without raw delivery. Where other events of the consumer come without one, it
 * is told by what SNS alone writes: a raw message of a topic has the attribute `type`, an event of a bus no `TopicArn`.
 */
export const notification: Envelope = (raw, receives) => {
  const always = receives.every(({ envelope }) => envelope);
  const wrapped = always || (raw.attribute('type') === undefined && 'TopicArn' in Object(raw.body));
  return wrapped ? openNotification(raw.body) : raw;
};

/** Takes off the notification of SNS. Throws a `SyntaxError` when its message is not JSON. */
export function openNotification(notification: unknown): Content {
  const { Message, MessageId, Timestamp, MessageAttributes } = Object(notification);
  return {
    body: JSON.parse(Message),
    attribute: (name) => textOf(Object(MessageAttributes)[name]?.Value),
    id: textOf(MessageId),
    time: textOf(Timestamp),
  };
}

/** A text as it is; undefined for anything else. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
