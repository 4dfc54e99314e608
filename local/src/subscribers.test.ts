import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { SubscriberDelivery, SubscriberRoute } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { modulesOf } from './fixtures/handlers.ts';
import { destinations, publish, put, subscriber, systemOf, withSubscribers } from './fixtures/subscribers.ts';
import { busRoute, busTopicRoute, functionConsumer, onBus, topicRoute, topologyOf } from './fixtures/topology.ts';
import { createLocalSystem } from './system.ts';

const all = busRoute('all', { source: ['s'] });
const workflow = { type: 'workflow', kind: 'standard', definition: '{}', input: 'payload' } as const;
const endpoint = {
  type: 'endpoint',
  url: 'https://crm.example.com',
  method: 'POST',
  ratePerSecond: null,
  body: 'payload',
  authorization: { kind: 'apiKey', header: 'X-Key', secret: 's' },
} as const satisfies SubscriberDelivery;
const http = {
  type: 'http',
  url: 'https://hooks.example.com',
  raw: false,
  policy: { retries: 3, minimumDelaySeconds: 10, maximumDelaySeconds: 30, backoff: 'linear', maximumPerSecond: null },
} as const satisfies SubscriberDelivery;

describe('a target gets', () => {
  test.each<[string, SubscriberDelivery, unknown]>([
    ['the payload to start a workflow with', workflow, { n: 1 }],
    ['the whole event where the spec says so', { ...workflow, input: 'event' }, { source: 's', detail: { n: 1 } }],
    ['the payload at an endpoint', endpoint, { n: 1 }],
    ['the whole event at an endpoint', { ...endpoint, body: 'event' }, { 'detail-type': 'D', detail: { n: 1 } }],
    ['the whole event in a log', { type: 'log', retentionDays: 7 }, { source: 's', detail: { n: 1 } }],
    [
      'the whole event on a bus elsewhere',
      { type: 'bus', busName: 'far', account: '111122223333', region: null },
      { 'detail-type': 'D', detail: { n: 1 } },
    ],
  ])('%s', async (_, delivery, expected) => {
    const system = systemOf([subscriber('a/x', delivery, [all])]);
    const id = await put(system);
    await system.settle();
    const [reception, ...others] = system.received('a/x');
    expect(others).toEqual([]);
    expect(reception).toMatchObject({ event: { id, name: 'D', source: 's' }, to: null, partitionKey: null });
    expect(reception?.content).toMatchObject(expected as object);
    expect(JSON.parse(reception?.body ?? '')).toEqual(reception?.content);
    expect(system.report()).toMatchObject({
      consumers: [],
      subscribers: [{ key: 'a/x', received: 1, handled: 1, deadLettered: 0, inFlight: 0 }],
      accounted: [{ verdicts: { 'a/x': { kind: 'handled' } } }],
      events: [{ published: 1, unmatched: 0 }],
    });
  });

  test('the key of its order in a stream of Kinesis', async () => {
    const kinesis = { type: 'stream', kind: 'kinesis', shards: null, retentionHours: 24 } as const;
    const system = systemOf([
      subscriber('a/byValue', { ...kinesis, partitionKey: '/sender/a~1b' }, [all]),
      subscriber('a/byId', { ...kinesis, partitionKey: null }, [all]),
    ]);
    const id = await put(system, { sender: { 'a/b': 7 } });
    expect(system.received('a/byValue')).toMatchObject([{ partitionKey: '7', content: { id } }]);
    expect(system.received('a/byId')).toMatchObject([{ partitionKey: id }]);
  });

  test('one message for each address of mail and telephone, and the body alone', async () => {
    const system = systemOf([
      subscriber('a/mail', { type: 'email', addresses: ['x@example.com', 'y@example.com'] }, [
        topicRoute('m', 'topic:slots'),
      ]),
      subscriber('a/text', { type: 'sms', numbers: ['+49'] }, [topicRoute('t', 'topic:slots')]),
    ]);
    await publish(system, { slot: 1 });
    expect(system.received('a/mail').map(({ to, content }) => [to, content])).toEqual([
      ['x@example.com', { slot: 1 }],
      ['y@example.com', { slot: 1 }],
    ]);
    expect(system.received('a/text')).toMatchObject([{ to: '+49', body: '{"slot":1}', attributes: {} }]);
    expect(system.report().subscribers).toMatchObject([{ handled: 2 }, { handled: 1 }]);
  });

  test('the document of SNS over HTTP, or the payload when delivery is raw', async () => {
    const system = systemOf([
      subscriber('a/signed', http, [topicRoute('signed', 'topic:slots')]),
      subscriber('a/raw', { ...http, raw: true }, [topicRoute('raw', 'topic:slots')]),
    ]);
    await publish(system, { slot: 1 });
    expect(system.received('a/raw')).toMatchObject([{ content: { slot: 1 } }]);
    expect(system.received('a/signed')).toMatchObject([
      {
        content: {
          Type: 'Notification',
          TopicArn: 'arn:aws:sns:us-east-1:000000000000:slots',
          Message: '{"slot":1}',
          MessageAttributes: { type: { Type: 'String', Value: 'SlotBooked' } },
        },
      },
    ]);
  });

  test('the envelope behind a bus and a topic, the payload behind a topic', async () => {
    const lake = {
      type: 'stream',
      kind: 'firehose',
      bufferSeconds: 60,
      bufferMb: 64,
      compression: 'gzip',
      partitions: [],
      expireDays: null,
    } as const;
    const system = systemOf([
      subscriber('a/lake', lake, [busTopicRoute('f', 'topic:fed', null), topicRoute('s', 'topic:slots')]),
    ]);
    await put(system);
    await publish(system, { slot: 1 });
    expect(system.received('a/lake')).toMatchObject([{ content: { detail: { n: 1 } } }, { content: { slot: 1 } }]);
  });

  test('only what its pattern or its filter policy lets through', async () => {
    const big: SubscriberRoute = busRoute('big', { source: ['s'], detail: { n: [{ numeric: ['>', 5] }] } });
    const north = topicRoute('north', 'topic:slots', { filterPolicy: { region: ['north'] } });
    const system = systemOf([subscriber('a/big', endpoint, [big]), subscriber('a/north', http, [north])]);
    await put(system, { n: 1 });
    await put(system, { n: 9 });
    await publish(system, { region: 'south' });
    await publish(system, { region: 'north' });
    await system.settle();
    expect(system.received('a/big').map(({ content }) => content)).toEqual([{ n: 9 }]);
    expect(system.received('a/north')).toHaveLength(1);
    const verdicts = system
      .report()
      .accounted.map(({ verdicts }) => [verdicts['a/big']?.kind, verdicts['a/north']?.kind]);
    expect(verdicts).toEqual([
      ['notMatched', 'notMatched'],
      ['handled', 'notMatched'],
      ['notMatched', 'notMatched'],
      ['notMatched', 'handled'],
    ]);
  });
});

