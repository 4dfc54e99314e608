import { deadLetterQueueVariable, failureAttribute } from '@eventloom/engine';
import type { Logger } from '../context.ts';
import { callQueue } from '../sqs-client.ts';
import type { Delivery } from './delivery.ts';

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

/**
 * Sends an event that cannot be handled to the dead-letter queue of a consumer that wants that, and tells whether that
 * worked. It does not when the environment does not name a queue, or SQS refuses.
 */
export async function deadLetter(delivery: Delivery, error: unknown, log: Logger): Promise<boolean> {
  const { definition, connection, lambda } = delivery.session;
  if (definition.onInvalid === 'retry') return false;
  try {
    // An error without a code comes from reading what is not JSON.
    const thrown = Object(error);
    const failure: Failure = {
      reason: String(thrown.message ?? error).slice(0, 1_000),
      code: thrown.code ?? 'malformed',
      path: thrown.path,
      rule: thrown.rule,
      consumer: definition.key,
      messageId: delivery.messageId,
      version: lambda.functionVersion,
    };
    const MessageAttributes = {
      [failureAttribute]: {
        DataType: 'String',
        // SQS takes neither U+FFFE nor U+FFFF, which JSON writes as they are.
        StringValue: JSON.stringify(failure).replace(/[\ufffe\uffff]/g, '?'),
      },
    };
    const letter = { MessageAttributes, ...delivery.deadLetter(failure, MessageAttributes) };
    await callQueue(
      connection,
      deadLetterQueueVariable,
      (sdk, QueueUrl) => new sdk.SendMessageCommand({ QueueUrl, ...letter }),
    );
    log.warn('Event dead-lettered', failure);
    return true;
  } catch (error) {
    log.error('Not dead-lettered', { error });
    return false;
  }
}
