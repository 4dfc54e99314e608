import type { Consumer, QueueReturn } from '@eventloom/engine';
import { expect, test } from 'vitest';
import { keepId } from './keep-id.ts';

const text = (StringValue: string) => ({ DataType: 'String', StringValue });
const ten = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`a${index}`, text('x')]));

interface Case {
  readonly kinds?: readonly string[];
  readonly attributes?: QueueReturn['attributes'];
  readonly failure?: string;
}

function idOf({ kinds = ['sqs'], attributes = {}, failure }: Case): string | undefined {
  const standing = failure === undefined ? attributes : { ...attributes, 'eventloom.failure': text(failure) };
  const letter = { id: 'letter', receipt: 'r', sentAt: 0, body: '{}', attributes: standing };
  const back: QueueReturn = { to: 'queue', body: '{}', attributes, groupId: undefined };
  const routes = kinds.map((kind) => ({ kind })) as unknown as Consumer['routes'];
  return keepId({ letter, back, routes }).attributes.id?.StringValue;
}

const type = text('JobDone');

test.each<[string, string | undefined, Case]>([
  ['that was received too often has the id of its letter, which SQS has kept', 'letter', {}],
  ['that was refused has the id that the handler wrote down', 'first', { failure: '{"messageId":"first"}' }],
  ['that was refused for a reason that cannot be read has the id of its letter', 'letter', { failure: '{' }],
  ['published with an id keeps it', 'mine', { attributes: { id: text('mine') }, failure: '{"messageId":"first"}' }],
  ['of a bus has its id in the body', undefined, { kinds: ['eventbridge', 'sqs'] }],
  ['of a queue beside a bus is known by its type', 'letter', { kinds: ['eventbridge', 'sqs'], attributes: { type } }],
  ['with ten attributes has no room', undefined, { attributes: ten }],
])('an event %s', (_, id, given) => {
  expect(idOf(given)).toBe(id);
});
