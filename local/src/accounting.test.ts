import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { invocationKey } from '@eventloom/runtime';
import { expect, test } from 'vitest';
import type { Activity } from './accounting/activity.ts';
import { formatTrace } from './accounting/trace.ts';
import { modulesOf, perRecord, type TestBatch, type TestRecord } from './fixtures/handlers.ts';
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
import type { LocalInvocation, LocalLambdaContext } from './handlers.ts';
import type { LocalSystemOptions } from './options.ts';
import { createLocalSystem, type LocalSystem } from './system.ts';

const command = (DetailType: string, Source: string, detail: object) =>
  new PutEventsCommand({ Entries: [{ EventBusName: 'shop', Source, DetailType, Detail: JSON.stringify(detail) }] });

const local = (context: LocalLambdaContext) => context[invocationKey] as LocalInvocation;

const orderOf = ({ body }: TestRecord): { n: number } => JSON.parse(body).detail;

/** Orders are charged in batches; payments are recorded; order 13 is poison, order 7 needs a second attempt. */
function shop(options: Partial<LocalSystemOptions> = {}): LocalSystem {
  const topology = topologyOf(
    [shopBus],
    [
      functionConsumer('analytics/record', [busRoute('record', { source: [{ prefix: 'shop.' }] })]),
      queueConsumer('payments/charge', [busRoute('charge', { 'detail-type': ['OrderPlaced'] })], {
        emits: [onBus('PaymentProcessed', 'shop.payments')],
      }),
    ],
  );
  const handlers = modulesOf({
    'analytics/record': () => undefined,
    'payments/charge': perRecord(async (record, context) => {
      const { clientsFor, noteFailure } = local(context);
      const order = orderOf(record);
      if (order.n === 13 || (order.n === 7 && record.attributes.ApproximateReceiveCount === '1')) {
        noteFailure(record.messageId, new Error(`order ${order.n}`));
        throw new Error();
      }
      await clientsFor(record.messageId).eventBridge?.send(command('PaymentProcessed', 'shop.payments', order));
    }),
  });
  return createLocalSystem({ topology, handlers, ...options });
}

async function placeOrders(system: LocalSystem, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const { Entries } = await system.clients.eventBridge.send(command('OrderPlaced', 'shop.orders', { n }));
    ids.push(Entries?.[0]?.EventId ?? '');
  }
  return ids;
}

test('every published event has a verdict at every consumer, and the counts agree with the verdicts', async () => {
  const system = shop();
  await placeOrders(system, 20);
  expect(system.report().consumers).toMatchObject([
    { received: 20, inFlight: 20 },
    { received: 20, inFlight: 20 },
  ]);
  expect(system.report().accounted[0]?.verdicts['payments/charge']).toEqual({ kind: 'pending' });
  await system.settle();

  const { consumers, events, accounted } = system.report();
  expect(consumers).toEqual([
    {
      key: 'analytics/record',
      received: 39,
      invocations: 39,
      handled: 39,
      retried: 0,
      deadLettered: 0,
      redriven: 0,
      lost: 0,
      inFlight: 0,
    },
    {
      key: 'payments/charge',
      received: 20,
      invocations: 4,
      handled: 19,
      retried: 3,
      deadLettered: 1,
      redriven: 0,
      lost: 0,
      inFlight: 0,
    },
  ]);
  expect(events).toEqual([
    { name: 'OrderPlaced', source: 'shop.orders', published: 20, unmatched: 0 },
    { name: 'PaymentProcessed', source: 'shop.payments', published: 19, unmatched: 0 },
  ]);
  expect(accounted).toHaveLength(39);
  for (const { key, handled, deadLettered } of consumers) {
    const kinds = accounted.map(({ verdicts }) => verdicts[key]?.kind);
    expect(kinds.filter((kind) => kind === 'handled')).toHaveLength(handled);
    expect(kinds.filter((kind) => kind === 'deadLettered')).toHaveLength(deadLettered);
    expect(kinds).not.toContain('pending');
  }
  const dead = accounted.filter(({ verdicts }) => verdicts['payments/charge']?.kind === 'deadLettered');
  expect(dead.map(({ verdicts }) => verdicts['payments/charge'])).toEqual([
    { kind: 'deadLettered', reason: 'Error: order 13' },
  ]);
  expect(system.deadLetters('payments/charge')).toMatchObject([{ event: dead[0]?.event, reason: 'Error: order 13' }]);
});

