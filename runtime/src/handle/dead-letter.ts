import { deadLetterQueueVariable, queueMessageAttributes } from '@eventloom/engine';
import { addressOf } from '../connection.ts';
import type { Logger } from '../context.ts';
import type { Attributes } from '../publish/entry.ts';
import { sendToQueue } from '../publish/send-to-queue.ts';
import type { Attended } from './attend.ts';
import type { Session } from './session.ts';

/** Name of the one attribute that says, as JSON, why an event is in the dead-letter queue. */
const failureAttribute = 'eventloom.failure';

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
  /** Version of the function that refused it; absent where Lambda does not tell. */
  readonly version?: string | undefined;
}

/** A message as it is kept in the dead-letter queue. */
export interface DeadLetter {
  readonly body: string;
  readonly attributes: Attributes;
  readonly groupId?: string | undefined;
}

/**
 * Sends an event that cannot be handled to the consumer's dead-letter queue, and tells whether that worked. It does not
 * when the environment does not name a queue, or SQS refuses.
 * An event that has all the attributes that a message may have keeps them, and has its failure in the log alone.
 */
export async function deadLetter(session: Session, delivery: Attended, cause: unknown, log: Logger): Promise<boolean> {
  try {
    const failure = failureOf(session, delivery.messageId, cause);
    const QueueUrl = addressOf(session.connection, deadLetterQueueVariable);
    const { body, attributes, groupId } = delivery.deadLetter(failure);
    await sendToQueue(session.connection, {
      QueueUrl,
      MessageBody: body,
      MessageAttributes: withFailure(attributes, failure),
      MessageGroupId: groupId,
      MessageDeduplicationId: QueueUrl.endsWith('.fifo') ? failure.messageId : undefined,
    });
    log.warn('Event dead-lettered', failure);
    return true;
  } catch (error) {
    log.error('Event not dead-lettered', { error });
    return false;
  }
}

/** An error without a code comes from reading what is not JSON. */
function failureOf({ definition, lambda }: Session, messageId: string, error: unknown): Failure {
  const { message = error, code = 'malformed', path, rule } = Object(error);
  const reason = String(message).slice(0, 1_000);
  return { reason, code, path, rule, consumer: definition.key, messageId, version: lambda.functionVersion };
}

/** SQS takes neither U+FFFE nor U+FFFF, which JSON writes as they are. */
function withFailure(attributes: Attributes, failure: Failure): Attributes {
  if (Object.keys(attributes).length >= queueMessageAttributes) return attributes;
  const StringValue = JSON.stringify(failure).replace(/[\ufffe\uffff]/g, '?');
  return { ...attributes, [failureAttribute]: { DataType: 'String', StringValue } };
}
