import { expect, test } from 'vitest';
import { makeProject } from '../support/project.ts';

const spec = `
asyncapi: 3.0.0
info: { title: Shop, version: 1.0.0 }
servers: { shop: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge } }
channels:
  orders: { address: shop.orders, servers: [{ $ref: '#/servers/shop' }], messages: { Changed: { $ref: '#/components/messages/Changed' } } }
  parcels: { address: shop.parcels, servers: [{ $ref: '#/servers/shop' }], messages: { Changed: { $ref: '#/components/messages/Changed' } } }
  wide: { address: shop.wide, servers: [{ $ref: '#/servers/shop' }], bindings: { sns: { name: wide } }, messages: { Widened: { payload: { type: object } } } }
  prices: { address: prices, bindings: { sns: { name: prices } }, messages: { Priced: { $ref: '#/components/messages/Priced' } } }
  rates: { address: rates, bindings: { sns: { name: rates } }, messages: { Perhaps: { $ref: '#/components/messages/Perhaps' }, Nullable: { $ref: '#/components/messages/Nullable' }, Always: { $ref: '#/components/messages/Always' } } }
  moves: { address: moves, bindings: { sqs: { queue: { name: moves.fifo, fifoQueue: true } } }, messages: { EventPublisher: { payload: { type: object } } } }
operations:
  $publish: { action: send, channel: { $ref: '#/channels/orders' }, x-service: orders }
  parcel: { action: send, channel: { $ref: '#/channels/parcels' }, x-service: orders }
  widen: { action: send, channel: { $ref: '#/channels/wide' }, x-service: orders }
  price: { action: send, channel: { $ref: '#/channels/prices' }, x-service: orders }
  move: { action: send, channel: { $ref: '#/channels/moves' }, x-service: orders }
  rate: { action: send, channel: { $ref: '#/channels/rates' }, x-service: orders }
  again: { action: send, channel: { $ref: '#/channels/prices' }, x-service: orders }
components:
  correlationIds: { request: { location: '$message.header#/requestId' } }
  messages:
    Changed: { payload: { type: object, properties: { n: { type: integer } }, required: [n] }, correlationId: { location: '$message.payload#/n' } }
    Perhaps:
      headers: { type: object, required: [market], properties: { market: { type: string } } }
      payload: { type: object, properties: { market: { type: string } } }
    Nullable:
      headers: { type: object, required: [market], properties: { market: { type: string } } }
      payload: { type: object, required: [market], properties: { market: { type: [string, 'null'] } } }
    Always:
      headers: { type: object, required: [market], properties: { market: { type: string } } }
      payload: { type: object, required: [market], properties: { market: { type: string } } }
    Priced:
      correlationId: { $ref: '#/components/correlationIds/request' }
      headers: { type: object, required: [market], properties: { market: { type: string } } }
      payload: { type: object, properties: { price: { type: number } }, required: [price] }
`;

const use = `
import { type OrdersPublisherEvent, createOrdersPublisher } from './generated/services/orders/index.js';

const publisher = createOrdersPublisher({ environment: {} });
export const events: OrdersPublisherEvent[] = [
  { name: 'Changed', source: 'shop.parcels', payload: { n: 1 }, time: new Date(), correlationId: 'c' },
  { name: 'Widened', payload: {} },
  { name: 'Widened', source: 'shop.wide', payload: {} },
  { name: 'Priced', payload: { price: 1 }, headers: { market: 'eu' } },
  { name: 'EventPublisher', payload: {}, groupId: 'g' },
  { name: 'Perhaps', payload: {}, headers: { market: 'eu' } },
  { name: 'Nullable', payload: { market: null }, headers: { market: 'eu' } },
  { name: 'Always', payload: { market: 'eu' } },
];
// @ts-expect-error: two channels have an event of this name
events.push({ name: 'Changed', payload: { n: 1 } });
// @ts-expect-error: the payload need not fill the header
events.push({ name: 'Perhaps', payload: {} });
// @ts-expect-error: the payload may have null
events.push({ name: 'Nullable', payload: { market: 'eu' } });
// @ts-expect-error: nothing fills the header
events.push({ name: 'Priced', payload: { price: 1 } });
// @ts-expect-error: nothing says the message group
events.push({ name: 'EventPublisher', payload: {} });
// @ts-expect-error: the payload of another event
events.push({ name: 'Priced', payload: { n: 1 }, headers: { market: 'eu' } });
// @ts-expect-error: the service does not send it
events.push({ name: 'Lost', payload: {} });

export async function all(): Promise<void> {
  await publisher.publish({ n: 1 });
  const [first] = await publisher.$publish(events, { concurrency: 2, signal: AbortSignal.timeout(5) });
  console.log(first?.id);
  for await (const { failure, published } of publisher.$publishStream(events)) console.log(failure ? failure.code : published.id);
  const results = await publisher.$publishSettled(events);
  console.log(results.map((result) => (result.failure ? result.failure.event.payload : result.published.name)));
  await publisher.$verify();
}
`;

test('many events of any kind are typed as what the service sends, and compile as strictly as can be', () => {
  const project = makeProject();
  project.write({ 'asyncapi.yaml': spec, 'use.ts': use });
  const generated = project.eventloom('generate');
  expect(generated.code, generated.stderr + generated.stdout).toBe(0);
  expect(project.tsc('typescript-5.9', ['use.ts'])).toMatchObject({ code: 0, stdout: '' });
  const publisher = project.read('generated/services/orders/publisher.ts');
  expect(publisher).toContain("correlation: { in: 'payload', pointer: '/n' },");
  expect(publisher).toContain("correlation: { in: 'header', pointer: '/requestId' },");
  expect(publisher).toContain('maximumBytes: 261120,');
});
