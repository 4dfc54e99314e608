import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { modulesOf, perRecord, type TestBatch } from './fixtures/handlers.ts';
import { busRoute, queue, queueConsumer, queueRoute, shopBus, topologyOf } from './fixtures/topology.ts';
import type { HandlerModules } from './handlers.ts';
import { createLocalSystem, type LocalSystem } from './system.ts';

type Delivery = Parameters<typeof queueConsumer>[2];

function systemWith(handler: (event: never, ...rest: never[]) => unknown, delivery: Delivery = {}): LocalSystem {
  const topology = topologyOf([shopBus], [queueConsumer('a/b', [busRoute('b', { source: ['s'] })], delivery)]);
  const handlers: HandlerModules = modulesOf({ 'a/b': handler as () => unknown });
  return createLocalSystem({ topology, handlers });
}

async function put(system: LocalSystem, ...details: object[]): Promise<void> {
  const entry = (detail: object) => ({
    EventBusName: 'shop',
    Source: 's',
    DetailType: 'D',
    Detail: JSON.stringify(detail),
  });
  for (const detail of details) {
    await system.clients.eventBridge.send(new PutEventsCommand({ Entries: [entry(detail)] }));
  }
}

const numbered = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));
const detailOf = (body: string): { n: number } => JSON.parse(body).detail;

test('only the records that the response names come again, after the visibility timeout', async () => {
  const calls: [number, number[]][] = [];
  const system = systemWith(
    async ({ Records }: TestBatch) => {
      calls.push([system.now().getTime(), Records.map(({ body }) => detailOf(body).n)]);
      const failed = Records.filter(
        ({ body, attributes }) => detailOf(body).n === 1 && attributes.ApproximateReceiveCount === '1',
      );
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    },
    { visibilityTimeoutSeconds: 180 },
  );
  await put(system, ...numbered(3));
  const start = system.now().getTime();
  await system.settle();
  expect(calls).toEqual([
    [start, [0, 1, 2]],
    [start + 180_000, [1]],
  ]);
  expect(system.report().consumers).toEqual([
    {
      key: 'a/b',
      received: 3,
      invocations: 2,
      handled: 3,
      retried: 1,
      deadLettered: 0,
      redriven: 0,
      lost: 0,
      inFlight: 0,
    },
  ]);
});

test('a message that fails maxReceiveCount times moves to the dead-letter queue, hours of virtual time later', async () => {
  const receiveCounts: (string | undefined)[] = [];
  const system = systemWith(
    perRecord(({ attributes }) => {
      receiveCounts.push(attributes.ApproximateReceiveCount);
      throw new Error('never');
    }),
    { maxReceiveCount: 5, visibilityTimeoutSeconds: 3600 },
  );
  await put(system, { n: 7 });
  await system.settle();
  expect(receiveCounts).toEqual(['1', '2', '3', '4', '5']);
  expect(system.now().getTime()).toBe(Date.UTC(2026, 0, 1, 5));
  const [dead, ...others] = system.deadLetters('a/b');
  expect(others).toEqual([]);
  expect(dead).toMatchObject({ attributes: {}, receiveCount: 5, reason: 'reported in batchItemFailures' });
  expect(detailOf(dead?.body ?? '')).toEqual({ n: 7 });
  expect(system.report().consumers).toMatchObject([{ received: 1, retried: 4, deadLettered: 1, inFlight: 0 }]);
  expect(system.report().accounted[0]?.verdicts['a/b']).toEqual({
    kind: 'deadLettered',
    reason: 'reported in batchItemFailures',
  });
});

test.each([
  ['throws', () => Promise.reject(new TypeError('broken')), 'TypeError: broken'],
  ['names an unknown message', () => ({ batchItemFailures: [{ itemIdentifier: 'x' }] }), /whole batch failed/],
  ['names no message', () => ({ batchItemFailures: [{ itemIdentifier: '' }] }), /whole batch failed/],
  ['has a wrong key', () => ({ batchItemFailures: [{ messageId: 'x' }] }), /whole batch failed/],
  ['has null for a failure', () => ({ batchItemFailures: [null] }), /whole batch failed/],
  ['has no list', () => ({ batchItemFailures: 'all' }), /whole batch failed/],
])('a response that %s fails the whole batch', async (_, handler, reason) => {
  const system = systemWith(handler, { maxReceiveCount: 1 });
  await put(system, ...numbered(2));
  await system.settle();
  expect(system.deadLetters('a/b').map((letter) => letter.reason)).toEqual([
    expect.stringMatching(reason),
    expect.stringMatching(reason),
  ]);
});

test('one good identifier beside a bad one fails the whole batch', async () => {
  const system = systemWith(
    ({ Records }: TestBatch) => ({
      batchItemFailures: [{ itemIdentifier: Records[0]?.messageId }, { itemIdentifier: 'unknown' }],
    }),
    { maxReceiveCount: 1 },
  );
  await put(system, ...numbered(3));
  await system.settle();
  expect(system.deadLetters('a/b')).toHaveLength(3);
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['an empty object', {}],
  ['an empty list', { batchItemFailures: [] }],
  ['null for the list', { batchItemFailures: null }],
])('a response of %s is success', async (_, response) => {
  const system = systemWith(() => response);
  await put(system, ...numbered(2));
  await system.settle();
  expect(system.report().consumers).toMatchObject([{ handled: 2, invocations: 1, retried: 0 }]);
});

