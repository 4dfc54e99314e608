import { createHash } from 'node:crypto';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import {
  type AwsClient,
  createPublisher,
  type EventPublisher,
  isEventloomError,
  toBus,
  toQueue,
  toTopic,
  type Validator,
} from '@eventloom/runtime';
import { afterEach, describe, expect, test } from 'vitest';
import {
  answer,
  type Behaviour,
  hangUp,
  reset,
  type StubServer,
  silence,
  stalled,
  startStub,
  truncated,
} from './stub-server.ts';

// Real requests over a real socket: what a publisher makes of a server that misbehaves. It must say that an event was
// accepted when AWS said so, report it otherwise, and come to an end in any case.

interface Publisher extends EventPublisher<{ readonly name: 'OrderPlaced'; readonly payload: unknown }> {
  readonly publish: (payload: unknown) => Promise<{ readonly id: string }>;
}

const validate: Validator<unknown> = (_): _ is unknown => true;
const environment = { BUS: 'shop', TOPIC: 'arn:aws:sns:us-east-1:000000000000:orders', QUEUE: '' };
const kinds = { bus: 'BUS', topic: 'TOPIC', queue: 'QUEUE' } as const;
const transports = { bus: toBus, topic: toTopic, queue: toQueue } as const;
type Kind = keyof typeof kinds;

const accepted: Readonly<Record<Kind, Behaviour>> = {
  bus: answer(200, '{"FailedEntryCount":0,"Entries":[{"EventId":"accepted"}]}'),
  topic: answer(
    200,
    '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>accepted</MessageId>' +
      '</PublishResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>',
    { 'content-type': 'text/xml' },
  ),
  queue: (request, ...rest) => {
    // The SDK compares the digest of the body with its own.
    const { MessageBody } = JSON.parse(request.body);
    const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
    answer(200, JSON.stringify({ MessageId: 'accepted', MD5OfMessageBody }))(request, ...rest);
  },
};

/** EventBridge's own id, or the one that the publisher gave. */
const anId = /^(?:accepted|[\da-f-]{36})$/;

let stub: StubServer;
afterEach(() => stub.close());

async function publisherTo(kind: Kind, ...behaviours: readonly Behaviour[]): Promise<Publisher> {
  stub = await startStub(...behaviours);
  const destination = { transport: transports[kind], environmentVariable: kinds[kind] };
  const event = { name: 'OrderPlaced', source: 'shop.orders', validate, destination, headers: [] };
  return createPublisher<Publisher>(
    { service: 'orders', operations: { publish: [event] } },
    { clients: clientsOf(stub), environment: { ...environment, QUEUE: `${stub.url}/000000000000/orders` } },
  );
}

async function publishTo(kind: Kind, ...behaviours: readonly Behaviour[]): Promise<unknown> {
  const publisher = await publisherTo(kind, ...behaviours);
  return publisher.publish({ n: 1 }).then(
    ({ id }) => id,
    (error: unknown) => error,
  );
}

/** Clients with Node's own HTTP, time-outs as one would set them, and retries without a pause. */
function clientsOf({ url }: StubServer): Record<'eventBridge' | 'sns' | 'sqs', AwsClient> {
  const config = {
    region: 'us-east-1',
    endpoint: url,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 500, requestTimeout: 300, socketTimeout: 300, throwOnRequestTimeout: true },
  };
  return {
    eventBridge: new EventBridgeClient(config) as AwsClient,
    sns: new SNSClient(config) as AwsClient,
    sqs: new SQSClient(config) as AwsClient,
  };
}

const garbage: readonly (readonly [string, Behaviour])[] = [
  ['malformed JSON', answer(200, '{"Entries":[{"EventId":')],
  [
    'XML that breaks off',
    answer(200, '<PublishResponse><PublishResult><MessageId>acc', { 'content-type': 'text/xml' }),
  ],
  ['a page of a proxy', answer(200, '<html><body>Welcome</body></html>', { 'content-type': 'text/html' })],
  ['an empty answer', answer(200, '')],
  ['null', answer(200, 'null')],
  ['a list', answer(200, '[]')],
  ['an answer about nothing', answer(200, '{}')],
];

