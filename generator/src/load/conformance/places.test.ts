import { expect, it } from 'vitest';
import { kindAt } from './places.ts';

it.each([
  ['channels/a', 'channels'],
  ['channels/a/messages/m', 'messages'],
  ['channels/a/messages/m/traits/0', 'messageTraits'],
  ['channels/a/bindings', 'channelBindings'],
  ['components/operations/o/reply/address', 'replyAddresses'],
  ['operations/o/channel/messages/m/correlationId', 'correlationIds'],
  ['components/schemas/s', 'schemas'],
  ['servers/s/variables/v', 'serverVariables'],
  ['', undefined],
  ['info', undefined],
  ['channels', undefined],
  ['channels/a/messages', undefined],
  ['channels/a/toString', undefined],
  ['components/schemas', undefined],
  ['components/constructor/a/b', undefined],
])('says what stands at %s', (path, kind) => {
  expect(kindAt(path === '' ? [] : path.split('/'))).toBe(kind);
});