test('an event that nobody wants is counted as unmatched', async () => {
  const system = shop();
  await system.clients.eventBridge.send(command('Ping', 'ops', {}));
  await system.settle();
  expect(system.report().events).toEqual([{ name: 'Ping', source: 'ops', published: 1, unmatched: 1 }]);
});

test('a trace shows what an event caused, also within a batch', async () => {
  const system = shop();
  const ids = await placeOrders(system, 10);
  await system.settle();
  const trace = system.trace(ids[3] ?? '');
  expect(trace).toMatchObject({
    event: { id: ids[3], name: 'OrderPlaced' },
    publisher: null,
    verdicts: { 'analytics/record': { kind: 'handled' }, 'payments/charge': { kind: 'handled' } },
    caused: [{ event: { name: 'PaymentProcessed' }, publisher: 'payments/charge', caused: [] }],
  });
  expect(formatTrace(trace ?? expect.fail('no trace'))).toBe(`OrderPlaced (shop.orders) +0 s
  analytics/record: handled
  payments/charge: handled
    PaymentProcessed (shop.payments) +0 s
      analytics/record: handled`);
  const later = system.trace(ids[7] ?? '');
  expect(formatTrace(later ?? expect.fail('no trace'))).toContain('PaymentProcessed (shop.payments) +180 s');
  expect(system.trace('unknown')).toBeUndefined();
});

test('what a handler publishes with the clients of its batch has the whole batch as its cause', async () => {
  const topology = topologyOf(
    [shopBus],
    [queueConsumer('a/b', [busRoute('b', { source: ['shop.orders'] })], { emits: [onBus('Done', 'b')] })],
  );
  const handlers = modulesOf({
    'a/b': (_: TestBatch, context: LocalLambdaContext) =>
      local(context).clients.eventBridge?.send(command('Done', 'b', {})),
  });
  const system = createLocalSystem({ topology, handlers });
  const ids = await placeOrders(system, 2);
  await system.settle();
  const done = system.journal.find((activity) => activity.kind === 'published' && activity.event.name === 'Done');
  expect(done).toMatchObject({ publisher: 'a/b', causes: ids });
  expect(system.trace(ids[0] ?? '')?.caused).toMatchObject([{ event: { name: 'Done' } }]);
});

test('an event that a handler puts on its own dead-letter queue is dead-lettered, not handled', async () => {
  const topology = topologyOf([shopBus], [queueConsumer('a/b', [busRoute('b', { source: ['shop.orders'] })])]);
  const handlers = modulesOf({
    'a/b': perRecord(async (record, context) => {
      if (orderOf(record).n !== 1) return;
      const { clients, environment } = local(context);
      const failure = { code: 'invalid-payload', reason: 'no total', messageId: record.messageId };
      await clients.sqs?.send(
        new SendMessageCommand({
          QueueUrl: environment.EVENTLOOM_DEAD_LETTER_QUEUE_URL,
          MessageBody: record.body,
          MessageAttributes: { 'eventloom.failure': { DataType: 'String', StringValue: JSON.stringify(failure) } },
        }),
      );
    }),
  });
  const system = createLocalSystem({ topology, handlers });
  const ids = await placeOrders(system, 3);
  await system.settle();
  const { consumers, accounted } = system.report();
  expect(consumers).toMatchObject([{ received: 3, handled: 2, deadLettered: 1, inFlight: 0, invocations: 1 }]);
  expect(accounted.map(({ verdicts }) => verdicts['a/b']?.kind)).toEqual(['handled', 'deadLettered', 'handled']);
  expect(system.deadLetters('a/b')).toMatchObject([
    {
      event: { id: ids[1] },
      reason: 'invalid-payload: no total',
      attributes: { 'eventloom.failure': expect.any(String) },
    },
  ]);
});

