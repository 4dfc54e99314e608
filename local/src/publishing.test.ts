import {
  createPublisher,
  type EventPart,
  type EventPublisher,
  type PublishedEventDefinition,
  queueHandler,
  type ReceivedEvent,
  type Transport,
  toBus,
  toQueue,
  toTopic,
  type Validator,
} from '@eventloom/runtime';
import { describe, expect, test } from 'vitest';
import type { FaultRates } from './faults/rates.ts';
import {
  busRoute,
  queue,
  queueConsumer,
  queueRoute,
  shopBus,
  topic,
  topicRoute,
  topologyOf,
} from './fixtures/topology.ts';
import { createLocalSystem } from './system.ts';

// What publishers send in batches, over the wire of the real clients.

const validate: Validator<unknown> = (_): _ is unknown => true;

const event = (name: string, transport: Transport, environmentVariable: string): PublishedEventDefinition => ({
  ...{ name, source: 'shop', validate, ordering: '/group', headers: [] },
  destination: { transport, environmentVariable },
});

const market = { name: 'market', attributeType: 'String', required: true } as const;
const events = {
  Bus: event('Bus', toBus, 'EVENTLOOM_BUS_SHOP'),
  Topic: { ...event('Topic', toTopic, 'EVENTLOOM_TOPIC_T'), headers: [market] },
  Queue: { ...event('Queue', toQueue, 'EVENTLOOM_QUEUE_Q'), headers: [market] },
  FifoTopic: event('FifoTopic', toTopic, 'EVENTLOOM_TOPIC_T_FIFO'),
  FifoQueue: event('FifoQueue', toQueue, 'EVENTLOOM_QUEUE_Q_FIFO'),
};
type Name = keyof typeof events;

interface Given {
  readonly name: Name;
  readonly payload: object;
  readonly id?: string;
  readonly correlationId?: string;
  readonly part?: EventPart;
}

/** Every destination with a consumer behind it; keeps what they handle, and which requests were made. */
function shop(rates: FaultRates = {}) {
  const handled: ReceivedEvent<string, string, unknown>[] = [];
  const requests: string[] = [];
  const routes = {
    Bus: busRoute('r', { source: ['shop'] }),
    Topic: topicRoute('r', 'topic:t'),
    Queue: queueRoute('r', 'queue:q'),
    FifoTopic: topicRoute('r', 'topic:t.fifo'),
    FifoQueue: queueRoute('r', 'queue:q.fifo'),
  };
  const names = Object.keys(events) as Name[];
  const consumers = names.map((name) => queueConsumer(`a/on${name}`, [routes[name]], { fifo: /^Fifo/.test(name) }));
  const handlers = names.map((name) => {
    const handler = queueHandler(
      {
        ...{ key: `a/on${name}`, service: 'a', consumer: `on${name}`, onInvalid: 'deadLetter', emits: [] },
        ...{ fifo: /^Fifo/.test(name), routes: [routes[name].kind], receives: [{ name, source: 'shop', validate }] },
      },
      (received: ReceivedEvent<string, string, unknown>) => void handled.push(received),
    );
    return [`a/on${name}`, async () => ({ handler })] as const;
  });
  const destinations = [shopBus, topic('t'), queue('q'), topic('t.fifo'), queue('q.fifo')];
  const system = createLocalSystem({
    topology: topologyOf(destinations, consumers),
    handlers: Object.fromEntries(handlers),
    faults: { rates },
    interceptors: [
      (call, next) => {
        if (call.caller.kind === 'outside') requests.push(call.operation);
        return next(call);
      },
    ],
  });
  const publisher = createPublisher<EventPublisher<Given>>(
    { service: 's', operations: { send: Object.values(events) } },
    {
      clients: system.clients,
      environment: system.environment,
      clock: { now: system.now, sleep: (milliseconds) => system.advance(milliseconds) },
    },
  );
  return { system, publisher, handled, requests };
}

const many = (name: Name, count: number): Given[] =>
  Array.from({ length: count }, (_, n) => ({ name, payload: { n, group: `${n % 2}`, market: 'eu' } }));

const numbersOf = (received: readonly { readonly payload: unknown }[]): number[] =>
  received.map(({ payload }) => (payload as { readonly n: number }).n);

