import { expect, it } from 'vitest';
import { brief, understand } from '../../../test/support/model-of.ts';

/** What the specs have in common: orders with lines. */
const orders = `asyncapi: 3.0.0
info: { title: Warehouse, version: 1.0.0 }
servers: { bus: { host: x, protocol: eventbridge } }
channels:
  orders: { address: orders, messages: { Placed: { payload: { type: object, required: [lines], properties: { lines: { type: array } } } } } }
`;

/** An order is split into lines, each of them picked, packed, and gathered; `more` stands at what is picked. */
function warehouse(more: string): string {
  return `${orders}  lines: { address: lines, messages: { Line: { payload: { type: object } }, Picked: { payload: { type: object } }, Packed: { payload: { type: object } } } }
operations:
  split: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: a, x-split: /lines, x-emits: [{ $ref: '#/channels/lines/messages/Line' }] }
  pick: { action: receive, channel: { $ref: '#/channels/lines' }, messages: [{ $ref: '#/channels/lines/messages/Line' }], x-service: a, x-emits: [{ $ref: '#/channels/lines/messages/Picked' }]${more} }
  pack: { action: receive, channel: { $ref: '#/channels/lines' }, messages: [{ $ref: '#/channels/lines/messages/Picked' }], x-service: a, x-emits: [{ $ref: '#/channels/lines/messages/Packed' }] }
  gather: { action: receive, channel: { $ref: '#/channels/lines' }, messages: [{ $ref: '#/channels/lines/messages/Packed' }], x-service: a, x-gather: { timeoutSeconds: 60 } }
`;
}

const said = async (spec: string) => brief((await understand(spec)).diagnostics).map((line) => line.split(' at ')[0]);

it('follows the parts of a split through every handler that publishes', async () => {
  expect(await said(warehouse(''))).toEqual([]);
});

/** An order is split into lines, which go to a queue with such headers. */
function queued(names: readonly string[]): string {
  const headers = names.map((name) => `${name}: { type: string }`).join(', ');
  return `${orders}  lines: { address: lines, bindings: { sqs: { queue: { name: lines } } }, messages: { Line: { headers: { type: object, properties: { ${headers} } }, payload: { type: object } } } }
operations:
  split: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: a, x-split: /lines, x-emits: [{ $ref: '#/channels/lines/messages/Line' }] }
`;
}

it.each([
  ['six headers', ['a', 'b', 'c', 'd', 'e', 'f'], []],
  ['seven headers', ['a', 'b', 'c', 'd', 'e', 'f', 'g'], ['error message-headers']],
  ['a header of its name', ['part'], ['error message-headers']],
])('says whether the place in a split fits beside %s of a message on a queue', async (_what, names, expected) => {
  expect((await said(queued(names))).filter((line) => line?.startsWith('error'))).toEqual(expected);
});

it('does not take for parts what is published by who gathers', async () => {
  expect(await said(warehouse(', x-gather: { timeoutSeconds: 60 }'))).toEqual(['warning gather-without-split']);
});
