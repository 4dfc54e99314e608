import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishBatchCommand, PublishCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { modulesOf, perRecord, type TestBatch } from './fixtures/handlers.ts';
import {
  busRoute,
  busTopicRoute,
  functionConsumer,
  queue,
  queueConsumer,
  queueRoute,
  shopBus,
  topic,
  topicRoute,
  topologyOf,
} from './fixtures/topology.ts';
import { createLocalSystem } from './system.ts';

const placed = (detail: object) =>
  new PutEventsCommand({
    Entries: [
      { EventBusName: 'shop', Source: 'shop.orders', DetailType: 'OrderPlaced', Detail: JSON.stringify(detail) },
    ],
  });

const ordersPattern = { source: ['shop.orders'], 'detail-type': ['OrderPlaced'] };

test('an event reaches the queues of the consumers whose pattern matches, in its envelope', async () => {
  const batches: TestBatch[] = [];
  const topology = topologyOf(
    [shopBus],
    [
      queueConsumer('fraud/screen', [
        busRoute('screen', { ...ordersPattern, detail: { total: [{ numeric: ['>=', 500] }] } }),
      ]),
      queueConsumer('customs/declare', [
        busRoute('declare', { ...ordersPattern, detail: { country: [{ 'anything-but': 'GB' }] } }),
      ]),
    ],
  );
  const system = createLocalSystem({
    topology,
    handlers: modulesOf({
      'fraud/screen': (batch: TestBatch) => {
        batches.push(batch);
      },
      'customs/declare': () => undefined,
    }),
    startTime: new Date('2026-11-20T18:43:48.765Z'),
  });
  const { Entries } = await system.clients.eventBridge.send(placed({ total: 900, country: 'GB' }));
  await system.settle();

  const record = batches[0]?.Records[0];
  expect(batches).toHaveLength(1);
  expect(JSON.parse(record?.body ?? '')).toEqual({
    version: '0',
    id: Entries?.[0]?.EventId,
    'detail-type': 'OrderPlaced',
    source: 'shop.orders',
    account: '000000000000',
    time: '2026-11-20T18:43:48Z',
    region: 'us-east-1',
    resources: [],
    detail: { total: 900, country: 'GB' },
  });
  expect(record).toEqual({
    messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    receiptHandle: expect.any(String),
    body: expect.any(String),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1795200228765',
      SenderId: expect.any(String),
      ApproximateFirstReceiveTimestamp: '1795200228765',
    },
    messageAttributes: {},
    md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:shop-fraud-screen',
    awsRegion: 'us-east-1',
  });
  const [account] = system.report().accounted;
  expect(account?.verdicts).toEqual({ 'fraud/screen': { kind: 'handled' }, 'customs/declare': { kind: 'notMatched' } });
});

test('behind bus and topic the message is the envelope, filtered by its body', async () => {
  const bodies: unknown[] = [];
  const topology = topologyOf(
    [shopBus, topic('orders', { fedBy: { bus: 'bus:shop', eventPattern: { source: ['shop.orders'] } } })],
    [
      queueConsumer('warehouse/prepare', [
        busTopicRoute('prepare', 'topic:orders', { 'detail-type': ['OrderPlaced'], detail: { market: ['eu'] } }),
      ]),
      functionConsumer('analytics/record', [busTopicRoute('record', 'topic:orders', null)]),
    ],
  );
  const system = createLocalSystem({
    topology,
    handlers: modulesOf({
      'warehouse/prepare': perRecord((record) => {
        bodies.push([JSON.parse(record.body).detail, record.messageAttributes]);
      }),
      'analytics/record': ({ Records }: { Records: readonly { Sns: { Message: string; TopicArn: string } }[] }) => {
        bodies.push([JSON.parse(Records[0]?.Sns.Message ?? '').detail, Records[0]?.Sns.TopicArn]);
      },
    }),
  });
  await system.clients.eventBridge.send(placed({ market: 'eu' }));
  await system.clients.eventBridge.send(placed({ market: 'us' }));
  await system.settle();

  const arn = 'arn:aws:sns:us-east-1:000000000000:orders';
  expect(bodies).toHaveLength(3);
  expect(bodies).toEqual(
    expect.arrayContaining([
      [{ market: 'eu' }, {}],
      [{ market: 'eu' }, arn],
      [{ market: 'us' }, arn],
    ]),
  );
});

