import { describe, expect, test } from 'vitest';
import type { HandlerContext } from '../context.ts';
import type { ConsumerDefinition, ReceivedEventDefinition } from '../definitions.ts';
import type { ReceivedEvent } from '../events.ts';
import { invocationKey } from '../invocation.ts';
import { correlationInHeader, correlationInPayload } from './correlation.ts';
import { notification } from './envelopes.ts';
import { functionHandler } from './function-handler.ts';
import { queueHandler } from './queue-handler.ts';

type Event = ReceivedEvent<string, string, unknown>;

// Every documented field of what AWS hands over, with payloads of our own.
// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html, …/with-sns.html,
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html,
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html

const order = { orderId: 'o-1', customer: { 'e/mail': 'a@b' } };

const busEvent = {
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': 'OrderPlaced',
  source: 'shop.orders',
  account: '111122223333',
  time: '2026-11-20T18:43:48Z',
  region: 'us-east-1',
  resources: [
    'arn:aws:ec2:us-east-1:111122223333:instance/i-1',
    'urn:eventloom:correlation:c/1',
    'urn:eventloom:part:1/3/split-1',
  ],
  detail: order,
  'replay-name': 'again',
};

const signed = {
  MessageId: 'dc1e94d9-56c5-5e96-808d-cc7f68faa162',
  TopicArn: 'arn:aws:sns:us-east-1:111122223333:orders',
  Subject: 'an order',
  Timestamp: '2021-02-16T21:41:19.978Z',
  SignatureVersion: '1',
  Signature: 'FMG5tlZhJNHLHUXvZgtZzlk24FzVa7oX0T4P03neeXw8ZEXZx6z35j2F',
  SequenceNumber: '10000000000000003000',
};

const topicAttributes = {
  type: { Type: 'String', Value: 'OrderPlaced' },
  id: { Type: 'String', Value: 'id-1' },
  time: { Type: 'String', Value: '2026-11-20T18:43:48.123Z' },
  'x-correlation': { Type: 'String', Value: 'c/1' },
  part: { Type: 'String', Value: '1/3/split-1' },
};

const inQueue = (message: object, attributes: object = topicAttributes): string =>
  JSON.stringify({
    Type: 'Notification',
    ...signed,
    Message: JSON.stringify(message),
    SigningCertURL: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem',
    UnsubscribeURL: 'https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe',
    MessageAttributes: attributes,
  });

const inFunction = (message: object, attributes?: object): object => ({
  Records: [
    {
      EventVersion: '1.0',
      EventSubscriptionArn: 'arn:aws:sns:us-east-1:111122223333:orders:21be56ed-a058-49f5-8c98-aedd2564c486',
      EventSource: 'aws:sns',
      Sns: {
        Type: 'Notification',
        ...signed,
        Message: JSON.stringify(message),
        SigningCertUrl: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem',
        UnsubscribeUrl: 'https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe',
        MessageAttributes: attributes,
      },
    },
  ],
});

const queueAttributes = Object.fromEntries(
  Object.entries(topicAttributes).map(([name, { Type, Value }]) => [
    name,
    { stringValue: Value, stringListValues: [], binaryListValues: [], dataType: Type },
  ]),
);

const record = (body: unknown, more: object = {}): object => ({
  messageId: '059f36b4-87a3-44ab-83d2-661975830a7d',
  receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
  body,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '1545082649183',
    SenderId: 'AIDAIENQZJOLO23YVJ4VO',
    ApproximateFirstReceiveTimestamp: '1545082649185',
    AWSTraceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793',
    MessageGroupId: 'group',
    MessageDeduplicationId: 'd-1',
    SequenceNumber: '18849496460467696128',
    DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:111122223333:source',
  },
  messageAttributes: {},
  md5OfBody: '098f6bcd4621d373cade4e832627b4f6',
  md5OfMessageAttributes: '098f6bcd4621d373cade4e832627b4f6',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:us-east-1:111122223333:q',
  awsRegion: 'us-east-1',
  ...more,
});

const orderPlaced: ReceivedEventDefinition = {
  name: 'OrderPlaced',
  source: 'shop.orders',
  validate: Object.assign((value: unknown): value is unknown => Object(value).orderId !== undefined, { errors: [] }),
  correlation: correlationInHeader('/x-correlation'),
};

const consumer = (
  kind: 'eventbridge' | 'eventbridge-sns' | 'sns' | 'sqs',
  event = orderPlaced,
): ConsumerDefinition => ({
  key: 'fraud/screen',
  service: 'fraud',
  consumer: 'screen',
  onInvalid: 'retry',
  fifo: false,
  routes: [kind],
  receives: [event],
  emits: [],
});