const failures: readonly (readonly [string, Behaviour])[] = [
  ['a redirect', answer(302, '', { location: 'http://127.0.0.1:1/' })],
  ['a connection that is reset', reset],
  ['a connection that is closed', hangUp],
  ['a server that never answers', silence],
  ['a body that is cut off', truncated('{"Entries":[{"EventId":"accepted"}]')],
  ['a body that never ends', stalled('{"Entries":[{"EventId":"accepted"}]')],
  ['an error within the service', answer(500, '{"__type":"InternalException","message":"m"}')],
  ['an error of a load balancer', answer(503, '<html>503</html>', { 'content-type': 'text/html' })],
  ['a refusal', answer(400, '{"__type":"ValidationException","message":"m"}')],
  ['a refusal that is no JSON', answer(403, 'Forbidden', { 'content-type': 'text/plain' })],
];

describe.each(Object.keys(kinds) as Kind[])('a publisher to a %s', (kind) => {
  test('says that an event was accepted when AWS says so', async () => {
    expect(await publishTo(kind, accepted[kind])).toMatch(anId);
    expect(stub.requests).toHaveLength(1);
  });

  test.each(garbage)('does not know what became of the event when it meets %s', async (_, behaviour) => {
    expect(await publishTo(kind, behaviour)).toMatchObject({ code: 'unconfirmed', entry: { payload: { n: 1 } } });
    expect(stub.requests).toHaveLength(1);
  });

  test.each(failures)('reports the event when it meets %s', async (_, behaviour) => {
    const outcome = await publishTo(kind, behaviour);
    expect(isEventloomError(outcome, 'PublishError'), String(outcome)).toBe(true);
    expect(outcome).toMatchObject({ entry: { name: 'OrderPlaced', payload: { n: 1 } }, code: expect.any(String) });
    expect(stub.requests.length).toBeGreaterThan(0);
  });

  test.each([
    ['a reset', reset],
    ['an error within the service', answer(500, '{"__type":"InternalException","message":"m"}')],
    ['a server that did not answer in time', silence],
  ])('is served after %s, the request having been sent again', async (_, behaviour) => {
    expect(await publishTo(kind, behaviour, accepted[kind])).toMatch(anId);
    expect(stub.requests).toHaveLength(2);
  });
});

describe.each(Object.keys(kinds) as Kind[])('many events to a %s', (kind) => {
  test.each([
    ['a reset', reset],
    ['a server that never answers', silence],
    ['a body that is cut off', truncated('{"Entries":[{"EventId":"accepted"}]')],
    ['malformed JSON', answer(200, '{"Entries":[{"EventId":')],
    ['an answer about nothing', answer(200, '{}')],
    ['a refusal', answer(400, '{"__type":"ValidationException","message":"m"}')],
  ])('are each reported when their request meets %s', async (_, behaviour) => {
    const publisher = await publisherTo(kind, behaviour);
    const events = [1, 2, 3].map((n) => ({ name: 'OrderPlaced' as const, payload: { n } }));
    const results = await publisher.$publishSettled(events);
    expect(results).toMatchObject(
      events.map(({ payload }, index) => ({ failure: { index, code: expect.any(String), event: { payload } } })),
    );
    expect(stub.requests.length).toBeGreaterThan(0);
  });
});

test('an entry that EventBridge does not speak of is unconfirmed, not accepted', async () => {
  const outcome = await publishTo('bus', answer(200, '{"FailedEntryCount":0,"Entries":[{}]}'));
  expect(outcome).toMatchObject({ code: 'unconfirmed' });
});

test('a server that cannot be reached is reported', async () => {
  stub = await startStub(silence);
  await stub.close();
  const definition = {
    service: 'orders',
    operations: {
      publish: [
        {
          name: 'D',
          source: 's',
          validate,
          destination: { transport: toBus, environmentVariable: 'BUS' },
          headers: [],
        },
      ],
    },
  } as const;
  const publisher = createPublisher<Publisher>(definition, { clients: clientsOf(stub), environment });
  await expect(publisher.publish({})).rejects.toMatchObject({ name: 'PublishError', cause: { code: 'ECONNREFUSED' } });
});