const submitted = (market: string, body: unknown) => ({
  Message: JSON.stringify(body),
  MessageAttributes: {
    type: { DataType: 'String', StringValue: 'OrderSubmitted' },
    id: { DataType: 'String', StringValue: `id-${market}` },
    market: { DataType: 'String', StringValue: market },
    weight: { DataType: 'Number', StringValue: '12.5' },
    seal: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255, 1]) },
    tags: { DataType: 'String.Array', StringValue: '["a","b"]' },
  },
});

test('a topic delivers raw to queues, filtered by attributes or by body', async () => {
  const got: [string, unknown][] = [];
  const filtered = (key: string, scope: 'MessageBody' | 'MessageAttributes', filterPolicy: { market?: string[] }) =>
    queueConsumer(key, [topicRoute('accept', 'topic:submitted', { filterPolicy, filterPolicyScope: scope })]);
  const topology = topologyOf(
    [topic('submitted')],
    [
      filtered('orders/acceptEu', 'MessageAttributes', { market: ['eu'] }),
      filtered('orders/acceptUs', 'MessageAttributes', { market: ['us'] }),
      filtered('fraud/review', 'MessageBody', { market: ['from-body'] }),
    ],
  );
  const collect = (key: string) =>
    perRecord(({ body, messageAttributes }) => got.push([key, { body, messageAttributes }]));
  const keys = ['orders/acceptEu', 'orders/acceptUs', 'fraud/review'];
  const system = createLocalSystem({
    topology,
    handlers: modulesOf(Object.fromEntries(keys.map((key) => [key, collect(key)]))),
  });
  const TopicArn = system.environment.EVENTLOOM_TOPIC_SUBMITTED;
  await system.clients.sns.send(new PublishCommand({ TopicArn, ...submitted('eu', { market: 'from-body' }) }));
  await system.settle();

  const message = {
    body: '{"market":"from-body"}',
    messageAttributes: {
      type: { stringValue: 'OrderSubmitted', stringListValues: [], binaryListValues: [], dataType: 'String' },
      id: { stringValue: 'id-eu', stringListValues: [], binaryListValues: [], dataType: 'String' },
      market: { stringValue: 'eu', stringListValues: [], binaryListValues: [], dataType: 'String' },
      weight: { stringValue: '12.5', stringListValues: [], binaryListValues: [], dataType: 'Number' },
      seal: { binaryValue: 'AP8B', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
      tags: { stringValue: '["a","b"]', stringListValues: [], binaryListValues: [], dataType: 'String.Array' },
    },
  };
  expect(got.sort(([a], [b]) => (a < b ? -1 : 1))).toEqual([
    ['fraud/review', message],
    ['orders/acceptEu', message],
  ]);
});

test('a function behind a topic gets the SNS envelope', async () => {
  const events: unknown[] = [];
  const topology = topologyOf([topic('submitted')], [functionConsumer('a/f', [topicRoute('f', 'topic:submitted')])]);
  const system = createLocalSystem({
    topology,
    handlers: modulesOf({ 'a/f': (event: unknown) => events.push(event) }),
  });
  const TopicArn = system.environment.EVENTLOOM_TOPIC_SUBMITTED;
  const { MessageId } = await system.clients.sns.send(
    new PublishCommand({ TopicArn, Subject: 'new', ...submitted('eu', { a: 1 }) }),
  );
  await system.settle();
  expect(events).toEqual([
    {
      Records: [
        {
          EventVersion: '1.0',
          EventSubscriptionArn: expect.stringContaining('arn:aws:sns:us-east-1:000000000000:submitted:'),
          EventSource: 'aws:sns',
          Sns: {
            SignatureVersion: '1',
            Timestamp: '2026-01-01T00:00:00.000Z',
            Signature: expect.any(String),
            SigningCertUrl: expect.any(String),
            MessageId,
            Message: '{"a":1}',
            MessageAttributes: {
              type: { Type: 'String', Value: 'OrderSubmitted' },
              id: { Type: 'String', Value: 'id-eu' },
              market: { Type: 'String', Value: 'eu' },
              weight: { Type: 'String', Value: '12.5' },
              seal: { Type: 'Binary', Value: 'AP8B' },
              tags: { Type: 'String', Value: '["a","b"]' },
            },
            Type: 'Notification',
            UnsubscribeUrl: expect.any(String),
            TopicArn,
            Subject: 'new',
          },
        },
      ],
    },
  ]);
});

test('a function behind a rule gets the event itself', async () => {
  const events: unknown[] = [];
  const topology = topologyOf([shopBus], [functionConsumer('a/f', [busRoute('f', ordersPattern)])]);
  const system = createLocalSystem({
    topology,
    handlers: modulesOf({ 'a/f': (event: unknown) => events.push(event) }),
  });
  await system.clients.eventBridge.send(placed({ total: 1 }));
  await system.settle();
  expect(events).toEqual([expect.objectContaining({ 'detail-type': 'OrderPlaced', detail: { total: 1 } })]);
});

test('what the filter of a queue does not match is deleted and counts as not matched', async () => {
  const bodies: string[] = [];
  const topology = topologyOf(
    [queue('jobs')],
    [queueConsumer('a/q', [queueRoute('q', 'queue:jobs', { body: { kind: ['wanted'] } })])],
  );
  const system = createLocalSystem({
    topology,
    handlers: modulesOf({ 'a/q': perRecord(({ body }) => bodies.push(body)) }),
  });
  const QueueUrl = system.environment.EVENTLOOM_QUEUE_JOBS;
  for (const MessageBody of ['{"kind":"wanted"}', '{"kind":"other"}', 'no JSON']) {
    await system.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }
  await system.settle();
  expect(bodies).toEqual(['{"kind":"wanted"}']);
  const { consumers, accounted } = system.report();
  expect(consumers[0]).toMatchObject({ received: 1, handled: 1, inFlight: 0 });
  expect(accounted.map(({ verdicts }) => verdicts['a/q']?.kind)).toEqual(['handled', 'notMatched', 'notMatched']);
});

test.each([
  ['markup', '<a href="x">&amp; \'quoted\' &#13; ]]></a>'],
  ['unicode', 'Größe 日本語 🎉 \u0085\u2028 é é'],
  ['form characters', 'a+b c%20d&Action=Other=1'],
  ['line breaks', 'a\r\nb\tc\n'],
])('%s pass unchanged through every service', async (_, text) => {
  const seen: unknown[] = [];
  const topology = topologyOf(
    [shopBus, queue('jobs'), topic('submitted')],
    [
      functionConsumer('a/bus', [busRoute('a', { source: [{ prefix: '' }] })]),
      queueConsumer('a/queue', [queueRoute('b', 'queue:jobs')]),
      queueConsumer('a/topic', [topicRoute('c', 'topic:submitted')]),
    ],
  );
  const record = perRecord(({ body, messageAttributes }) => seen.push([body, messageAttributes.text?.stringValue]));
  const system = createLocalSystem({
    topology,
    handlers: modulesOf({
      'a/bus': (event: { detail: { text: string }; 'detail-type': string }) =>
        seen.push([event.detail.text, event['detail-type']]),
      'a/queue': record,
      'a/topic': record,
    }),
  });
  const MessageAttributes = { text: { DataType: 'String', StringValue: text } };
  const { EVENTLOOM_QUEUE_JOBS: QueueUrl, EVENTLOOM_TOPIC_SUBMITTED: TopicArn } = system.environment;
  await system.clients.eventBridge.send(
    new PutEventsCommand({
      Entries: [{ EventBusName: 'shop', Source: 's', DetailType: text, Detail: JSON.stringify({ text }) }],
    }),
  );
  await system.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: text, MessageAttributes }));
  await system.clients.sns.send(new PublishCommand({ TopicArn, Message: text, MessageAttributes }));
  const batch = await system.clients.sns.send(
    new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: [{ Id: 'x', Message: text, MessageAttributes }] }),
  );
  await system.settle();
  expect(batch.Successful).toMatchObject([{ Id: 'x' }]);
  expect(seen).toEqual([
    [text, text],
    [text, text],
    [text, text],
    [text, text],
  ]);
});
