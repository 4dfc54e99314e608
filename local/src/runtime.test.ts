import {
  createPublisher,
  emitting,
  functionHandler,
  type HandlerContext,
  type LambdaHandler,
  PermanentError,
  queueHandler,
  type ReceivedEvent,
  toBus,
  toTopic,
  type Validator,
} from '@eventloom/runtime';
import { expect, test } from 'vitest';
import {
  busRoute,
  functionConsumer,
  onBus,
  queueConsumer,
  shopBus,
  topic,
  topicRoute,
  topologyOf,
} from './fixtures/topology.ts';
import { createLocalSystem } from './system.ts';

interface Order {
  readonly n: number;
}

const validate: Validator<unknown> = (value): value is unknown => Number.isInteger((value as Order).n);

const destination = { transport: toBus, environmentVariable: 'EVENTLOOM_BUS_SHOP' } as const;
const orderPlaced = { name: 'OrderPlaced', source: 'shop.orders', validate, destination, headers: [] };
const orderCharged = { name: 'OrderCharged', source: 'shop.payments', validate, destination, headers: [] };
const submissions = { transport: toTopic, environmentVariable: 'EVENTLOOM_TOPIC_SUBMISSIONS' } as const;
const orderSubmitted = {
  name: 'OrderSubmitted',
  source: 'submissions',
  validate,
  destination: submissions,
  headers: [],
};

const common = { onInvalid: 'deadLetter', fifo: false, emits: [] } as const;

type Placed = ReceivedEvent<string, string, Order>;
type Publish = { readonly publish: (name: string, payload: Order) => Promise<unknown> };

/** The handlers of a small shop, as generated factories make them. Order 3 fails for good, 5 at its first attempt. */
function handlersThat(note: (text: string) => void): Record<string, () => Promise<{ handler: LambdaHandler }>> {
  const chargeOrder = queueHandler(
    {
      ...common,
      key: 'payments/chargeOrder',
      service: 'payments',
      consumer: 'chargeOrder',
      routes: ['eventbridge'],
      receives: [orderPlaced],
      emits: [orderCharged],
    },
    async ({ payload }: Placed, context: HandlerContext) => {
      if (payload.n === 3) throw new PermanentError('card is stolen', { code: 'stolen' });
      if (payload.n === 5 && context.attempt === 1) throw new Error('gateway timeout');
      await (context as unknown as Publish).publish('OrderCharged', payload);
    },
    [emitting],
  );
  const recordEvent = functionHandler(
    {
      ...common,
      key: 'analytics/recordEvent',
      service: 'analytics',
      consumer: 'recordEvent',
      routes: ['eventbridge', 'sns'],
      receives: [orderPlaced, orderCharged, orderSubmitted],
    },
    async ({ name, payload, id }: Placed, { attempt }) => {
      note(`${name} ${payload.n} ${attempt} ${id.length}`);
      if (payload.n === 1 && attempt === 1) throw new Error('no connection');
    },
  );
  return {
    'analytics/recordEvent': async () => ({ handler: recordEvent }),
    'payments/chargeOrder': async () => ({ handler: chargeOrder }),
  };
}

interface Publisher {
  placeOrder(payload: unknown): Promise<{ readonly id: string }>;
  submitOrder(payload: unknown): Promise<{ readonly id: string }>;
}

function shop(note: (text: string) => void = () => {}) {
  const recordRoutes = [
    busRoute('record', { source: [{ prefix: 'shop.' }] }),
    topicRoute('recordSubmission', 'topic:submissions', {
      events: [{ name: 'OrderSubmitted', source: 'submissions' }],
    }),
  ];
  const system = createLocalSystem({
    topology: topologyOf(
      [shopBus, topic('submissions')],
      [
        functionConsumer('analytics/recordEvent', recordRoutes),
        queueConsumer('payments/chargeOrder', [busRoute('charge', { 'detail-type': ['OrderPlaced'] })], {
          emits: [onBus('OrderCharged', 'shop.payments')],
        }),
      ],
    ),
    handlers: handlersThat(note),
    onLog: () => {},
  });
  const publisher = createPublisher<Publisher>(
    { service: 'orders', operations: { placeOrder: [orderPlaced], submitOrder: [orderSubmitted] } },
    { clients: system.clients, environment: system.environment },
  );
  return { system, publisher };
}