describe('many events to one kind of destination', () => {
  test.each([
    ['Bus', 'PutEvents'],
    ['Topic', 'PublishBatch'],
    ['Queue', 'SendMessageBatch'],
    ['FifoTopic', 'PublishBatch'],
    ['FifoQueue', 'SendMessageBatch'],
  ] as const)(
    'reach it ten a request, and each is handled under the id that the publisher was told (%s)',
    async (name, operation) => {
      const { system, publisher, handled, requests } = shop();
      const published = await publisher.$publish(many(name, 25));
      expect(requests).toEqual([operation, operation, operation]);
      await system.settle();
      expect(handled.map(({ id }) => id).sort()).toEqual(published.map(({ id }) => id).sort());
      expect(numbersOf(handled).sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, n) => n));
    },
  );

  test.each(['FifoTopic', 'FifoQueue'] as const)('keep their order within a group (%s)', async (name) => {
    const { system, publisher, handled } = shop();
    await publisher.$publish(many(name, 30));
    await system.settle();
    for (const group of ['0', '1']) {
      const own = handled.filter(({ payload }) => (payload as { readonly group: string }).group === group);
      expect(numbersOf(own)).toEqual(numbersOf(own).toSorted((a, b) => a - b));
    }
    expect(handled).toHaveLength(30);
  });

  test.each(['FifoTopic', 'FifoQueue'] as const)('are not taken twice under one id (%s)', async (name) => {
    const { system, publisher, handled } = shop();
    const twice = many(name, 3).map((one, n) => ({ ...one, id: `id-${n}` }));
    await publisher.$publish(twice);
    await publisher.$publish(twice);
    await system.settle();
    expect(handled.map(({ id }) => id).sort()).toEqual(['id-0', 'id-1', 'id-2']);
  });
});

describe('what travels beside a payload', () => {
  test.each(['Bus', 'Topic', 'Queue'] as const)('comes out as it went in (%s)', async (name) => {
    const { system, publisher, handled } = shop();
    const part = { of: 'a/b/ü:1', index: 2, count: 3 };
    await publisher.$publish([{ name, payload: { market: 'eu' }, id: 'mine', part }]);
    await system.settle();
    expect(handled).toMatchObject([{ id: 'mine', part, payload: { market: 'eu' } }]);
  });

  test('includes the correlation id, on a bus without a place for it in the payload', async () => {
    const { system, publisher, handled } = shop();
    await publisher.$publish([{ name: 'Bus', payload: {}, correlationId: 'c:1/ü' }]);
    await system.settle();
    expect(handled).toMatchObject([{ correlationId: 'c:1/ü', part: undefined }]);
  });
});

describe('entries that AWS refuses', () => {
  test.each(['Bus', 'Topic', 'Queue', 'FifoTopic', 'FifoQueue'] as const)(
    'are sent again alone, until each has been accepted once (%s)',
    async (name) => {
      const { system, publisher, handled, requests } = shop({ putEventsEntryFails: 0.3, batchEntryFails: 0.3 });
      // None can be overtaken: each is a message group of its own.
      const alone = many(name, 40).map((one, n) => ({ ...one, payload: { ...one.payload, group: `${n}` } }));
      const published = await publisher.$publish(alone, { timeoutMilliseconds: 1e9 });
      await system.settle();
      expect(requests.length).toBeGreaterThan(4);
      expect(handled.map(({ id }) => id).sort()).toEqual(published.map(({ id }) => id).sort());
    },
  );

  test.each([
    ['Bus', /^(ThrottlingException|InternalFailure)$/],
    ['Topic', /^\w+$/],
    ['Queue', /^\w+$/],
  ] as const)('for good are listed with what AWS said (%s)', async (name, code) => {
    const { system, publisher, handled } = shop({ putEventsEntryFails: 1, batchEntryFails: 1 });
    const results = await publisher.$publishSettled(many(name, 3), { timeoutMilliseconds: 1e9 });
    await system.settle();
    expect(results.map(({ failure }) => failure?.code)).toEqual(Array(3).fill(expect.stringMatching(code)));
    // Three entries, ten times.
    expect(Object.values(system.faults)).toEqual([30]);
    expect(handled).toEqual([]);
  });
});

describe('$verify', () => {
  test('finds every destination of a system that has them', async () => {
    const { publisher, requests } = shop();
    await publisher.$verify();
    expect(requests.sort()).toEqual([
      'DescribeEventBus',
      'GetQueueAttributes',
      'GetQueueAttributes',
      'GetTopicAttributes',
      'GetTopicAttributes',
    ]);
  });

  test('lists each that is not there, with what AWS says', async () => {
    const { system } = shop();
    const environment = Object.fromEntries(
      Object.entries(system.environment).map(([name, address]) => [
        name,
        address.includes('fifo') ? address : `${address}-gone`,
      ]),
    );
    const publisher = createPublisher<EventPublisher<Given>>(
      { service: 's', operations: { send: Object.values(events) } },
      { clients: system.clients, environment },
    );
    await expect(publisher.$verify()).rejects.toMatchObject({
      name: 'ConfigurationError',
      code: 'missing-destination',
      missing: [
        {
          kind: 'bus',
          variable: 'EVENTLOOM_BUS_SHOP',
          address: 'shop-gone',
          cause: { name: 'ResourceNotFoundException' },
        },
        { kind: 'topic', variable: 'EVENTLOOM_TOPIC_T', cause: { name: 'NotFoundException' } },
        { kind: 'queue', variable: 'EVENTLOOM_QUEUE_Q', cause: { name: 'QueueDoesNotExist' } },
      ],
    });
  });
});
