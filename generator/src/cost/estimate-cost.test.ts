import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { understand } from '../../../test/support/model-of.ts';
import { addressKey } from '../model/order.ts';
import type { CostOptions } from './cost-options.ts';
import { type CostEstimate, estimateCost } from './estimate-cost.ts';

const usual: CostOptions = {
  published: new Map(),
  bytes: 2_048,
  durationMs: 50,
  memoryMb: 128,
  batch: null,
  shares: new Map(),
  environment: null,
  freeTier: false,
};

const placed = addressKey({ name: 'Placed', source: 'orders' });

/** A channel on a bus, a topic, or both, and one consumer with a delivery. */
function spec({ bus = true, topic = false, delivery = '', channels = '', more = '' }): string {
  return `
asyncapi: 3.0.0
info: { title: Cost, version: 1.0.0 }
servers: { main: { host: x, protocol: eventbridge } }
channels:
  orders:
    address: orders
    messages:
      Placed:
        payload:
          type: object
          required: [market, total]
          properties:
            market: { enum: [eu, us, ru, jp] }
            total: { type: number, minimum: 0, maximum: 1000 }
            note: { type: string }
            express: { type: boolean }
    ${bus && topic ? "servers: [{ $ref: '#/servers/main' }]" : ''}
    ${topic ? 'bindings: { sns: {} }' : ''}
${channels}
operations:
  place: { action: send, channel: { $ref: '#/channels/orders' }, x-service: shop }
  take: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: taker, x-delivery: { ${delivery} } }
${more}
`;
}