async function handled(definition: ConsumerDefinition, input: object, how: typeof queueHandler = queueHandler) {
  const events: Event[] = [];
  const respond = how(definition, (event: Event, _: HandlerContext) => void events.push(event));
  const environment = { _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793' };
  const response = await respond(input, { [invocationKey]: { environment, clients: {}, log: () => {} } });
  return { response, events };
}

const overQueue = async (definition: ConsumerDefinition, body: string, more?: object): Promise<Event[]> =>
  (await handled(definition, { Records: [record(body, more)] })).events;
const overFunction = async (definition: ConsumerDefinition, input: object): Promise<Event[]> =>
  (await handled(definition, input, functionHandler as typeof queueHandler)).events;

const wrapped = { ...orderPlaced, envelope: notification };
const part = { of: 'split-1', index: 1, count: 3 };
const traceHeader = 'Root=1-5759e988-bd862e3fe1be46a994272793';
const common = { name: 'OrderPlaced', source: 'shop.orders', payload: order, correlationId: 'c/1', part, traceHeader };
const ofBus = { ...common, id: busEvent.id, time: new Date(busEvent.time), replay: 'again' };
const ofTopic = { ...common, id: 'id-1', time: new Date('2026-11-20T18:43:48.123Z') };

describe('the envelope of a route is taken off', () => {
  test('EventBridge → Lambda', async () => {
    expect(await overFunction(consumer('eventbridge'), busEvent)).toEqual([ofBus]);
  });

  test('EventBridge → SQS', async () => {
    expect(await overQueue(consumer('eventbridge'), JSON.stringify(busEvent))).toEqual([ofBus]);
  });

  test('EventBridge → SNS → Lambda', async () => {
    expect(await overFunction(consumer('eventbridge-sns'), inFunction(busEvent))).toEqual([ofBus]);
  });

  test('EventBridge → SNS → SQS, raw', async () => {
    expect(await overQueue(consumer('eventbridge-sns'), JSON.stringify(busEvent))).toEqual([ofBus]);
  });

  test('EventBridge → SNS → SQS, not raw', async () => {
    expect(await overQueue(consumer('eventbridge-sns', wrapped), inQueue(busEvent, {}))).toEqual([ofBus]);
  });

  test('SNS → Lambda', async () => {
    expect(await overFunction(consumer('sns'), inFunction(order, topicAttributes))).toEqual([ofTopic]);
  });

  test.each(['sns', 'sqs'] as const)('SNS → SQS raw, or a queue of its own: %s', async (kind) => {
    const events = await overQueue(consumer(kind), JSON.stringify(order), { messageAttributes: queueAttributes });
    expect(events).toEqual([ofTopic]);
  });

  test('SNS → SQS, not raw', async () => {
    expect(await overQueue(consumer('sns', wrapped), inQueue(order))).toEqual([ofTopic]);
  });

  test('SNS → SQS, not raw and without attributes: identity and time are those of SNS', async () => {
    const [event] = await overQueue(consumer('sns', wrapped), inQueue(order, {}));
    expect(event).toMatchObject({ id: signed.MessageId, time: new Date(signed.Timestamp), payload: order });
  });

  test('a raw and a wrapped route to one queue', async () => {
    const raw = { ...orderPlaced, source: 'shop.others' };
    const definition: ConsumerDefinition = { ...consumer('eventbridge', wrapped), receives: [wrapped, raw] };
    const other = JSON.stringify({ ...busEvent, source: 'shop.others' });
    const { events } = await handled(definition, { Records: [record(inQueue(busEvent, {})), record(other)] });
    expect(events.map(({ source }) => source)).toEqual(['shop.orders', 'shop.others']);
  });

  test('but never that of another route, however the payload looks', async () => {
    const looksWrapped = { ...JSON.parse(inQueue(order)), orderId: 'o-2' };
    const [event] = await overQueue(consumer('sns'), JSON.stringify(looksWrapped), {
      messageAttributes: queueAttributes,
    });
    expect(event?.payload).toEqual(looksWrapped);
    const looksLikeBus = { ...busEvent, orderId: 'o-3' };
    const [second] = await overQueue(consumer('sqs'), JSON.stringify(looksLikeBus));
    expect(second?.payload).toEqual(looksLikeBus);
  });
});

describe('what travels beside a payload', () => {
  test('is the identity that the publisher gave, over the one that EventBridge gave', async () => {
    const resources = ['urn:eventloom:id:outbox-1'];
    expect(await overQueue(consumer('eventbridge'), JSON.stringify({ ...busEvent, resources }))).toMatchObject([
      { id: 'outbox-1', correlationId: undefined },
    ]);
  });

  test('is the correlation id in the payload, where the spec puts it there', async () => {
    const inPayload = (pointer: string) =>
      consumer('sqs', { ...orderPlaced, correlation: correlationInPayload(pointer) });
    const ids = await Promise.all(
      ['/customer/e~1mail', '/customer', '/nothing', '/__proto__', '/constructor'].map(async (pointer) => {
        const [event] = await overQueue(inPayload(pointer), JSON.stringify(order));
        return event?.correlationId;
      }),
    );
    expect(ids).toEqual(['a@b', undefined, undefined, undefined, undefined]);
  });
});

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const good = record(JSON.stringify(busEvent), { messageId: 'good' });

describe('a malformed record', () => {
  test.each<[string, unknown]>([
    ['without a body', record(undefined)],
    ['with null for a body', record(null)],
    ['with a number for a body', record(5)],
    ['with an object for a body', record({ detail: order })],
    ['with an empty body', record('')],
    ['with text', record('hello')],
    ['with cut JSON', record('{"detail":')],
    ['with JSON that is null', record('null')],
    ['with JSON that is a number', record('1')],
    ['with JSON that is a text', record('"x"')],
    ['with a list', record('[]')],
    ['with a very deep list', record(deep(100_000))],
    [
      'with a very deep payload',
      record(JSON.stringify(busEvent).replace('"o-1"', deep(50_000)).replace('orderId', 'x')),
    ],
    ['with an envelope in an envelope', record(JSON.stringify({ ...busEvent, detail: undefined, event: busEvent }))],
    ['with `__proto__` for a detail', record(JSON.stringify(busEvent).replace('"detail"', '"__proto__"'))],
    ['with `__proto__` for a source', record(JSON.stringify(busEvent).replace('"source"', '"__proto__"'))],
    ['without a source', record(JSON.stringify({ ...busEvent, source: undefined }))],
    ['with a source that is no text', record(JSON.stringify({ ...busEvent, source: { toString: 1 } }))],
    ['with a detail-type that is a list', record(JSON.stringify({ ...busEvent, 'detail-type': ['OrderPlaced'] }))],
    ['with detail as text', record(JSON.stringify({ ...busEvent, detail: JSON.stringify(order) }))],
    ['with a detail that is null', record(JSON.stringify({ ...busEvent, detail: null }))],
    ['with a resource that has no text', record(JSON.stringify({ ...busEvent, resources: [{ toString: 1 }] }))],
    ['with a notification that is not expected', record(inQueue(busEvent))],
    ['without any field', { messageId: '059f36b4-87a3-44ab-83d2-661975830a7d' }],
    ['with fields of the wrong types', record(5, { attributes: 'x', messageAttributes: [null], receiptHandle: {} })],
    ['that is null', null],
    ['that is a text', 'record'],
  ])('%s fails alone', async (_, bad) => {
    const { response, events } = await handled(consumer('eventbridge'), { Records: [bad, good] });
    const itemIdentifier = typeof Object(bad).messageId === 'string' ? Object(bad).messageId : '';
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier }] });
    expect(events).toMatchObject([{ payload: order }]);
  });

  test.each<[string, string]>([
    ['no JSON', 'hello'],
    ['nothing', 'null'],
    ['no message', '{"Type":"Notification","TopicArn":"arn"}'],
    ['a message that is no JSON', '{"Type":"Notification","TopicArn":"arn","Message":"hello"}'],
    ['attributes that are null', '{"Message":"{}","MessageAttributes":{"type":null}}'],
  ])('of a subscription that is not raw, with %s, fails alone', async (_, body) => {
    const input = { Records: [record(body), record(inQueue(order), { messageId: 'good' })] };
    const { response, events } = await handled(consumer('sns', wrapped), input);
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: '059f36b4-87a3-44ab-83d2-661975830a7d' }] });
    expect(events).toHaveLength(1);
  });

  test.each<[string, object]>([
    ['attribute that is null', { messageAttributes: { type: null } }],
    [
      'attribute that is a number',
      { messageAttributes: { type: { stringValue: 5 }, id: 5, time: { stringValue: {} } } },
    ],
    ['attributes that are null', { messageAttributes: null, attributes: null }],
  ])('with %s is read without it', async (_, more) => {
    const events = await overQueue(consumer('sns'), JSON.stringify(order), more);
    expect(events).toMatchObject([{ id: '059f36b4-87a3-44ab-83d2-661975830a7d', time: expect.any(Date) }]);
  });
});
