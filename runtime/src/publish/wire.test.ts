import { Readable } from 'node:stream';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import type { PublishedEventDefinition } from '../definitions.ts';
import type { PublishedEvent } from '../events.ts';
import type { PublishOptions } from './options.ts';
import { createPublisher } from './publisher.ts';
import { toBus } from './to-bus.ts';
import { toQueue } from './to-queue.ts';
import { toTopic } from './to-topic.ts';
import type { Transport } from './transport.ts';

interface Publisher {
  toBus(payload: unknown, options?: PublishOptions): Promise<PublishedEvent>;
  toTopic(payload: unknown, options: PublishOptions): Promise<PublishedEvent>;
  toQueue(payload: unknown, options: PublishOptions): Promise<PublishedEvent>;
}

/** Takes requests in place of the network, and answers each with the next of `bodies`. */
function network(...bodies: { readonly status: number; readonly body: string }[]) {
  const requests: { readonly headers: Record<string, string>; readonly body: string }[] = [];
  const handle = async (request: { headers: Record<string, string>; body: string | Uint8Array }): Promise<object> => {
    requests.push({ headers: request.headers, body: textOf(request.body) });
    const { status: statusCode, body } = bodies[Math.min(requests.length, bodies.length) - 1] ?? {
      status: 500,
      body: '',
    };
    return { response: { statusCode, headers: {}, body: Readable.from([Buffer.from(body)]) } };
  };
  return { requests, requestHandler: { handle } as never };
}

const textOf = (body: string | Uint8Array): string =>
  typeof body === 'string' ? body : new TextDecoder().decode(body);

const validate = Object.assign((_value: unknown): _value is unknown => true, { errors: null });
const event = (transport: Transport): PublishedEventDefinition => ({
  name: 'OrderPlaced',
  source: 'shop.orders',
  validate,
  destination: { transport, environmentVariable: transport.kind },
  headers: transport === toBus ? [] : [{ name: 'market', attributeType: 'String', required: true }],
});

function publisherOver({ requestHandler }: ReturnType<typeof network>): Publisher {
  const options = { region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, requestHandler };
  return createPublisher<Publisher>(
    { service: 'orders', operations: { toBus: [event(toBus)], toTopic: [event(toTopic)], toQueue: [event(toQueue)] } },
    {
      environment: {
        bus: 'shop',
        topic: 'arn:aws:sns:eu-west-1:1:t',
        queue: 'https://sqs.eu-west-1.amazonaws.com/1/q',
      },
      clients: {
        eventBridge: new EventBridgeClient(options),
        sns: new SNSClient(options),
        sqs: new SQSClient({ ...options, md5: false }),
      },
    },
  );
}

test('PutEvents reaches the wire through the real client, and a failed entry is seen though the status is 200', async () => {
  const failed = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'sorry' }] };
  const accepted = { FailedEntryCount: 0, Entries: [{ EventId: 'event-1' }] };
  const wire = network({ status: 200, body: JSON.stringify(failed) }, { status: 200, body: JSON.stringify(accepted) });
  const published = await publisherOver(wire).toBus({ market: 'eu' });
  expect(published.id).toBe('event-1');
  expect(wire.requests.map(({ body }) => JSON.parse(body))).toEqual(
    Array(2).fill({
      Entries: [{ EventBusName: 'shop', Source: 'shop.orders', DetailType: 'OrderPlaced', Detail: '{"market":"eu"}' }],
    }),
  );
});

test('Publish reaches the wire through the real client', async () => {
  const body =
    '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>';
  const wire = network({ status: 200, body });
  await publisherOver(wire).toTopic({ market: 'eu' }, { id: 'id-1' });
  const form = new URLSearchParams(wire.requests[0]?.body);
  expect(form.get('Message')).toBe('{"market":"eu"}');
  expect(form.get('MessageAttributes.entry.1.Name')).toBe('market');
  expect(form.get('MessageAttributes.entry.1.Value.StringValue')).toBe('eu');
  expect([...form.keys()].filter((key) => /Group|Deduplication|Binary/.test(key))).toEqual([]);
});

test('SendMessage reaches the wire through the real client', async () => {
  const wire = network({ status: 200, body: JSON.stringify({ MessageId: 'm' }) });
  await publisherOver(wire).toQueue({ market: 'eu' }, { id: 'id-1' });
  expect(JSON.parse(wire.requests[0]?.body ?? '')).toMatchObject({
    QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/q',
    MessageBody: '{"market":"eu"}',
    MessageAttributes: { id: { DataType: 'String', StringValue: 'id-1' }, market: { StringValue: 'eu' } },
  });
});

const part = { of: 'orders/splitOrder/e-1', index: 1, count: 3 };

test('what travels beside a payload is in the Resources of PutEvents, with its time and trace header', async () => {
  const wire = network({ status: 200, body: JSON.stringify({ Entries: [{ EventId: 'event-1' }] }) });
  const time = new Date('2026-11-20T18:43:48Z');
  await publisherOver(wire).toBus({}, { id: 'id-1', correlationId: 'c-1', part, time, traceHeader: 'Root=1-2' });
  expect(JSON.parse(wire.requests[0]?.body ?? '').Entries).toEqual([
    {
      ...{ EventBusName: 'shop', Source: 'shop.orders', DetailType: 'OrderPlaced', Detail: '{}' },
      Resources: [
        'urn:eventloom:id:id-1',
        'urn:eventloom:correlation:c-1',
        'urn:eventloom:part:1/3/orders/splitOrder/e-1',
      ],
      Time: time.getTime() / 1_000,
      TraceHeader: 'Root=1-2',
    },
  ]);
});

test('the place of a part is a message attribute of Publish and SendMessage', async () => {
  const value = '1/3/orders/splitOrder/e-1';
  const answer = '<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>';
  const sns = network({ status: 200, body: answer });
  await publisherOver(sns).toTopic({ market: 'eu' }, { id: 'id-1', part });
  expect([...new URLSearchParams(sns.requests[0]?.body).values()]).toContain(value);
  const sqs = network({ status: 200, body: JSON.stringify({ MessageId: 'm' }) });
  await publisherOver(sqs).toQueue({ market: 'eu' }, { id: 'id-1', part });
  expect(JSON.parse(sqs.requests[0]?.body ?? '').MessageAttributes.part).toEqual({
    DataType: 'String',
    StringValue: value,
  });
});
