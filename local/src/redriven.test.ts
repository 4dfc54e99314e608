import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { modulesOf, perRecord } from './fixtures/handlers.ts';
import { type Letter, takeLetters } from './fixtures/letters.ts';
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
import { createLocalSystem, type LocalSystem } from './system.ts';

/** A consumer of a bus, a topic and a channel's queue that fails until it is mended. */
function shop() {
  const state = { isBroken: true };
  const routes = [busRoute('b', { source: ['s'] }), topicRoute('t', 'topic:orders')];
  const topology = topologyOf(
    [shopBus, topic('orders'), queue('jobs')],
    [queueConsumer('a/b', routes), queueConsumer('a/jobs', [queueRoute('j', 'queue:jobs')])],
  );
  const handler = perRecord(() => {
    if (state.isBroken) throw new Error('broken');
  });
  const system = createLocalSystem({ topology, handlers: modulesOf({ 'a/b': handler, 'a/jobs': handler }) });
  return { system, state };
}

const urlOf = (name: string) => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;

const put = ({ clients }: LocalSystem) =>
  clients.eventBridge.send(
    new PutEventsCommand({ Entries: [{ EventBusName: 'shop', Source: 's', DetailType: 'D', Detail: '{}' }] }),
  );

const sendBack =
  ({ clients }: LocalSystem, name: string) =>
  (letter: Letter) =>
    clients.sqs.send(
      new SendMessageCommand({ QueueUrl: urlOf(name), MessageBody: letter.body, MessageAttributes: letter.attributes }),
    );

const rowOf = (system: LocalSystem, key = 'a/b') => system.report().consumers.find((row) => row.key === key);

test('an event that is brought back counts by its new end, as one event', async () => {
  const { system, state } = shop();
  await put(system);
  await system.settle();
  expect(rowOf(system)).toMatchObject({ received: 1, deadLettered: 1, redriven: 0, inFlight: 0 });

  state.isBroken = false;
  await takeLetters(system, urlOf('shop-a-b-dlq'), sendBack(system, 'shop-a-b'));
  expect(rowOf(system)).toMatchObject({ received: 1, deadLettered: 0, redriven: 1, inFlight: 1 });
  await system.settle();
  expect(rowOf(system)).toMatchObject({ received: 1, handled: 1, deadLettered: 0, redriven: 1, inFlight: 0 });
  expect(system.report().accounted.map(({ verdicts }) => verdicts['a/b'])).toEqual([{ kind: 'handled' }]);
});

test('one that fails again is dead-lettered again, with the new reason', async () => {
  const { system } = shop();
  await put(system);
  await system.settle();
  await takeLetters(system, urlOf('shop-a-b-dlq'), sendBack(system, 'shop-a-b'));
  await system.settle();
  expect(rowOf(system)).toMatchObject({ received: 1, handled: 0, deadLettered: 1, redriven: 1, inFlight: 0 });
  expect(system.report().accounted[0]?.verdicts['a/b']).toMatchObject({ kind: 'deadLettered' });
  expect(system.deadLetters('a/b')).toHaveLength(1);
});

test('one that is brought back and not deleted counts twice: it will come twice', async () => {
  const { system, state } = shop();
  await put(system);
  await system.settle();
  state.isBroken = false;
  const [letter] = system.deadLetters('a/b');
  await sendBack(system, 'shop-a-b')({ body: letter?.body ?? '', attributes: {} });
  await system.settle();
  expect(rowOf(system)).toMatchObject({ received: 2, handled: 1, deadLettered: 1, redriven: 0 });
  expect(system.report().accounted[0]?.verdicts['a/b']).toMatchObject({ kind: 'deadLettered' });
});

test('one that is deleted before it is sent again is the same event all the same', async () => {
  const { system, state } = shop();
  const Message = '{"a":1}';
  const TopicArn = 'arn:aws:sns:us-east-1:000000000000:orders';
  const id = { DataType: 'String', StringValue: 'e-1' };
  await system.clients.sns.send(new PublishCommand({ TopicArn, Message, MessageAttributes: { id } }));
  await system.settle();
  state.isBroken = false;
  const letters: Letter[] = [];
  await takeLetters(system, urlOf('shop-a-b-dlq'), async (letter) => letters.push(letter));
  expect(rowOf(system)).toMatchObject({ received: 1, deadLettered: 1, redriven: 0 });
  for (const letter of letters) await sendBack(system, 'shop-a-b')(letter);
  await system.settle();
  expect(rowOf(system)).toMatchObject({ received: 1, handled: 1, deadLettered: 0, redriven: 1 });
});

test('a message of a channel without an id is known by its body', async () => {
  const { system, state } = shop();
  await sendBack(system, 'jobs')({ body: '{"job":1}', attributes: {} });
  await system.settle();
  expect(rowOf(system, 'a/jobs')).toMatchObject({ received: 1, deadLettered: 1 });
  state.isBroken = false;
  await takeLetters(system, urlOf('jobs-dlq'), sendBack(system, 'jobs'));
  await system.settle();
  expect(rowOf(system, 'a/jobs')).toMatchObject({ received: 1, handled: 1, deadLettered: 0, redriven: 1 });
  expect(system.report().accounted).toHaveLength(1);
});
