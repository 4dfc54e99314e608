import {
  type AttributeValue,
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Topology } from '@eventloom/engine';
import { invocationKey } from '@eventloom/runtime';
import { expect, test } from 'vitest';
import { modulesOf } from './fixtures/handlers.ts';
import { busRoute, functionConsumer, onBus, shopBus, topologyOf } from './fixtures/topology.ts';
import type { LocalInvocation, LocalLambdaContext } from './handlers.ts';
import type { LocalSystemOptions } from './options.ts';
import { createLocalSystem } from './system.ts';

interface StreamBatch {
  readonly Records: readonly {
    readonly eventName: string;
    readonly dynamodb: { readonly SequenceNumber: string; readonly NewImage: Record<string, { readonly S: string }> };
  }[];
}

type Relay = (batch: StreamBatch, context: LocalLambdaContext) => unknown;

const relayKey = 'orders/outbox-relay';
const table = 'shop-orders-outbox';

/** The service `orders` with an outbox, and a consumer that receives what its relay publishes. */
function shop(relay: Relay | null, options: Partial<LocalSystemOptions> = {}) {
  const outbox = {
    ...{ key: relayKey, handler: relayKey, publishes: [onBus('OrderPlaced', 'shop.orders')] },
    ...{ batchSize: 3, timeoutSeconds: 10, memoryMb: 128, maxRecordAgeSeconds: 3_600 },
  };
  const base = topologyOf(
    [shopBus],
    [functionConsumer('analytics/record', [busRoute('r', { source: ['shop.orders'] })])],
  );
  const services = [...base.services, { name: 'orders', constructId: 'Orders', publishes: outbox.publishes, outbox }];
  const topology: Topology = { ...base, services };
  const handlers = modulesOf({ 'analytics/record': () => {}, ...(relay ? { [relayKey]: relay } : {}) });
  const system = createLocalSystem({ topology, handlers, ...options });
  const write = (id: string, more: Record<string, AttributeValue> = {}) =>
    system.clients.dynamoDb.send(new PutItemCommand({ TableName: table, Item: itemOf(id, more) }));
  const row = (key: string) => system.report().outboxes.find((one) => one.key === key);
  return Object.assign(system, { write, row });
}

const itemOf = (id: string, more: Record<string, AttributeValue> = {}): Record<string, AttributeValue> => ({
  id: { S: id },
  name: { S: 'OrderPlaced' },
  source: { S: 'shop.orders' },
  ...more,
});

const idsOf = ({ Records }: StreamBatch): string[] => Records.map(({ dynamodb }) => dynamodb.NewImage.id?.S ?? '');
const failing = (batch: StreamBatch, id: string): object => ({
  batchItemFailures: batch.Records.filter(({ dynamodb }) => dynamodb.NewImage.id?.S === id).map(({ dynamodb }) => ({
    itemIdentifier: dynamodb.SequenceNumber,
  })),
});

test('the environment of the service names its outbox, and that of another does not', () => {
  const system = shop(() => {});
  expect(system.environmentOf('orders')).toMatchObject({ EVENTLOOM_OUTBOX_TABLE_NAME: table });
  expect(system.environmentOf('analytics')).not.toHaveProperty('EVENTLOOM_OUTBOX_TABLE_NAME');
});

test('a relay gets what is written as Lambda hands over the stream of a table', async () => {
  const batches: unknown[] = [];
  const system = shop((batch) => void batches.push(batch));
  await system.write('o-1', { n: { N: '1.50' } });
  await system.settle();
  expect(batches).toEqual([
    {
      Records: [
        {
          eventID: expect.stringMatching(/^[\da-f]{32}$/),
          eventName: 'INSERT',
          eventVersion: '1.1',
          eventSource: 'aws:dynamodb',
          awsRegion: 'us-east-1',
          dynamodb: {
            ApproximateCreationDateTime: Date.UTC(2026, 0) / 1000,
            Keys: { id: { S: 'o-1' } },
            NewImage: itemOf('o-1', { n: { N: '1.5' } }),
            SequenceNumber: expect.stringMatching(/^\d{21}$/),
            SizeBytes: expect.any(Number),
            StreamViewType: 'NEW_IMAGE',
          },
          eventSourceARN: expect.stringMatching(
            /^arn:aws:dynamodb:us-east-1:0{12}:table\/shop-orders-outbox\/stream\/\S+$/,
          ),
        },
      ],
    },
  ]);
  expect(system.row(relayKey)).toMatchObject({ received: 1, handled: 1, inFlight: 0 });
});

test('only what is put or changed by hand reaches the relay, not what is marked, deleted or left as it was', async () => {
  const names: string[] = [];
  const system = shop(({ Records }) => void names.push(...Records.map(({ eventName }) => eventName)));
  const update = (UpdateExpression: string, values?: Record<string, AttributeValue>) =>
    system.clients.dynamoDb.send(
      new UpdateItemCommand({
        ...{ TableName: table, Key: { id: { S: 'o-1' } }, UpdateExpression },
        ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
      }),
    );
  await system.write('o-1');
  await system.write('o-1');
  await update('SET failed = :failed', { ':failed': { S: 'no' } });
  await update('REMOVE failed');
  await system.clients.dynamoDb.send(new DeleteItemCommand({ TableName: table, Key: { id: { S: 'o-1' } } }));
  await system.settle();
  expect(names).toEqual(['INSERT', 'MODIFY']);
  expect(system.report().accounted.map(({ event }) => event.id)).toEqual(['o-1']);
});

