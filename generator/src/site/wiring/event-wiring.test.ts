import { describe, expect, it } from 'vitest';
import { eventNamed, exampleOf, siteContextOf } from '../../../../test/support/site-context-of.ts';
import type { ConsumerEntry } from '../site-model.ts';
import { describeEventWiring } from './event-wiring.ts';

const order =
  '{ type: object, required: [total, market], properties: { total: { type: number }, market: { enum: [eu, us, ru] }, note: { type: string } } }';

const spec = `
asyncapi: 3.0.0
info: { title: Bakery shop, version: 1.0.0 }
servers:
  bakery:
    host: events.eu-west-1.amazonaws.com
    protocol: eventbridge
    x-eventbridge: { archive: { retentionDays: 30 }, schemaRegistry: true }
channels:
  orders:
    address: bakery.orders
    messages: { Ordered: { payload: ${order} }, Paid: { payload: ${order} } }
  fans:
    address: bakery.fans
    servers: [{ $ref: '#/servers/bakery' }]
    messages: { Baked: { payload: ${order} }, Sold: { payload: ${order} } }
    bindings: { sns: { name: bakery-fans } }
  offers:
    address: offers
    messages:
      Offered: { payload: ${order}, headers: { type: object, properties: { market: { enum: [eu, us, ru] } } } }
      Ended: { payload: ${order} }
    bindings: { sns: { name: offers } }
  jobs:
    address: jobs
    messages: { Job: { payload: ${order} } }
    bindings: { sqs: { queue: { name: jobs, fifoQueue: false } } }
operations:
  order: { action: send, channel: { $ref: '#/channels/orders' }, messages: [{ $ref: '#/channels/orders/messages/Ordered' }], x-service: till, x-outbox: true }
  orderByPhone:
    action: send
    channel: { $ref: '#/channels/orders' }
    messages: [{ $ref: '#/channels/orders/messages/Ordered' }]
    x-service: till
    x-ingress: { type: http, method: POST, path: /orders, authorization: { kind: iam } }
  offer: { action: send, channel: { $ref: '#/channels/offers' }, x-service: till }
  bake:
    action: receive
    channel: { $ref: '#/channels/orders' }
    messages: [{ $ref: '#/channels/orders/messages/Ordered' }]
    x-service: oven
    x-filter: { total: [{ numeric: ['>=', 500] }], market: [eu, us] }
    x-delivery: { type: queue, batchSize: 5, batchingWindowSeconds: 3, maxConcurrency: 7, maxReceiveCount: 4, timeoutSeconds: 20 }
    x-idempotency: { key: /note, ttlSeconds: 3600 }
    x-emits: [{ $ref: '#/channels/orders/messages/Paid' }, { $ref: '#/channels/fans/messages/Baked' }]
  watch: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: audit, x-delivery: { type: function, retryAttempts: 1 } }
  tellFans:
    action: receive
    channel: { $ref: '#/channels/fans' }
    messages: [{ $ref: '#/channels/fans/messages/Baked' }]
    x-service: fans
    x-filter: { market: [eu] }
  readOffers:
    action: receive
    channel: { $ref: '#/channels/offers' }
    messages: [{ $ref: '#/channels/offers/messages/Offered' }]
    x-service: fans
    x-filter: { market: [eu] }
    x-filter-scope: attributes
  readAll: { action: receive, channel: { $ref: '#/channels/offers' }, messages: [{ $ref: '#/channels/offers/messages/Offered' }], x-service: audit }
  work:
    action: receive
    channel: { $ref: '#/channels/jobs' }
    x-service: oven
    x-filter: { note: [{ exists: true }] }
    x-filter-unmatched: delete
`;

const examples = [
  exampleOf({ total: 600, market: 'eu' }),
  exampleOf({ total: 5, market: 'eu', note: 'n' }),
  exampleOf({ total: 600, market: 'ru' }),
];

async function wiringOf(name: string) {
  const context = await siteContextOf(spec);
  return describeEventWiring(context, eventNamed(context, name), examples);
}

function fact({ facts }: Pick<ConsumerEntry, 'facts'>, label: string): string | undefined {
  return facts.find((one) => one.label === label)?.value;
}

