import { describe, expect, test } from 'vitest';
import type { AwsClient } from '../connection.ts';
import type { PublishedEventDefinition } from '../definitions.ts';
import { ConfigurationError, PublishError, ValidationFailure } from '../errors.ts';
import type { PublishedEvent } from '../events.ts';
import type { Validator } from '../validator.ts';
import type { PublishOptions } from './options.ts';
import { createPublisher } from './publisher.ts';

interface Publisher {
  place(payload: unknown, options?: PublishOptions<Record<string, unknown>>): Promise<PublishedEvent>;
  change(name: string, payload: unknown): Promise<PublishedEvent>;
}

type Sent = { readonly name: string; readonly input: Record<string, unknown> };

/** A client that answers each command with the next of `answers` (an error is thrown) and keeps what was sent. */
function fakeClient(...answers: unknown[]): AwsClient & { readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const send = async (command: object): Promise<unknown> => {
    sent.push({ name: command.constructor.name, input: (command as { input: Sent['input'] }).input });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { sent, send };
}

const accepted = { MessageId: 'm-1', FailedEntryCount: 0, Entries: [{ EventId: 'event-1' }] };
const refused = (ErrorCode: string): object => ({ FailedEntryCount: 1, Entries: [{ ErrorCode, ErrorMessage: 'no' }] });

const positive: Validator<unknown> = Object.assign(
  (value: unknown): value is unknown => {
    const valid = typeof (value as { total?: unknown }).total === 'number';
    positive.errors = valid
      ? null
      : [
          {
            instancePath: '/total',
            schemaPath: '#/properties/total/type',
            keyword: 'type',
            params: { type: 'number' },
          },
        ];
    return valid;
  },
  { errors: undefined as Validator<unknown>['errors'] },
);

const onBus: PublishedEventDefinition = {
  name: 'OrderPlaced',
  source: 'shop.orders',
  validate: positive,
  destination: { kind: 'bus', environmentVariable: 'BUS' },
  headers: [],
};
const onTopic: PublishedEventDefinition = { ...onBus, destination: { kind: 'topic', environmentVariable: 'TOPIC' } };
const onQueue: PublishedEventDefinition = { ...onBus, destination: { kind: 'queue', environmentVariable: 'QUEUE' } };

const environment = { BUS: 'shop', TOPIC: 'arn:aws:sns:eu-west-1:1:orders', QUEUE: 'https://sqs/1/orders' };
const now = new Date('2026-11-20T18:43:48.123Z');

function system(event: PublishedEventDefinition, client: AwsClient = fakeClient(accepted), address?: string) {
  const slept: number[] = [];
  const clock = { now: () => now, sleep: async (milliseconds: number) => void slept.push(milliseconds) };
  const { environmentVariable } = event.destination;
  const publisher = createPublisher<Publisher>(
    { service: 'orders', operations: { place: [event], change: [event, { ...event, name: 'OrderChanged' }] } },
    {
      environment: { ...environment, ...(address && { [environmentVariable]: address }) },
      clients: { eventBridge: client, sns: client, sqs: client },
      clock,
    },
  );
  return { publisher, slept };
}

const thrown = (promise: Promise<unknown>): Promise<Record<string, unknown>> =>
  promise.then(
    () => expect.unreachable(),
    (error) => error,
  );

describe('a publisher of events on a bus', () => {
  test('puts the payload as detail, and gives the id of EventBridge', async () => {
    const client = fakeClient(accepted);
    const event = await system(onBus, client).publisher.place({ total: 5 });
    expect(event).toEqual({ id: 'event-1', name: 'OrderPlaced', source: 'shop.orders' });
    expect(client.sent).toEqual([
      {
        name: 'PutEventsCommand',
        input: {
          Entries: [{ EventBusName: 'shop', Source: 'shop.orders', DetailType: 'OrderPlaced', Detail: '{"total":5}' }],
        },
      },
    ]);
  });

  test('passes on time and trace header', async () => {
    const client = fakeClient(accepted);
    await system(onBus, client).publisher.place({ total: 5 }, { time: now, traceHeader: 'Root=1-2' });
    expect(client.sent[0]?.input).toMatchObject({ Entries: [{ Time: now, TraceHeader: 'Root=1-2' }] });
  });

  test('chooses among several events of an operation by name', async () => {
    const client = fakeClient(accepted);
    const { publisher } = system(onBus, client);
    expect(await publisher.change('OrderChanged', { total: 5 })).toMatchObject({ name: 'OrderChanged' });
    expect(client.sent[0]?.input).toMatchObject({ Entries: [{ DetailType: 'OrderChanged' }] });
    await expect(publisher.change('OrderLost', {})).rejects.toThrow('no event OrderLost to publish');
  });

  test('sends nothing that is invalid, and names path and rule', async () => {
    const client = fakeClient(accepted);
    const error = await thrown(system(onBus, client).publisher.place({ total: 'five' }));
    expect(error).toBeInstanceOf(ValidationFailure);
    expect(error).toMatchObject({
      code: 'invalid-payload',
      path: '/total',
      rule: 'type',
      message: 'OrderPlaced of shop.orders is invalid: /total breaks type {"type":"number"}',
    });
    expect(client.sent).toEqual([]);
  });

  test('sends what it likes when validation is turned off for the call', async () => {
    const client = fakeClient(accepted);
    await system(onBus, client).publisher.place({ total: 'five' }, { validate: false });
    expect(client.sent).toHaveLength(1);
  });

  test.each(['InternalFailure', 'ThrottlingException', 'InternalException'])('sends again after %s', async (code) => {
    const client = fakeClient(refused(code), refused(code), accepted);
    const { publisher, slept } = system(onBus, client);
    expect(await publisher.place({ total: 5 })).toMatchObject({ id: 'event-1' });
    expect(client.sent).toHaveLength(3);
    expect(slept).toHaveLength(2);
    expect(slept[0]).toBeLessThanOrEqual(100);
    expect(slept[1]).toBeLessThanOrEqual(200);
  });

  test('gives up after ten attempts, and says so with the event', async () => {
    const client = fakeClient(refused('ThrottlingException'));
    const error = await thrown(system(onBus, client).publisher.place({ total: 5 }));
    expect(error).toBeInstanceOf(PublishError);
    expect(error).toMatchObject({
      code: 'ThrottlingException',
      message: 'OrderPlaced of shop.orders was not published: no',
      entry: { name: 'OrderPlaced', source: 'shop.orders', payload: { total: 5 } },
    });
    expect(client.sent).toHaveLength(10);
  });

  test.each(['AccessDeniedException', 'MalformedDetail', 'NotAuthorizedForSourceException'])(
    'does not try again after %s',
    async (code) => {
      const client = fakeClient(refused(code));
      expect(await thrown(system(onBus, client).publisher.place({ total: 5 }))).toMatchObject({ code });
      expect(client.sent).toHaveLength(1);
    },
  );

  test('does not multiply the retries of the SDK, and keeps its error as cause', async () => {
    const cause = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    const client = fakeClient(cause);
    expect(await thrown(system(onBus, client).publisher.place({ total: 5 }))).toMatchObject({
      code: 'ThrottlingException',
      cause,
    });
    expect(client.sent).toHaveLength(1);
  });

  test.each([{}, undefined, { Entries: [] }, { Entries: [{}] }])('takes silence (%j) for a refusal', async (answer) => {
    const error = await thrown(system(onBus, fakeClient(answer)).publisher.place({ total: 5 }));
    expect(error).toMatchObject({ name: 'PublishError', code: 'unconfirmed' });
  });

  test('refuses an entry that is one byte too large before anything is sent', async () => {
    const client = fakeClient(accepted);
    const frame = 'shop.ordersOrderPlaced{"total":1,"note":""}'.length;
    const note = (bytes: number): object => ({ total: 1, note: 'é'.repeat(bytes / 2) + 'e'.repeat(bytes % 2) });
    const { publisher } = system(onBus, client);
    await publisher.place(note(1_048_576 - frame));
    expect(client.sent).toHaveLength(1);
    const error = await thrown(publisher.place(note(1_048_577 - frame)));
    expect(error).toMatchObject({ code: 'event-too-large', message: expect.stringContaining('1048577 bytes') });
    expect(await thrown(publisher.place(note(1_048_576 - frame), { time: now }))).toMatchObject({
      message: expect.stringContaining(`${1_048_576 + 14} bytes`),
    });
    expect(client.sent).toHaveLength(1);
  });

  test('refuses what a route behind its destination could not carry', async () => {
    const small = { ...onBus, maximumBytes: 30 };
    expect(await thrown(system(small).publisher.place({ total: 5 }))).toMatchObject({ code: 'event-too-large' });
  });
});

describe('a publisher without its environment', () => {
  test.each([{}, { BUS: '' }])('fails when it is made (%j), naming the variable', (environment) => {
    const make = () => createPublisher({ service: 'orders', operations: { place: [onBus] } }, { environment });
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(expect.objectContaining({ code: 'missing-variable', variable: 'BUS' }));
    expect(make).toThrow('The environment lacks BUS');
  });
});

describe('a publisher of events on a topic', () => {
  const headers = [
    { name: 'market', attributeType: 'String', required: true },
    { name: 'total', attributeType: 'Number', required: false },
    { name: 'tags', attributeType: 'String.Array', required: false },
    { name: 'gift', attributeType: 'String', required: false },
  ] as const;
  const event = { ...onTopic, headers };

  test('sends the payload as body, and type, id and time as attributes', async () => {
    const client = fakeClient({ MessageId: 'm-1' });
    const { id } = await system(onTopic, client).publisher.place({ total: 5 });
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(client.sent[0]).toEqual({
      name: 'PublishCommand',
      input: {
        TopicArn: environment.TOPIC,
        Message: '{"total":5}',
        MessageAttributes: {
          type: { DataType: 'String', StringValue: 'OrderPlaced' },
          id: { DataType: 'String', StringValue: id },
          time: { DataType: 'String', StringValue: '2026-11-20T18:43:48.123Z' },
        },
      },
    });
  });

  test('fills headers from the payload, and from the caller', async () => {
    const client = fakeClient({ MessageId: 'm-1' });
    const payload = { total: 5.5, tags: ['a', 'b'], gift: true };
    await system(event, client).publisher.place(payload, { id: 'mine', headers: { market: 'us' } });
    expect(client.sent[0]?.input.MessageAttributes).toMatchObject({
      id: { StringValue: 'mine' },
      market: { DataType: 'String', StringValue: 'us' },
      total: { DataType: 'Number', StringValue: '5.5' },
      tags: { DataType: 'String.Array', StringValue: '["a","b"]' },
      gift: { DataType: 'String', StringValue: 'true' },
    });
  });

  test('leaves out a header that has no value', async () => {
    const client = fakeClient({ MessageId: 'm-1' });
    await system(event, client).publisher.place({ total: 5, market: 'eu', gift: null, tags: '' });
    expect(Object.keys(client.sent[0]?.input.MessageAttributes ?? {})).toEqual([
      'market',
      'total',
      'type',
      'id',
      'time',
    ]);
  });

  test.each([
    ['header-missing', { total: 5 }],
    ['header-missing', { total: 5, market: '' }],
    ['header-invalid', { total: 5, market: { eu: true } }],
    ['header-invalid', { total: 5, market: 'eu', tags: 'a' }],
    ['header-invalid', { total: Number.NaN, market: 'eu' }],
  ])('refuses with %s before anything is sent: %j', async (code, payload) => {
    const client = fakeClient({ MessageId: 'm-1' });
    expect(await thrown(system(event, client).publisher.place(payload))).toMatchObject({ code, name: 'PublishError' });
    expect(client.sent).toEqual([]);
  });

  test('does not read inherited properties as headers', async () => {
    const odd = { ...onTopic, headers: [{ name: 'constructor', attributeType: 'String', required: false }] as const };
    const client = fakeClient({ MessageId: 'm-1' });
    await system(odd, client).publisher.place({ total: 5 });
    expect(Object.keys(client.sent[0]?.input.MessageAttributes ?? {})).toEqual(['type', 'id', 'time']);
  });

  test('refuses the eleventh attribute', async () => {
    const many = (count: number): PublishedEventDefinition => ({
      ...onTopic,
      headers: Array.from({ length: count }, (_, index) => ({
        name: `h${index}`,
        attributeType: 'Number' as const,
        required: true,
      })),
    });
    const payload = { total: 5, h0: 0, h1: 1, h2: 2, h3: 3, h4: 4, h5: 5, h6: 6, h7: 7 };
    await system(many(7)).publisher.place(payload);
    const error = await thrown(system(many(8)).publisher.place(payload));
    expect(error).toMatchObject({ code: 'too-many-attributes', message: expect.stringContaining('11 attributes') });
  });

  test('counts the attributes as part of the 256 KiB', async () => {
    const { publisher } = system(onTopic);
    const attributes = 'typeStringOrderPlacedidStringxtimeString2026-11-20T18:43:48.123Z'.length;
    const note = (bytes: number): object => ({ total: 1, note: 'x'.repeat(bytes - '{"total":1,"note":""}'.length) });
    await publisher.place(note(262_144 - attributes), { id: 'x' });
    expect(await thrown(publisher.place(note(262_145 - attributes), { id: 'x' }))).toMatchObject({
      code: 'event-too-large',
    });
  });

  test('reports what SNS refuses', async () => {
    const cause = Object.assign(new Error('no'), { name: 'AuthorizationErrorException' });
    expect(await thrown(system(onTopic, fakeClient(cause)).publisher.place({ total: 5 }))).toMatchObject({
      code: 'AuthorizationErrorException',
      cause,
    });
  });
});

describe('a publisher of events on a queue', () => {
  test('sends the payload as body with the same attributes as to a topic', async () => {
    const client = fakeClient({ MessageId: 'm-1' });
    await system(onQueue, client).publisher.place({ total: 5 }, { id: 'x', groupId: 'fair' });
    expect(client.sent[0]).toMatchObject({
      name: 'SendMessageCommand',
      input: {
        QueueUrl: environment.QUEUE,
        MessageBody: '{"total":5}',
        MessageAttributes: { type: { StringValue: 'OrderPlaced' }, id: { StringValue: 'x' } },
        MessageGroupId: 'fair',
      },
    });
    expect(client.sent[0]?.input.MessageDeduplicationId).toBeUndefined();
  });

  const fifo = 'https://sqs/1/orders.fifo';
  const ordered = { ...onQueue, ordering: '/customer/a~1b' };

  test('takes the message group from the payload where the queue is FIFO, and the id against duplicates', async () => {
    const client = fakeClient({ MessageId: 'm-1' });
    const { id } = await system(ordered, client, fifo).publisher.place({ total: 5, customer: { 'a/b': 7 } });
    expect(client.sent[0]?.input).toMatchObject({ MessageGroupId: '7', MessageDeduplicationId: id });
  });

  test('lets the caller name group and deduplication id', async () => {
    const client = fakeClient({ MessageId: 'm-1' });
    await system(ordered, client, fifo).publisher.place({ total: 5 }, { groupId: 'g', deduplicationId: 'd' });
    expect(client.sent[0]?.input).toMatchObject({ MessageGroupId: 'g', MessageDeduplicationId: 'd' });
  });

  test.each([
    { total: 5 },
    { total: 5, customer: {} },
    { total: 5, customer: { 'a/b': null } },
    { total: 5, customer: { 'a/b': '' } },
    { total: 5, customer: { 'a/b': {} } },
  ])('refuses an event without its message group: %j', async (payload) => {
    const client = fakeClient({ MessageId: 'm-1' });
    expect(await thrown(system(ordered, client, fifo).publisher.place(payload))).toMatchObject({
      code: 'group-missing',
    });
    expect(client.sent).toEqual([]);
  });
});