test('a transaction that is cancelled gives the relay nothing', async () => {
  const system = shop(() => {
    throw new Error('called');
  });
  const put = (id: string) => ({ Put: { TableName: table, Item: itemOf(id) } });
  const check = { ConditionExpression: 'attribute_exists(id)', Key: { id: { S: 'x' } }, TableName: table };
  const command = new TransactWriteItemsCommand({ TransactItems: [put('o-1'), { ConditionCheck: check }] });
  await expect(system.clients.dynamoDb.send(command)).rejects.toThrow('cancelled');
  await system.settle();
  expect([system.report().accounted, system.row(relayKey)?.invocations]).toEqual([[], 0]);
});

test('a shard goes on from the first record that failed, and another shard does not wait for it', async () => {
  const seen: string[][] = [];
  let victim: string | undefined;
  let isDown = true;
  const system = shop((batch) => {
    const ids = idsOf(batch);
    seen.push(ids);
    victim ??= ids[1];
    return isDown ? failing(batch, victim ?? '') : {};
  });
  for (let n = 0; n < 12; n++) await system.write(`o-${n}`);
  await system.advance(500);
  const [first = ''] = seen.find((ids) => ids.includes(victim ?? '')) ?? [];
  const others = seen.filter((ids) => !ids.includes(victim ?? '')).flat();
  isDown = false;
  await system.settle();
  // One shard stands at the victim, of which it has handled what came before; the other is done.
  expect(seen.flat().filter((id) => id === first)).toHaveLength(1);
  expect(seen.findLast((ids) => ids.includes(victim ?? ''))?.[0]).toBe(victim);
  expect(others.length).toBeGreaterThan(2);
  expect(system.row(relayKey)).toMatchObject({ received: 12, handled: 12, inFlight: 0 });
  expect(new Set(seen.flat()).size).toBe(12);
  expect(Math.max(...seen.map((ids) => ids.length))).toBe(3);
});

test.each([
  ['throws', () => Promise.reject(new Error('down'))],
  ['names a record that it did not get', () => ({ batchItemFailures: [{ itemIdentifier: '7' }] })],
])('a relay that %s gets the whole batch again', async (_what, fail) => {
  let calls = 0;
  const system = shop(() => (++calls < 3 ? fail() : {}));
  await system.write('o-1');
  await system.settle();
  expect([calls, system.row(relayKey)]).toEqual([3, expect.objectContaining({ handled: 1, retried: 2 })]);
});

test('what the relay cannot publish for too long is told on its dead-letter queue', async () => {
  const system = shop(() => Promise.reject(new Error('down')));
  await system.write('o-1');
  await system.settle();
  const [letter, ...others] = system.deadLetters(relayKey);
  expect(others).toEqual([]);
  expect(letter).toMatchObject({
    event: { id: 'o-1' },
    from: 'function',
    reason: expect.stringContaining('RecordAge'),
  });
  expect(JSON.parse(letter?.body ?? '')).toMatchObject({ DDBStreamBatchInfo: { batchSize: 1 } });
  expect(system.report().accounted[0]?.verdicts[relayKey]).toMatchObject({ kind: 'deadLettered' });
});

test('without a relay an event waits, and the report says so', async () => {
  const system = shop(null);
  await system.write('o-1');
  await system.settle();
  expect(system.row(relayKey)).toMatchObject({ received: 1, handled: 0, inFlight: 1, invocations: 0 });
  expect(system.report().accounted).toMatchObject([
    { event: { id: 'o-1', name: 'OrderPlaced', source: 'shop.orders' } },
  ]);
  expect(system.report().accounted[0]?.verdicts).toEqual({ [relayKey]: { kind: 'pending' } });
  expect(system.report().consumers.map(({ key }) => key)).toEqual(['analytics/record']);
  expect(system.report().events).toEqual([]);
});

test('what the relay publishes is caused by the event of that id alone, and counts once', async () => {
  const system = shop(async (batch, context) => {
    const { clients } = context[invocationKey] as LocalInvocation;
    const Entries = idsOf(batch).map((id) => ({
      ...{ EventBusName: 'shop', Source: 'shop.orders', DetailType: 'OrderPlaced', Detail: '{}' },
      Resources: [`urn:eventloom:id:${id}`],
    }));
    await clients.eventBridge?.send(new PutEventsCommand({ Entries }));
  });
  for (let n = 0; n < 3; n++) await system.write(`o-${n}`);
  await system.settle();
  for (let n = 0; n < 3; n++) {
    const trace = system.trace(`o-${n}`);
    expect(trace?.verdicts).toEqual({ [relayKey]: { kind: 'handled' } });
    expect(trace?.caused).toMatchObject([
      { publisher: relayKey, verdicts: { 'analytics/record': { kind: 'handled' } }, caused: [] },
    ]);
  }
  expect(system.report().events).toEqual([{ name: 'OrderPlaced', source: 'shop.orders', published: 3, unmatched: 0 }]);
});

test('a relay may publish the events of its outbox and no others', async () => {
  const system = shop(async (_batch, context) => {
    const { clients } = context[invocationKey] as LocalInvocation;
    const entry = { EventBusName: 'shop', Source: 'shop.orders', DetailType: 'OrderCancelled', Detail: '{}' };
    await clients.eventBridge?.send(new PutEventsCommand({ Entries: [entry] }));
  });
  await system.write('o-1');
  await system.settle();
  expect(system.journal.find(({ kind }) => kind === 'denied')).toMatchObject({ consumer: relayKey });
});
