import { expect, test } from 'vitest';
import { makeProject } from '../../../test/support/project.ts';

const spec = `
asyncapi: 3.0.0
info: { title: Shop, version: 1.0.0 }
servers: { shop: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge } }
channels:
  orders:
    address: shop.orders
    messages: { OrderPlacedByACustomerOfTheShopHerself: { $ref: '#/components/messages/Placed' } }
  lines: { address: shop.lines, messages: { Line: { $ref: '#/components/messages/Line' } } }
operations:
  splitOrderIntoItsManyLines:
    action: receive
    channel: { $ref: '#/channels/orders' }
    x-service: desk
    x-split: /lines
    x-emits: [{ $ref: '#/channels/lines/messages/Line' }]
  gatherLines: { action: receive, channel: { $ref: '#/channels/lines' }, x-service: desk, x-gather: { timeoutSeconds: 60 } }
  call:
    action: receive
    channel: { $ref: '#/channels/lines' }
    x-service: desk
    summary: Calls */ } the \`gateway\`.
    x-downstreams: { gateway: { outageSeconds: 10 }, 'constructor': { outageSeconds: 10 } }
  direct: { action: receive, channel: { $ref: '#/channels/lines' }, x-service: desk, x-delivery: { type: function } }
components:
  messages:
    Placed: { payload: { type: object, required: [lines], properties: { lines: { type: array, items: { type: string } } } } }
    Line: { payload: { type: object, required: [sku], properties: { sku: { type: string } } } }
`;

const use = `
import type { Feature } from '@eventloom/runtime';
import { call, callBatch, direct, gatherLines, splitOrderIntoItsManyLines } from './generated/services/desk/index.js';

const mine: Feature = {};
const handlers = [
  splitOrderIntoItsManyLines((sku, { index, event }) => (index < event.payload.lines.length ? { sku } : null), mine),
  splitOrderIntoItsManyLines(async (sku) => ({ sku }), mine, mine),
  gatherLines((parts, { log }) => log.info('all', { skus: parts.map(({ payload }) => payload.sku) })),
  gatherLines({ complete: (parts) => parts.length, onTimeout: (_, { missing }) => missing[0] }, mine),
  call(({ payload }, { downstreams }) => downstreams.gateway.call(() => console.log(payload.sku)), mine),
  call(async (_, { downstreams }) => { await downstreams.constructor.call(() => 1); }),
  callBatch(async (events) => console.log(events.length), mine),
  direct(({ payload }) => console.log(payload.sku)),
];
// @ts-expect-error: not the payload of the one event that is emitted
splitOrderIntoItsManyLines((sku) => ({ name: sku }));
// @ts-expect-error: an element is a text
splitOrderIntoItsManyLines((element: number) => ({ sku: \`\${element}\` }));
// @ts-expect-error: a function for time that is up alone says nothing of the usual end
gatherLines({ onTimeout: () => {} });
// @ts-expect-error: no such downstream is declared
call((_, { downstreams }) => downstreams.gatway.call(() => 1));
// @ts-expect-error: features come one by one
direct(() => {}, [mine]);
console.log(handlers.length);
`;

test('the factories of a consumer take what its spec says, and any features besides', () => {
  const project = makeProject();
  project.write({ 'asyncapi.yaml': spec, 'use.ts': use });
  const { code, stderr } = project.eventloom('generate');
  expect(code, stderr).toBe(0);
  expect(project.tsc('typescript', ['generated/index.ts', 'use.ts']).stdout).toBe('');
  const desk = project.tree('generated/services/desk');
  const longLines = Object.values(desk).flatMap((text) => text.split('\n').filter((line) => line.length > 120));
  expect(longLines).toEqual([]);
  expect(desk['index.ts']).not.toMatch(/directBatch|gatherLinesBatch|ManyLinesBatch/);
});