test('an event that two rules bring to one consumer is received twice and has one verdict', async () => {
  const routes = [busRoute('one', { source: ['shop.orders'] }), busRoute('two', { 'detail-type': ['OrderPlaced'] })];
  const system = createLocalSystem({
    topology: topologyOf([shopBus], [functionConsumer('a/f', routes)]),
    handlers: modulesOf({ 'a/f': () => undefined }),
  });
  await placeOrders(system, 1);
  await system.settle();
  expect(system.report().consumers).toMatchObject([{ received: 2, handled: 2 }]);
  expect(system.report().accounted).toMatchObject([{ verdicts: { 'a/f': { kind: 'handled' } } }]);
});

test('an event of a topic is known by its attributes and the source of its channel', async () => {
  const events = [{ name: 'OrderSubmitted', source: 'shop.submissions' }];
  const system = createLocalSystem({
    topology: topologyOf([topic('in')], [functionConsumer('a/f', [topicRoute('f', 'topic:in', { events })])]),
    handlers: modulesOf({ 'a/f': () => undefined }),
  });
  const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
  const MessageAttributes = { type: attribute('OrderSubmitted'), id: attribute('order-1') };
  const TopicArn = system.environment.EVENTLOOM_TOPIC_IN;
  await system.clients.sns.send(new PublishCommand({ TopicArn, Message: '{}', MessageAttributes }));
  await system.settle();
  expect(system.report().accounted[0]?.event).toEqual({
    id: 'order-1',
    name: 'OrderSubmitted',
    source: 'shop.submissions',
  });
});

test('the journal tells the course of an event; it keeps the latest and streams all', async () => {
  const streamed: Activity[] = [];
  const system = shop({ journalLimit: 5, onActivity: (activity) => streamed.push(activity) });
  await placeOrders(system, 1);
  await system.settle();
  const course = streamed.map((activity) =>
    'consumer' in activity ? `${activity.kind} ${activity.consumer}` : activity.kind,
  );
  expect(course).toEqual([
    'published',
    'delivered analytics/record',
    'delivered payments/charge',
    'invoked analytics/record',
    'invoked payments/charge',
    'published',
    'delivered analytics/record',
    'invoked analytics/record',
    'handled analytics/record',
    'handled payments/charge',
    'handled analytics/record',
  ]);
  expect(streamed.map(({ sequence }) => sequence)).toEqual(streamed.map((_, index) => index));
  expect(system.journal).toEqual(streamed.slice(-5));
});

test('one seed gives one course of events, another gives other ids', async () => {
  const run = async (seed: number) => {
    const course: Activity[] = [];
    const system = shop({ seed, onActivity: (activity) => course.push(activity) });
    await placeOrders(system, 15);
    await system.settle();
    return { course, report: system.report(), dead: system.deadLetters('payments/charge') };
  };
  const [first, second, other] = [await run(1), await run(1), await run(2)];
  expect(second).toEqual(first);
  expect(other.course[0]).not.toEqual(first.course[0]);
  expect(other.report.consumers).toEqual(first.report.consumers);
});

test('asking for the dead letters of an unknown consumer names those there are', () => {
  expect(() => shop().deadLetters('payments/chrage')).toThrow(/no consumer payments\/chrage.*payments\/charge/);
});

test('a topology without a handler for a consumer is refused at once', () => {
  expect(() => shop({ handlers: modulesOf({ 'payments/charge': () => undefined }) })).toThrow(
    /No handler for analytics\/record/,
  );
});
