import { PublishCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { modulesOf, perRecord, type TestBatch } from './fixtures/handlers.ts';
import { queue, queueConsumer, queueRoute, topic, topicRoute, topologyOf } from './fixtures/topology.ts';
import type { LocalLambdaContext } from './handlers.ts';
import { createLocalSystem, type LocalSystem } from './system.ts';

function fifoQueue(
  handler: (event: never, context: LocalLambdaContext) => unknown,
  rest: Parameters<typeof queue>[1] = {},
): LocalSystem {
  const topology = topologyOf(
    [queue('jobs.fifo', rest)],
    [queueConsumer('a/q', [queueRoute('q', 'queue:jobs.fifo')], { fifo: true })],
  );
  return createLocalSystem({ topology, handlers: modulesOf({ 'a/q': handler }) });
}

const job = (system: LocalSystem, MessageGroupId: string, MessageBody: string, MessageDeduplicationId = MessageBody) =>
  system.clients.sqs.send(
    new SendMessageCommand({
      QueueUrl: system.environment.EVENTLOOM_QUEUE_JOBS_FIFO,
      MessageBody,
      MessageGroupId,
      MessageDeduplicationId,
    }),
  );

test('a failed message holds up its group, and only its group', async () => {
  const order: string[] = [];
  const system = fifoQueue(
    ({ Records }: TestBatch) => {
      const failed: string[] = [];
      const stopped = new Set<string | undefined>();
      for (const { body, attributes, messageId } of Records) {
        const group = attributes.MessageGroupId;
        const fails = body === 'a1' && attributes.ApproximateReceiveCount === '1';
        if (fails || stopped.has(group)) {
          stopped.add(group);
          failed.push(messageId);
        } else order.push(body);
      }
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    },
    { visibilityTimeoutSeconds: 60 },
  );
  for (const body of ['a1', 'b1', 'a2', 'b2', 'a3']) await job(system, body.charAt(0), body);
  await system.advance(1000);
  await job(system, 'a', 'a4');
  await job(system, 'b', 'b3');
  await system.settle();
  expect(order).toEqual(['b1', 'b2', 'b3', 'a1', 'a2', 'a3', 'a4']);
});

test('a group keeps its order over batches', async () => {
  const order: string[] = [];
  const system = fifoQueue(perRecord(({ body }) => order.push(body)));
  const bodies = Array.from({ length: 25 }, (_, n) => `m${n}`);
  for (const body of bodies) await job(system, 'one', body);
  await system.settle();
  expect(order).toEqual(bodies);
  expect(system.report().consumers).toMatchObject([{ invocations: 3 }]);
});

test('a poison message moves to the FIFO dead-letter queue and lets its group go on', async () => {
  const order: string[] = [];
  const system = fifoQueue(
    ({ Records }: TestBatch) => {
      const bad = Records.findIndex(({ body }) => body === 'poison');
      const kept = bad < 0 ? Records.length : bad;
      order.push(...Records.slice(0, kept).map(({ body }) => body));
      return { batchItemFailures: Records.slice(kept).map(({ messageId }) => ({ itemIdentifier: messageId })) };
    },
    { maxReceiveCount: 2 },
  );
  for (const body of ['first', 'poison', 'last']) await job(system, 'g', body);
  await system.settle();
  // `last` came back with `poison` and was received as often.
  expect(order).toEqual(['first']);
  expect(system.deadLetters('a/q').map(({ body }) => body)).toEqual(['poison', 'last']);
});

test('a duplicate within five minutes is accepted and dropped, later it is new', async () => {
  const bodies: string[] = [];
  const system = fifoQueue(perRecord(({ body }) => bodies.push(body)));
  const first = await job(system, 'g', 'x', 'same');
  const again = await job(system, 'g', 'y', 'same');
  await system.settle();
  await system.advance(4 * 60_000);
  await job(system, 'g', 'z', 'same');
  await system.settle();
  expect(bodies).toEqual(['x']);
  expect(again.MessageId).toBe(first.MessageId);
  expect(again.SequenceNumber).toBe(first.SequenceNumber);
  await system.advance(60_001);
  await job(system, 'g', 'later', 'same');
  await system.settle();
  expect(bodies).toEqual(['x', 'later']);
  expect(system.report().accounted).toHaveLength(2);
});

test('a FIFO topic hands group, order and deduplication on to FIFO queues', async () => {
  const seen: unknown[] = [];
  const topology = topologyOf(
    [topic('orders.fifo', { contentBasedDeduplication: true })],
    [queueConsumer('a/q', [topicRoute('q', 'topic:orders.fifo')], { fifo: true })],
  );
  const system = createLocalSystem({
    topology,
    handlers: modulesOf({
      'a/q': perRecord(({ body, attributes }) => seen.push([body, attributes.MessageGroupId])),
    }),
  });
  const TopicArn = system.environment.EVENTLOOM_TOPIC_ORDERS_FIFO;
  for (const [MessageGroupId, Message] of [
    ['a', '1'],
    ['b', '2'],
    ['a', '1'],
    ['a', '3'],
  ]) {
    await system.clients.sns.send(new PublishCommand({ TopicArn, Message, MessageGroupId }));
  }
  await system.settle();
  expect(seen.sort()).toEqual([
    ['1', 'a'],
    ['2', 'b'],
    ['3', 'a'],
  ]);
});