describe('another bus of the system', () => {
  const mirror = subscriber('a/mirror', { type: 'bus', busName: 'other', account: null, region: null }, [all]);
  const back = subscriber('a/back', { type: 'bus', busName: 'shop', account: null, region: null }, [
    { ...all, operation: 'back', bus: 'bus:other' },
  ]);

  test('routes the event on, which stays the same event', async () => {
    const seen: unknown[] = [];
    const consumer = functionConsumer('b/f', [{ ...all, operation: 'f', bus: 'bus:other' }]);
    const topology = withSubscribers(topologyOf(destinations, [consumer]), [mirror]);
    const system = createLocalSystem({ topology, handlers: modulesOf({ 'b/f': (event: object) => seen.push(event) }) });
    const id = await put(system);
    await system.settle();
    expect(seen).toMatchObject([{ id, source: 's', detail: { n: 1 } }]);
    expect(system.report().accounted).toMatchObject([
      { event: { id }, verdicts: { 'a/mirror': { kind: 'handled' }, 'b/f': { kind: 'handled' } } },
    ]);
  });

  test('routes it to no third, since EventBridge does not, and the report says so', async () => {
    const system = systemOf([mirror, back]);
    await put(system);
    await system.settle();
    expect(system.received('a/back')).toEqual([]);
    expect(system.report().accounted).toMatchObject([
      {
        verdicts: {
          'a/mirror': { kind: 'handled' },
          'a/back': { kind: 'lost', reason: expect.stringContaining('to a third') },
        },
      },
    ]);
  });
});

test('what is no subscriber can neither be played nor asked', () => {
  expect(() => systemOf([], { targets: { 'a/x': () => {} } })).toThrow('There is no subscriber a/x');
  const system = systemOf([subscriber('a/log', { type: 'log', retentionDays: 7 }, [all])]);
  expect(() => system.received('a/none')).toThrow('There is no subscriber a/none. Subscribers: a/log');
  expect(() => system.queueUrl('a/log')).toThrow('a/log has no queue');
});

test('a workflow publishes what its subscriber emits and nothing else', async () => {
  const told = onBus('Told', 'w');
  const entry = (DetailType: string) => ({ EventBusName: 'shop', Source: 'w', DetailType, Detail: '{}' });
  const system = systemOf(
    [
      subscriber('a/flow', workflow, [all], [told]),
      subscriber('a/audit', { type: 'log', retentionDays: 7 }, [busRoute('w', { source: ['w'] })]),
    ],
    {
      targets: {
        'a/flow': async (_, { clients, environment }) => {
          expect(environment).toEqual({ EVENTLOOM_BUS_SHOP: 'shop' });
          await clients?.eventBridge?.send(new PutEventsCommand({ Entries: [entry('Told')] }));
          await expect(
            clients?.eventBridge?.send(new PutEventsCommand({ Entries: [entry('Other')] })),
          ).rejects.toMatchObject({ name: 'AccessDeniedException' });
        },
      },
    },
  );
  const id = await put(system);
  await system.settle();
  expect(system.received('a/audit')).toMatchObject([{ event: { name: 'Told' } }]);
  expect(system.trace(id)).toMatchObject({
    verdicts: { 'a/flow': { kind: 'handled' } },
    caused: [{ event: { name: 'Told' }, publisher: 'a/flow' }],
  });
});
