import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { modulesOf, perRecord } from './fixtures/handlers.ts';
import { busRoute, queue, queueConsumer, shopBus, topologyOf } from './fixtures/topology.ts';
import { createLocalSystem } from './system.ts';

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

test('in real time events are handled by themselves, side by side, and retried after the visibility timeout', async () => {
  let running = 0;
  let most = 0;
  const failed = new Set<string>();
  const topology = topologyOf(
    [shopBus],
    [queueConsumer('a/b', [busRoute('b', { source: ['s'] })], { batchSize: 1, visibilityTimeoutSeconds: 0.05 })],
  );
  const system = createLocalSystem({
    topology,
    time: 'real',
    handlers: modulesOf({
      'a/b': perRecord(async ({ body }) => {
        most = Math.max(most, ++running);
        await wait(20);
        running--;
        if (JSON.parse(body).detail.fails === true && !failed.has(body)) {
          failed.add(body);
          throw new Error('once');
        }
      }),
    }),
  });
  const put = (detail: object) => ({
    EventBusName: 'shop',
    Source: 's',
    DetailType: 'D',
    Detail: JSON.stringify(detail),
  });
  const Entries = [put({ n: 1 }), put({ n: 2 }), put({ n: 3, fails: true })];
  await system.clients.eventBridge.send(new PutEventsCommand({ Entries }));
  await system.settle();
  expect(most).toBeGreaterThan(1);
  expect(system.report().consumers).toMatchObject([{ handled: 3, retried: 1, inFlight: 0 }]);
  expect(Math.abs(system.now().getTime() - Date.now())).toBeLessThan(1000);
  system.stop();
});

test('in real time a receive waits for a message', async () => {
  const system = createLocalSystem({ topology: topologyOf([queue('jobs')], []), handlers: {}, time: 'real' });
  const QueueUrl = system.environment.EVENTLOOM_QUEUE_JOBS;
  const received = system.clients.sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
  await wait(30);
  await system.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'late' }));
  expect((await received).Messages).toMatchObject([{ Body: 'late' }]);
});
