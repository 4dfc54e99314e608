import { deadLetterQueueVariable, failureAttribute, queueMessageBytesMaximum } from '@eventloom/engine';
import type { Logger } from '../context.ts';
import type { ValidationFailure } from '../errors.ts';
import type { Attributes } from '../publish/entry.ts';
import { callQueue } from '../sqs-client.ts';
import type { Delivery } from './delivery.ts';

/** Why an event was dead-lettered; the value of the attribute `eventloom.failure`. */
export interface Failure {
  /** The first thousand characters of what was wrong. */
  readonly reason: string;
  /** `invalid-payload`, `malformed`, `unknown-event`, `permanent`, or what the handler's `PermanentError` says; cut too. */
  readonly code: string;
  /** JSON pointer to the place in the payload, for an invalid payload; cut too. */
  readonly path?: string | undefined;
  /** Keyword of JSON Schema broken there. */
  readonly rule?: string | undefined;
  /** Key of the consumer. */
  readonly consumer: string;
  readonly messageId: string;
  /** Version of the function that refused it; absent where Lambda does not tell. */
  readonly version?: string | undefined;
}

/**
 * Sends an event that cannot be handled to the dead-letter queue of a consumer that wants that: true when that worked. It
 * does not when the environment does not name a queue, or SQS refuses.
 */
export async function deadLetter(delivery: Delivery, error: unknown, log: Logger): Promise<true | undefined> {
  const { definition, connection, lambda } = delivery.session;
  if (definition.onInvalid === 'retry') return;
  try {
    // An error without a code comes from reading what is not JSON.
    const thrown = error as Partial<ValidationFailure> | undefined;
    const failure: Failure = {
      reason: cut(thrown?.message ?? (error as string)),
      code: cut(thrown?.code ?? 'malformed'),
      path: cut(thrown?.path),
      rule: thrown?.rule,
      consumer: definition.key,
      messageId: delivery.messageId,
      version: lambda.functionVersion,
    };
    const reason: Attributes = {
      [failureAttribute]: {
        DataType: 'String',
        // SQS takes neither U+FFFE nor U+FFFF, which JSON writes as they are.
        StringValue: JSON.stringify(failure).replace(/[\ufffe\uffff]/g, '?'),
      },
    };
    const letter = { MessageAttributes: reason, ...delivery.deadLetter(failure, reason) };
    const { MessageBody, MessageAttributes } = letter;
    // JSON is longer than what SQS counts. Beside a message that fills the queue's limit the log alone has the reason.
    if (Buffer.byteLength(MessageBody + JSON.stringify(MessageAttributes)) > queueMessageBytesMaximum)
      delete MessageAttributes[failureAttribute];
    await callQueue(connection, deadLetterQueueVariable, 'SendMessage', letter);
    log.warn('Event dead-lettered', failure);
    return true;
  } catch (error) {
    log.error('Not dead-lettered', { error });
  }
}

/** The beginning of what is there. */
const cut = <Text>(text: Text): Text | string => text && String(text).slice(0, 1_000);
