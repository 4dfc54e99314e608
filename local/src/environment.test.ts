import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ChangeMessageVisibilityCommand } from '@aws-sdk/client-sqs';
import { invocationKey } from '@eventloom/runtime';
import { expect, test } from 'vitest';
import { modulesOf, type TestBatch } from './fixtures/handlers.ts';
import { busRoute, queue, queueConsumer, queueRoute, shopBus, topologyOf } from './fixtures/topology.ts';
import type { LocalLambdaContext } from './handlers.ts';
import { createLocalSystem } from './system.ts';

test('a handler may say when its message comes again', async () => {
  const times: number[] = [];
  const handler = async ({ Records: [record] }: TestBatch, context: LocalLambdaContext) => {
    const { clients, environment } = context[invocationKey] ?? {};
    times.push(system.now().getTime());
    if (times.length > 1) return;
    const QueueUrl = environment?.EVENTLOOM_QUEUE_URL;
    const { receiptHandle: ReceiptHandle, messageId } = record ?? {};
    await clients?.sqs?.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 5 }));
    return { batchItemFailures: [{ itemIdentifier: messageId }] };
  };
  const topology = topologyOf([shopBus], [queueConsumer('a/b', [busRoute('b', { source: ['s'] })])]);
  const system = createLocalSystem({ topology, handlers: modulesOf({ 'a/b': handler }) });
  const entry = { EventBusName: 'shop', Source: 's', DetailType: 'D', Detail: '{}' };
  await system.clients.eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
  await system.settle();
  expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 5000]);
});

test('a service knows its own table, and only a service that remembers something has one', () => {
  const idempotency = { key: null, ttlSeconds: 60, replays: 'skip' } as const;
  const remembering = { ...queueConsumer('a/b', [queueRoute('b', 'queue:work')]), idempotency };
  const forgetful = queueConsumer('c/d', [busRoute('d', { source: ['s'] })]);
  const topology = topologyOf([shopBus, queue('work')], [remembering, forgetful]);
  const handlers = modulesOf({ 'a/b': () => {}, 'c/d': () => {} });
  const system = createLocalSystem({ topology, handlers });
  expect(system.environmentOf('a')).toMatchObject({ EVENTLOOM_TABLE_NAME: 'shop-a', EVENTLOOM_BUS_SHOP: 'shop' });
  expect(system.environmentOf('c')).not.toHaveProperty('EVENTLOOM_TABLE_NAME');
  expect(() => system.environmentOf('none')).toThrow('There is no service none. Services: a, c');
});