test('publishers and handlers of the runtime run on the local system, with retries and dead letters', async () => {
  const notes: string[] = [];
  const { system, publisher } = shop((text) => notes.push(text));
  const published: { readonly id: string }[] = [];
  for (let n = 0; n < 8; n++) published.push(await publisher.placeOrder({ n }));
  published.push(await publisher.submitOrder({ n: 100 }));
  await system.settle();

  const { consumers, accounted } = system.report();
  expect(consumers).toMatchObject([
    { key: 'analytics/recordEvent', received: 16, handled: 16, retried: 2 },
    { key: 'payments/chargeOrder', received: 8, handled: 7, retried: 1, deadLettered: 1, inFlight: 0 },
  ]);
  expect(accounted.slice(0, 9).map(({ event }) => event.id)).toEqual(published.map(({ id }) => id));
  expect(accounted[3]?.verdicts['payments/chargeOrder']).toEqual({
    kind: 'deadLettered',
    reason: 'stolen: card is stolen',
  });
  expect(notes).toContain('OrderPlaced 1 2 36');
  expect(notes).toContain('OrderSubmitted 100 1 36');
  expect(notes.filter((note) => note.startsWith('OrderCharged'))).toHaveLength(8);
  expect(system.now()).toEqual(new Date('2026-01-01T00:01:00.040Z'));
});

test('an event that its schema refuses is dead-lettered by the runtime at once', async () => {
  const { system } = shop();
  const careless = createPublisher<Publisher>(
    {
      service: 'orders',
      operations: {
        placeOrder: [{ ...orderPlaced, validate: (value): value is unknown => value !== undefined }],
      },
    },
    { clients: system.clients, environment: system.environment },
  );
  await careless.placeOrder({ n: 'one' });
  await system.settle();
  const { consumers } = system.report();
  expect(consumers).toMatchObject([
    { key: 'analytics/recordEvent', invocations: 1, deadLettered: 1 },
    { key: 'payments/chargeOrder', invocations: 1, deadLettered: 1 },
  ]);
  expect(system.deadLetters('payments/chargeOrder')[0]?.reason).toMatch(/^invalid-payload: /);
  expect(system.deadLetters('analytics/recordEvent')[0]?.reason).toMatch(/^invalid-payload: /);
});

test('a publisher with the clock of the system stamps its events with virtual time, and waits in it', async () => {
  const topology = topologyOf(
    [shopBus, topic('submissions')],
    [functionConsumer('analytics/recordEvent', [topicRoute('submissions', 'topic:submissions')])],
  );
  const times: Date[] = [];
  const receives = [{ name: 'OrderSubmitted', source: 'submissions', validate }];
  const definition = { key: 'analytics/recordEvent', service: 'analytics', consumer: 'recordEvent', receives } as const;
  const handler = functionHandler(
    { ...definition, routes: ['sns'], emits: [] },
    ({ time }: ReceivedEvent<string, string, Order>) => void times.push(time),
  );
  const system = createLocalSystem({ topology, handlers: { 'analytics/recordEvent': async () => ({ handler }) } });
  const publisher = createPublisher<Publisher>(
    { service: 'orders', operations: { placeOrder: [orderPlaced], submitOrder: [orderSubmitted] } },
    { clients: system.clients, environment: system.environment, clock: system.clock },
  );
  await system.clock.sleep(90_000);
  await publisher.submitOrder({ n: 1 });
  await system.settle();
  expect(times).toEqual([new Date('2026-01-01T00:01:30Z')]);
  expect(createLocalSystem({ topology: topologyOf([shopBus], []), handlers: {} }).clock.random?.()).toBe(
    createLocalSystem({ topology: topologyOf([shopBus], []), handlers: {} }).clock.random?.(),
  );
});
