import { type Consumer, failureAttribute, type QueueReturn, queueMessageAttributes } from '@eventloom/engine';
import type { StandingMessage } from './aws.ts';

/** A dead letter, and the message that brings its event back. */
export interface KeptIdentity {
  readonly letter: StandingMessage;
  readonly back: QueueReturn;
  readonly routes: Consumer['routes'];
}

/**
 * Gives an event the id that it was handled with. One that comes from a publisher which sends no attribute `id` has that
 * of its message, which is another one once it is sent again; `x-idempotency` would not know it. SQS keeps the id of a
 * message that it moves to a dead-letter queue, and a handler writes it into the reason. An event of a bus has its id in
 * the body. A message that has all the attributes it may have stays as it is.
 */
export function keepId({ letter, back, routes }: KeptIdentity): QueueReturn {
  const { attributes } = back;
  const has = (name: string): boolean => Object.hasOwn(attributes, name);
  const isOverBus = has('type') ? routes.every(isBusRoute) : routes.some(isBusRoute);
  if (isOverBus || has('id') || Object.keys(attributes).length >= queueMessageAttributes) return back;
  const id = { DataType: 'String', StringValue: refusedId(letter) ?? letter.id };
  return { ...back, attributes: { ...attributes, id } };
}

const isBusRoute = ({ kind }: Consumer['routes'][number]): boolean => kind.startsWith('eventbridge');

/** The id of the message that a handler refused. */
function refusedId({ attributes }: StandingMessage): string | undefined {
  const json = Object.hasOwn(attributes, failureAttribute) ? attributes[failureAttribute]?.StringValue : undefined;
  try {
    const { messageId } = Object(JSON.parse(json ?? '{}')) as { readonly messageId?: unknown };
    return typeof messageId === 'string' && messageId !== '' ? messageId : undefined;
  } catch {
    return undefined;
  }
}
