import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type AwsClient, createPublisher, type EventPublisher, toBus, toQueue, toTopic } from '@eventloom/runtime';
import { afterEach, describe, expect, test } from 'vitest';
import { answer, type Behaviour, type StubServer, silence, startStub } from './stub-server.ts';

// The SDK's clients as it makes them, without a time-out of their own, over a real socket: a call ends when its time is up
// or its signal is aborted, its connection is cut, and the SDK sends nothing more.

interface Publisher extends EventPublisher<{ readonly name: 'OrderPlaced'; readonly payload: unknown }> {
  publish(payload: unknown, limits?: Limits): Promise<unknown>;
}

interface Limits {
  readonly signal?: AbortSignal;
  readonly timeoutMilliseconds?: number;
}

const kinds = { bus: toBus, topic: toTopic, queue: toQueue } as const;
type Kind = keyof typeof kinds;

let stub: StubServer;
afterEach(() => stub.close());

const settings = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };

function publisherOf(kind: Kind, changes: object = {}): Publisher {
  const config = { ...settings, endpoint: stub.url, maxAttempts: 10, ...changes };
  const destination = { transport: kinds[kind], environmentVariable: 'ADDRESS' };
  const validate = (_: unknown): _ is unknown => true;
  const event = { name: 'OrderPlaced', source: 'shop.orders', validate, destination, headers: [] };
  const addresses = { bus: 'shop', topic: 'arn:aws:sns:us-east-1:000000000000:orders', queue: `${stub.url}/0/orders` };
  return createPublisher<Publisher>(
    { service: 'orders', operations: { publish: [event] } },
    {
      environment: { ADDRESS: addresses[kind] },
      clients: {
        eventBridge: new EventBridgeClient(config) as AwsClient,
        sns: new SNSClient(config) as AwsClient,
        sqs: new SQSClient(config) as AwsClient,
      },
    },
  );
}

/** Never answers, and tells when a connection is gone. */
function watched(): { readonly behaviour: Behaviour; readonly closed: Promise<void> } {
  let close = (): void => {};
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  const late = wait(10_000).then(() => {
    throw new Error('The connection is still open');
  });
  return { behaviour: (_, __, socket) => socket.once('close', close), closed: Promise.race([closed, late]) };
}

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const unavailable = answer(503, '');
const events = [1, 2].map((n) => ({ name: 'OrderPlaced' as const, payload: { n } }));

/** The codes of what both ways of publishing say, one after the other. */
async function codesOf(publisher: Publisher, limits: () => Limits): Promise<readonly unknown[]> {
  const one = await publisher.publish({ n: 0 }, limits()).catch(({ code }: { readonly code: string }) => code);
  const many = await publisher.$publishSettled(events, limits());
  return [one, ...many.map(({ failure }) => failure?.code)];
}

describe.each(Object.keys(kinds) as Kind[])('publishing to a %s that does not answer', (kind) => {
  test('ends when the time is up, and so does the connection', async () => {
    const { behaviour, closed } = watched();
    stub = await startStub(behaviour, silence);
    const codes = await codesOf(publisherOf(kind), () => ({ timeoutMilliseconds: 200 }));
    expect(codes).toEqual(['unconfirmed', 'unconfirmed', 'unconfirmed']);
    await closed;
    await wait(300);
    expect(stub.requests).toHaveLength(2);
  });

  test('ends when the signal is aborted, and so does the connection', async () => {
    const { behaviour, closed } = watched();
    stub = await startStub(behaviour, silence);
    const codes = await codesOf(publisherOf(kind), () => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 200);
      return { signal: controller.signal };
    });
    expect(codes).toEqual(['unconfirmed', 'unconfirmed', 'unconfirmed']);
    await closed;
    await wait(300);
    expect(stub.requests).toHaveLength(2);
  });

  test('ends while the SDK waits before it sends again, which it then does not', async () => {
    stub = await startStub(unavailable);
    const codes = await codesOf(publisherOf(kind), () => ({ timeoutMilliseconds: 250 }));
    expect(codes).toEqual(['unconfirmed', 'unconfirmed', 'unconfirmed']);
    const sent = stub.requests.length;
    expect(sent).toBeGreaterThan(1);
    await wait(1_500);
    expect(stub.requests).toHaveLength(sent);
  });

  test('ends while the SDK waits for credentials', async () => {
    stub = await startStub(silence);
    const publisher = publisherOf(kind, { credentials: () => new Promise(() => {}) });
    const codes = await codesOf(publisher, () => ({ timeoutMilliseconds: 100 }));
    expect(codes).toEqual(['unconfirmed', 'unconfirmed', 'unconfirmed']);
    expect(stub.requests).toHaveLength(0);
  });
});