async function estimate(text: string, options: Partial<CostOptions> = {}): Promise<CostEstimate> {
  const { model, diagnostics } = await understand(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return estimateCost(model, { ...usual, published: new Map([[placed, 1e6]]), ...options });
}

/** The positions of the table in the reference: events, publishes, requests of queues and functions, run time. */
function hops({ events, consumers }: CostEstimate): number {
  const ids = ['busEvents', 'topicPublishes', 'queueRequests', 'functionRequests', 'functionTimeArm'];
  const lines = [...events, ...consumers].flatMap((one) => one.lines);
  const counted = lines.filter(({ price, what }) => ids.includes(price) && what !== 'queue: idle polling');
  return counted.reduce((sum, { usd }) => sum + usd, 0);
}

describe('a million events of less than 64 KB, 128 MB and 50 ms', () => {
  it.each([
    ['bus to function', { delivery: 'type: function' }, 1.28],
    ['bus to queue to function, batches of 10', { delivery: 'batchSize: 10' }, 1.58],
    ['the same with batches of 1', { delivery: 'batchSize: 1' }, 2.48],
    ['topic to function', { bus: false, topic: true, delivery: 'type: function' }, 0.78],
    ['topic to queue to function', { bus: false, topic: true }, 1.08],
    ['bus to topic to queue to function', { topic: true }, 2.08],
  ])('%s', async (_, made, usd) => {
    expect(hops(await estimate(spec(made))).toFixed(2)).toBe(usd.toFixed(2));
  });

  it('each further consumer behind a queue', async () => {
    const more = "  more: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: other }";
    const further = hops(await estimate(spec({ more }))) - hops(await estimate(spec({})));
    expect(further.toFixed(2)).toBe('0.58');
  });

  it('an idle queue is polled for 0.26 all the same', async () => {
    const { consumers } = await estimate(spec({}), { published: new Map() });
    expect(consumers.map(({ lines }) => lines.map(({ what }) => what))).toEqual([['queue: idle polling']]);
    expect(consumers[0]?.usd).toBeCloseTo(0.26, 2);
  });
});

describe('sizes', () => {
  it('count by 64 KB: a megabyte on a bus is sixteen events', async () => {
    const { events } = await estimate(spec({}), { bytes: 1_000_000 });
    expect(events[0]?.lines[0]).toMatchObject({ price: 'busEvents', quantity: 16e6, usd: 16 });
  });

  it('are those of the schema where there is no example', async () => {
    const { events, assumptions } = await estimate(spec({}), { bytes: null });
    expect(events[0]).toMatchObject({ bytesBasis: 'schema' });
    expect(events[0]?.bytes).toBeGreaterThan(40);
    expect(events[0]?.bytes).toBeLessThan(120);
    expect(assumptions.join()).toContain('of `Placed`, which has none, what the schema suggests');
  });
});

describe('filters', () => {
  const filtered = (filter: string) => spec({ delivery: `}, x-filter: { ${filter} ` });

  it.each([
    ['market: [eu]', 0.25, 'schema'],
    ['market: [eu, us]', 0.5, 'schema'],
    ["market: [{ 'anything-but': eu }]", 0.75, 'schema'],
    ["total: [{ numeric: ['>=', 900] }]", 0.1, 'schema'],
    ["total: [{ numeric: ['>', 200, '<', 300] }, { numeric: ['>', 900] }]", 0.2, 'schema'],
    ["market: [eu], total: [{ numeric: ['<', 500] }]", 0.125, 'schema'],
    ['$or: [{ market: [eu] }, { market: [us] }]', 0.5, 'schema'],
    ["$or: [{ market: [eu] }, { total: [{ numeric: ['<', 500] }] }]", 0.625, 'schema'],
    ['express: [true]', 0.5, 'schema'],
    ['note: [{ exists: true }]', 0.5, 'schema'],
    ['note: [{ prefix: x }], market: [eu]', 0.125, 'assumed'],
  ])('that say %s let %d through', async (filter, share, basis) => {
    const [consumer] = (await estimate(filtered(filter))).consumers;
    expect(consumer?.share).toBeCloseTo(share, 9);
    expect(consumer?.shareBasis).toBe(basis);
    expect(consumer?.delivered).toBeCloseTo(share * 1e6, 3);
  });

  it('save what the events that they keep away would cost', async () => {
    const [with_] = (await estimate(filtered('market: [eu]'))).consumers;
    const [without] = (await estimate(spec({}))).consumers;
    expect(with_?.withoutFilterUsd).toBeCloseTo(without?.usd ?? 0, 6);
    expect(with_?.savesUsd).toBeCloseTo((without?.usd ?? 0) - (with_?.usd ?? 0), 6);
    expect(with_?.savesUsd).toBeGreaterThan(0);
  });

  it('let through what is given in place of an estimate', async () => {
    const [consumer] = (await estimate(filtered('market: [eu]'), { shares: new Map([['taker/take', 0.01]]) }))
      .consumers;
    expect(consumer).toMatchObject({ share: 0.01, shareBasis: 'given', handled: 10_000 });
  });

  it('of bodies on a topic are paid by what they read, also of what they keep away', async () => {
    const text = spec({ bus: false, topic: true, delivery: '}, x-filter: { market: [eu] ' });
    const [consumer] = (await estimate(text)).consumers;
    const read = consumer?.lines.find(({ price }) => price === 'topicFilterBytes');
    expect(read?.quantity).toBeCloseTo((1e6 * (2_048 + 160)) / 2 ** 30, 6);
  });
});

describe('what is not given', () => {
  const chain = `
  charge:
    action: receive
    channel: { $ref: '#/channels/orders' }
    x-service: payments
    x-filter: { market: [eu] }
    x-emits: [{ $ref: '#/channels/payments/messages/Paid' }]
  ship:
    action: receive
    channel: { $ref: '#/channels/payments' }
    x-service: shipping
    x-emits: [{ $ref: '#/channels/orders/messages/Placed' }]`;
  const channels = '  payments: { address: payments, messages: { Paid: { payload: { type: object } } } }';
  const looped = spec({ channels, more: chain });
  const paid = addressKey({ name: 'Paid', source: 'payments' });

  it('follows from what is: one event for each that its emitter handles', async () => {
    const { events, assumptions } = await estimate(looped);
    expect(events.find(({ name }) => name === 'Paid')).toMatchObject({ events: 250_000, basis: 'emitted' });
    expect(assumptions.join()).toContain('`Paid` is not given');
  });

  it('does not follow where it is given', async () => {
    const { events } = await estimate(looped, {
      published: new Map([
        [placed, 1e6],
        [paid, 7],
      ]),
    });
    expect(events.find(({ name }) => name === 'Paid')).toMatchObject({ events: 7, basis: 'given' });
  });

  it('goes once round a loop', async () => {
    const { events, assumptions } = await estimate(looped, { published: new Map([[paid, 100]]) });
    expect(events.find(({ name }) => name === 'Placed')).toMatchObject({ events: 100, basis: 'emitted' });
    expect(events.find(({ name }) => name === 'Paid')).toMatchObject({ events: 100 });
    expect(assumptions.join()).not.toContain('loop');
  });
});

describe('the shop', () => {
  it('has a bill whose sums are those of their parts, whatever comes', async () => {
    const shop = readFileSync(new URL('../../../test/hotel/asyncapi.yaml', import.meta.url), 'utf8');
    const { model } = await understand(shop);
    for (let round = 1; round <= 20; round++) {
      const published = new Map(
        model.catalog.events.map((event, index) => [addressKey(event), (round * 7_919 * (index + 3)) % 3e6]),
      );
      const options = { ...usual, published, bytes: round * 9_973, batch: (round % 12) + 1, freeTier: round % 2 === 0 };
      const found = estimateCost(model, options);
      const parts = [...found.events, ...found.consumers, ...found.incoming, ...found.standing];
      const micro = (usd: number) => Math.round(usd * 1e6);
      for (const { usd, lines } of parts)
        expect(micro(usd)).toBe(lines.reduce((sum, line) => sum + micro(line.usd), 0));
      const all = [...parts, ...found.freeTier].reduce((sum, { usd }) => sum + micro(usd), 0);
      expect(micro(found.totalUsd)).toBe(all);
      for (const { price, quantity } of parts.flatMap(({ lines }) => lines))
        expect([price, quantity > 0]).toEqual([price, true]);
    }
  });

  it('has nothing to pay for what the free tier holds', async () => {
    const found = await estimate(spec({}), { freeTier: true, published: new Map([[placed, 1_000]]) });
    const paid = [...found.events, ...found.consumers].flatMap(({ lines }) => lines);
    const requests = [...paid, ...found.freeTier].filter(({ price }) => price === 'queueRequests');
    expect(requests.reduce((sum, { usd }) => sum + Math.round(usd * 1e6), 0)).toBe(0);
  });
});