describe('describeEventWiring', () => {
  it('names who publishes an event, by whatever means', async () => {
    const { producers } = await wiringOf('Ordered');
    expect(producers.map(({ operation, kind, ingress, outbox }) => [operation, kind, ingress, outbox])).toEqual([
      ['order', 'operation', null, true],
      ['orderByPhone', 'ingress', 'POST /orders', false],
    ]);
    const paid = await wiringOf('Paid');
    expect(paid.producers.map(({ service, operation, kind }) => [service.text, operation, kind])).toEqual([
      ['oven', 'bake', 'emits'],
    ]);
  });

  it('says of each consumer what it wants and which examples it gets, and why', async () => {
    const { consumers } = await wiringOf('Ordered');
    const [watch, bake] = consumers;
    expect(consumers.map(({ operation }) => operation)).toEqual(['watch', 'bake']);
    expect(watch?.filter).toEqual([]);
    expect(watch?.verdicts.map(({ matched }) => matched)).toEqual([true, true, true]);
    expect(bake?.filter).toEqual(['`market` is `"eu"` or `"us"`', '`total` is at least `500`']);
    expect(bake?.verdicts).toEqual([
      { matched: true, reason: 'its rule matches' },
      { matched: false, reason: 'its rule does not match: detail.total is 5, wanted a number >= 500' },
      { matched: false, reason: 'its rule does not match: detail.market is "ru", wanted "eu" or "us"' },
    ]);
    expect(bake?.narrowed).toBe("Ordered & { readonly market: 'eu' | 'us' }");
    expect(watch?.narrowed).toBeNull();
    expect(bake?.emits.map(({ text }) => text)).toEqual(['Baked', 'Paid']);
  });

  it('shows what AWS gets of a filter', async () => {
    const patterns = async (name: string) =>
      (await wiringOf(name)).consumers.map(({ compiled }) =>
        compiled.map(({ title, json }) => [title, JSON.parse(json)]),
      );
    expect(await patterns('Ordered')).toEqual([
      [['Event pattern of its rule', { source: ['bakery.orders'], 'detail-type': ['Ordered', 'Paid'] }]],
      [
        [
          'Event pattern of its rule',
          {
            source: ['bakery.orders'],
            'detail-type': ['Ordered'],
            detail: { market: ['eu', 'us'], total: [{ numeric: ['>=', 500] }] },
          },
        ],
      ],
    ]);
    expect(await patterns('Baked')).toEqual([
      [
        [
          'Event pattern of the channel’s rule, shared by all its consumers',
          { source: ['bakery.fans'], 'detail-type': ['Baked', 'Sold'] },
        ],
        [
          'Filter policy of its subscription, scope MessageBody',
          { 'detail-type': ['Baked'], detail: { market: ['eu'] } },
        ],
      ],
    ]);
    expect(await patterns('Job')).toEqual([
      [['Filter of its event source mapping', { body: { note: [{ exists: true }] } }]],
    ]);
  });

  it('says what is selected by attributes, and what a queue deletes', async () => {
    const [all, scoped] = (await wiringOf('Offered')).consumers;
    expect(fact({ facts: all?.facts ?? [] }, 'Selected by')).toBe('the message attribute `type` is `Offered`');
    expect(scoped?.filter).toEqual(['the message attribute `market` is `"eu"`']);
    expect(fact({ facts: scoped?.facts ?? [] }, 'Filter scope')).toBe('message attributes; the body is not read');
    const [work] = (await wiringOf('Job')).consumers;
    expect(fact({ facts: work?.facts ?? [] }, 'Not matched')).toBe('deleted from the queue: nobody else gets it');
    expect(work?.verdicts[0]).toEqual({
      matched: false,
      reason: 'its filter does not match, and deletes the message: body.note is absent, wanted any value',
    });
  });

  it('lists what a queue, a function and a handler are set to', async () => {
    const [watch, bake] = (await wiringOf('Ordered')).consumers;
    const of = (entry: ConsumerEntry | undefined, labels: readonly string[]) =>
      labels.map((label) => entry && fact(entry, label));
    expect(
      of(bake, ['Bus', 'Rule', 'Queue', 'Dead-letter queue', 'Receives', 'Batch', 'Invocations at once', 'Stack']),
    ).toEqual([
      '`bakery`',
      'construct `Bake/BakeRule`',
      'construct `Bake/Queue`',
      'construct `Bake/DeadLetterQueue`',
      '4 at most, then the dead-letter queue',
      '5 messages at most, gathered for 3 seconds',
      '7 at most',
      '`bakery-shop-oven`',
    ]);
    expect(of(bake, ['Handled once', 'Alarms'])).toEqual([
      'for each `/note`, remembered for 1 hour; replays are run again',
      '1 message on the dead-letter queue; an event has waited for 15 minutes; 5 errors in five minutes; 1 throttled invocation in five minutes; 1 failed delivery of a rule in five minutes',
    ]);
    expect(of(watch, ['Retries', 'Given up after', 'Queue'])).toEqual([
      '1 after the first attempt',
      '6 hours',
      undefined,
    ]);
  });

  it('says where an event is published and how large it may be', async () => {
    const facts = async (name: string) =>
      Object.fromEntries((await wiringOf(name)).facts.map(({ label, value }) => [label, value]));
    expect(await facts('Ordered')).toEqual({
      'Event bus': '`bakery`',
      source: '`bakery.orders`',
      'detail-type': '`Ordered`',
      Channel: '`orders`',
      'Largest entry': '1,047,552 bytes',
      Archive: 'kept for 30 days, for replays',
      'Schema registry': '`bakery.orders@Ordered`',
    });
    expect((await facts('Baked'))['Largest entry']).toBe('261,120 bytes');
    expect((await facts('Offered'))['Attribute type']).toBe('`Offered`');
  });

  it('has nothing to say of who receives what nobody receives, and of who sends what nobody sends', async () => {
    expect(await wiringOf('Ended')).toMatchObject({ consumers: [], producers: [{ operation: 'offer' }] });
    expect(await wiringOf('Sold')).toMatchObject({ consumers: [], producers: [] });
    expect((await wiringOf('Job')).producers).toEqual([]);
  });

  it('tells events of one name and message apart, whose channels have each other’s names', async () => {
    const twins = `
asyncapi: 3.0.0
info: { title: Twins, version: 1.0.0 }
servers: { bus: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge } }
channels:
  left: { address: right, messages: { Done: { $ref: '#/components/messages/Done' } } }
  right: { address: left, messages: { Done: { $ref: '#/components/messages/Done' } } }
operations:
  takeLeft: { action: receive, channel: { $ref: '#/channels/left' }, x-service: one }
  takeRight: { action: receive, channel: { $ref: '#/channels/right' }, x-service: one }
components: { messages: { Done: { payload: { type: object } } } }
`;
    const context = await siteContextOf(twins);
    for (const event of context.model.catalog.events) {
      const { consumers } = describeEventWiring(context, event, [exampleOf({})]);
      expect(consumers.map(({ operation, verdicts }) => [operation, verdicts[0]?.matched])).toEqual([
        [event.channel === 'left' ? 'takeLeft' : 'takeRight', true],
      ]);
    }
  });
});