test('batches hold batchSize messages at most', async () => {
  const sizes: number[] = [];
  const system = systemWith(({ Records }: TestBatch) => sizes.push(Records.length), { batchSize: 4 });
  await put(system, ...numbered(10));
  await system.settle();
  expect(sizes).toEqual([4, 4, 2]);
});

test('a batching window waits for more messages until it is over or the batch is full', async () => {
  const batches: [number, number][] = [];
  const start = Date.UTC(2026, 0, 1);
  const system = systemWith(
    ({ Records }: TestBatch) => batches.push([system.now().getTime() - start, Records.length]),
    { batchSize: 3, batchingWindowSeconds: 10 },
  );
  await put(system, { n: 0 });
  await system.advance(4_000);
  await put(system, { n: 1 });
  await system.advance(4_000);
  expect(batches).toEqual([]);
  await system.advance(4_000);
  expect(batches).toEqual([[10_000, 2]]);
  await put(system, ...numbered(3));
  await system.advance(1);
  expect(batches).toEqual([
    [10_000, 2],
    [12_000, 3],
  ]);
});

test('no more invocations overlap than maxConcurrency allows', async () => {
  const starts: number[] = [];
  const topology = topologyOf(
    [shopBus],
    [queueConsumer('a/b', [busRoute('b', { source: ['s'] })], { batchSize: 1, maxConcurrency: 2 })],
  );
  const system = createLocalSystem({
    topology,
    handlers: modulesOf({ 'a/b': () => starts.push(system.now().getTime() - Date.UTC(2026, 0, 1)) }),
    invocationMilliseconds: 100,
  });
  await put(system, ...numbered(5));
  await system.settle();
  expect(starts).toEqual([0, 0, 100, 100, 200]);
});

test('a handler that hangs times out and its messages come again', async () => {
  let calls = 0;
  const topology = topologyOf([shopBus], [queueConsumer('a/b', [busRoute('b', { source: ['s'] })])]);
  const system = createLocalSystem({
    topology,
    handlers: modulesOf({ 'a/b': () => (++calls === 1 ? new Promise(() => {}) : undefined) }),
    patienceMilliseconds: 20,
  });
  await put(system, { n: 0 });
  await system.settle();
  expect(calls).toBe(2);
  const failed = system.journal.find(({ kind }) => kind === 'failed');
  expect(failed).toMatchObject({ reason: expect.stringContaining('Task timed out after 30.00 seconds') });
  expect(failed?.at).toEqual(new Date('2026-01-01T00:00:30Z'));
});

test('a module that cannot be loaded fails its invocations and is tried again', async () => {
  let loads = 0;
  const topology = topologyOf([shopBus], [queueConsumer('a/b', [busRoute('b', { source: ['s'] })])]);
  const load = async () => {
    if (++loads === 1) throw new Error('no such module');
    return { handler: () => undefined };
  };
  const system = createLocalSystem({ topology, handlers: { 'a/b': load } });
  expect(loads).toBe(0);
  await put(system, { n: 0 });
  await system.settle();
  expect(system.report().consumers).toMatchObject([{ handled: 1, retried: 1 }]);
  await put(system, { n: 1 });
  await system.settle();
  expect(loads).toBe(2);
});

test('a point-to-point queue redrives to its own dead-letter queue and delays messages', async () => {
  const seen: number[] = [];
  const topology = topologyOf(
    [queue('jobs', { maxReceiveCount: 2, visibilityTimeoutSeconds: 60, deliveryDelaySeconds: 5 })],
    [queueConsumer('a/q', [queueRoute('q', 'queue:jobs')])],
  );
  const system = createLocalSystem({
    topology,
    handlers: modulesOf({
      'a/q': () => {
        seen.push(system.now().getTime() - Date.UTC(2026, 0, 1));
        throw new Error('no');
      },
    }),
  });
  const QueueUrl = system.environment.EVENTLOOM_QUEUE_JOBS;
  await system.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'job' }));
  await system.settle();
  expect(seen).toEqual([5_000, 65_000]);
  expect(system.deadLetters('a/q')).toMatchObject([{ body: 'job', receiveCount: 2, reason: 'Error: no' }]);
});

test('a message past its retention is lost, and counted as that', async () => {
  const topology = topologyOf(
    [queue('jobs', { retentionSeconds: 60, visibilityTimeoutSeconds: 120 })],
    [queueConsumer('a/q', [queueRoute('q', 'queue:jobs')])],
  );
  const system = createLocalSystem({ topology, handlers: modulesOf({ 'a/q': () => Promise.reject(new Error('no')) }) });
  const QueueUrl = system.environment.EVENTLOOM_QUEUE_JOBS;
  await system.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'job' }));
  await system.settle();
  expect(system.report().consumers).toMatchObject([{ received: 1, lost: 1, deadLettered: 0, inFlight: 0 }]);
  expect(system.report().accounted[0]?.verdicts['a/q']).toMatchObject({ kind: 'lost' });
});
