import type { Consumer } from '../topology.ts';
import {
  type DeadLetterMessage,
  type DeadLetterReading,
  type FunctionReturn,
  failureAttribute,
  type QueueReturn,
} from './dead-letter.ts';
import { type Fields, fieldsOf, parseFields, textIn } from './fields.ts';
import { invocationOf, isNotification, messageOf } from './notification.ts';

/** What of a consumer tells how an event gets back to it. */
export type DeadLetterConsumer = Pick<Consumer, 'delivery' | 'routes'>;

/**
 * What EventBridge adds to an event on the dead-letter queue of a target.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
const ruleAttributes: ReadonlySet<string> = new Set([
  'RULE_ARN',
  'TARGET_ARN',
  'ERROR_CODE',
  'ERROR_MESSAGE',
  'EXHAUSTED_RETRY_CONDITION',
  'RETRY_ATTEMPTS',
]);

/** Says what a message on a dead-letter queue of a consumer is, and what brings it back. Never throws. */
export function readDeadLetter(message: DeadLetterMessage, consumer: DeadLetterConsumer): DeadLetterReading {
  try {
    return consumer.delivery.type === 'queue' ? readForQueue(message, consumer) : readForFunction(message);
  } catch (error) {
    return unreadable(`the body cannot be read: ${String(error)}`); // So deep that it cannot be written again.
  }
}

const unreadable = (reason: string): DeadLetterReading => ({
  kind: 'unknown',
  code: 'unreadable',
  reason,
  event: null,
  back: null,
});

function readForQueue(message: DeadLetterMessage, consumer: DeadLetterConsumer): DeadLetterReading {
  const body = parseFields(message.body);
  const failure = attributeOf(message, failureAttribute);
  if (failure !== undefined) return { ...failureIn(failure), ...forQueue(message, body, [failureAttribute]) };
  if (isFromRule(message)) return { ...ruleFailure(message), ...forQueue(message, body, ruleAttributes) };
  if (isNotification(body) && attributeOf(message, 'type') === undefined && consumer.routes.some(isOverTopic)) {
    // Raw delivery leaves no envelope: with one, SNS has put the message here itself.
    const raw = { ...messageOf(body), groupId: message.groupId };
    return { kind: 'subscription', ...undelivered, ...forQueue(raw, parseFields(raw.body), []) };
  }
  const code = 'receives-exhausted';
  const reason = 'its consumer failed, or SNS could not deliver it';
  return { kind: 'queue', code, reason, ...forQueue(message, body, []) };
}

function readForFunction(message: DeadLetterMessage): DeadLetterReading {
  const body = parseFields(message.body);
  if (body !== null && isFromRule(message)) return { ...ruleFailure(message), ...forFunction(body, message.body) };
  if (body !== null && isRecord(body)) return { ...recordFailure(body), ...forFunction(body.requestPayload) };
  if (isNotification(body)) return { kind: 'subscription', ...undelivered, ...forFunction(invocationOf(body)) };
  if (body === null || !isInvocation(body)) {
    return unreadable(body === null ? 'the body is no JSON object' : 'the body is no event and no record of one');
  }
  // A function's older kind of dead-letter queue: the event, and these attributes.
  // https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
  const code = attributeOf(message, 'ErrorCode');
  const reason = attributeOf(message, 'ErrorMessage') ?? '';
  return {
    kind: code === undefined ? 'unknown' : 'function',
    code: code ?? 'unknown',
    reason,
    ...forFunction(body, message.body),
  };
}

const undelivered = { code: 'undelivered', reason: 'SNS could not deliver it' };

const isOverTopic = ({ kind }: DeadLetterConsumer['routes'][number]): boolean => kind.endsWith('sns');

const isFromRule = (message: DeadLetterMessage): boolean =>
  attributeOf(message, 'RULE_ARN') !== undefined && attributeOf(message, 'ERROR_CODE') !== undefined;

/** Lambda's record of an invocation that failed, which the runtime writes too. */
const isRecord = (body: Fields): boolean =>
  Object.hasOwn(body, 'requestPayload') && textIn(fieldsOf(body.requestContext), 'condition') !== undefined;

const isInvocation = (body: Fields): boolean =>
  textIn(body, 'detail-type') !== undefined || Array.isArray(fieldsOf(body).Records);

function forQueue(
  message: DeadLetterMessage,
  parsed: Fields | null,
  added: Iterable<string>,
): { readonly event: string | null; readonly back: QueueReturn } {
  const { body, attributes, groupId } = message;
  const dropped = new Set(added);
  const kept = Object.entries(attributes).filter(([name]) => !dropped.has(name));
  return {
    event: attributeOf(message, 'type') ?? textIn(parsed, 'detail-type') ?? null,
    back: { to: 'queue', body, attributes: Object.fromEntries(kept), groupId },
  };
}

/** `text` is the payload as it was read, where it was: writing it again could change a large number. */
function forFunction(
  payload: unknown,
  text = JSON.stringify(payload),
): { readonly event: string | null; readonly back: FunctionReturn } {
  return { event: eventIn(payload), back: { to: 'function', payload: text } };
}

/** The name of the event that a function was invoked with, by EventBridge or by SNS. */
function eventIn(payload: unknown): string | null {
  const fields = fieldsOf(payload);
  const record = Array.isArray(fields.Records) ? fields.Records[0] : undefined;
  const sns = fieldsOf(fieldsOf(record).Sns);
  const attributes = fieldsOf(sns.MessageAttributes);
  return (
    textIn(fields, 'detail-type') ??
    textIn(fieldsOf(attributes.type), 'Value') ??
    textIn(parseFields(textIn(sns, 'Message') ?? ''), 'detail-type') ??
    null
  );
}

type Failed = Pick<DeadLetterReading, 'kind' | 'code' | 'reason'>;

function failureIn(json: string): Failed {
  const failure = parseFields(json);
  return { kind: 'handler', code: textIn(failure, 'code') ?? 'unknown', reason: textIn(failure, 'reason') ?? '' };
}

function ruleFailure(message: DeadLetterMessage): Failed {
  const condition = attributeOf(message, 'EXHAUSTED_RETRY_CONDITION');
  const told = [attributeOf(message, 'ERROR_MESSAGE'), condition].filter((text) => text !== undefined);
  return { kind: 'rule', code: attributeOf(message, 'ERROR_CODE') ?? 'unknown', reason: told.join('; ') };
}

function recordFailure(record: Fields): Failed {
  const condition = textIn(fieldsOf(record.requestContext), 'condition') ?? 'unknown';
  const response = fieldsOf(record.responsePayload);
  const reason = textIn(response, 'errorMessage') ?? condition;
  return { kind: 'function', code: textIn(response, 'errorType') ?? condition, reason };
}

function attributeOf({ attributes }: DeadLetterMessage, name: string): string | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name]?.StringValue : undefined;
}
