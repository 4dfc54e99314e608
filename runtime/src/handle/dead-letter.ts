import { deadLetterQueueVariable, failureAttribute, queueMessageAttributes } from '@eventloom/engine';
import { addressOf, type Connection } from '../connection.ts';
import type { Attributes } from '../publish/entry.ts';
import { sendToQueue } from '../publish/send-to-queue.ts';

/** Why an event was dead-lettered; the value of the attribute `eventloom.failure`. */
export interface Failure {
  /** The first thousand characters of what was wrong. */
  readonly reason: string;
  /** `invalid-payload`, `malformed`, `unknown-event`, `permanent`, or what the handler's `PermanentError` says. */
  readonly code: string;
  /** JSON pointer to the place in the payload, for an invalid payload. */
  readonly path?: string | undefined;
  /** Keyword of JSON Schema broken there. */
  readonly rule?: string | undefined;
  /** Key of the consumer. */
  readonly consumer: string;
  readonly messageId: string;
}

/** A message as it is kept in the dead-letter queue. */
export interface DeadLetter {
  readonly body: string;
  readonly attributes: Attributes;
  readonly groupId?: string | undefined;
}

/** Says why an event cannot be handled. An error without a code comes from reading what is not JSON. */
export function failureOf(consumer: string, messageId: string, error: unknown): Failure {
  const { message, code = 'malformed', path, rule } = Object(error);
  return { reason: String(message).slice(0, 1_000), code, path, rule, consumer, messageId };
}

/**
 * Sends to the consumer's dead-letter queue. Rejects when the environment does not name one or SQS refuses.
 * An event that has all the attributes that a message may have keeps them, and does without the failure.
 */
export async function sendToDeadLetterQueue(
  connection: Connection,
  failure: Failure,
  letter: DeadLetter,
): Promise<void> {
  const attributes = { ...letter.attributes };
  if (Object.keys(attributes).length < queueMessageAttributes) {
    attributes[failureAttribute] = { DataType: 'String', StringValue: JSON.stringify(failure) };
  }
  const QueueUrl = addressOf(connection, deadLetterQueueVariable);
  await sendToQueue(connection, {
    QueueUrl,
    MessageBody: letter.body,
    MessageAttributes: attributes,
    MessageGroupId: letter.groupId,
    MessageDeduplicationId: QueueUrl.endsWith('.fifo') ? failure.messageId : undefined,
  });
}
