import { describe, expect, test } from 'vitest';
import {
  accepted,
  fakeClient,
  now,
  onBus,
  publisherSystem,
  refused,
  thrown,
} from '../../../test/support/publisher-system.ts';
import { ConfigurationError, PublishError, ValidationFailure } from '../errors.ts';
import { createPublisher } from './publisher.ts';

describe('a publisher of events on a bus', () => {
  test('puts the payload as detail, and gives the id of EventBridge', async () => {
    const client = fakeClient(accepted);
    const event = await publisherSystem(onBus, client).publisher.place({ total: 5 });
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
    await publisherSystem(onBus, client).publisher.place({ total: 5 }, { time: now, traceHeader: 'Root=1-2' });
    expect(client.sent[0]?.input).toMatchObject({ Entries: [{ Time: now, TraceHeader: 'Root=1-2' }] });
  });

  test('chooses among several events of an operation by name', async () => {
    const client = fakeClient(accepted);
    const { publisher } = publisherSystem(onBus, client);
    expect(await publisher.change('OrderChanged', { total: 5 })).toMatchObject({ name: 'OrderChanged' });
    expect(client.sent[0]?.input).toMatchObject({ Entries: [{ DetailType: 'OrderChanged' }] });
    await expect(publisher.change('OrderLost', {})).rejects.toMatchObject({ code: 'unknown-event' });
  });

  test('sends nothing that is invalid, and names path and rule', async () => {
    const client = fakeClient(accepted);
    const error = await thrown(publisherSystem(onBus, client).publisher.place({ total: 'five' }));
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
    await publisherSystem(onBus, client).publisher.place({ total: 'five' }, { validate: false });
    expect(client.sent).toHaveLength(1);
  });

  test.each(['InternalFailure', 'ThrottlingException', 'InternalException'])('sends again after %s', async (code) => {
    const client = fakeClient(refused(code), refused(code), accepted);
    const { publisher, slept } = publisherSystem(onBus, client);
    expect(await publisher.place({ total: 5 })).toMatchObject({ id: 'event-1' });
    expect(client.sent).toHaveLength(3);
    expect(slept).toHaveLength(2);
    expect(slept[0]).toBeLessThanOrEqual(100);
    expect(slept[1]).toBeLessThanOrEqual(200);
  });

  test.each([{ EventId: 'event-1', ErrorCode: 'InternalFailure' }, { EventId: '' }, { EventId: null }])(
    'takes an answer that says two things, or none, as unconfirmed: %j',
    async (entry) => {
      const client = fakeClient({ FailedEntryCount: 0, Entries: [entry] });
      const error = await thrown(publisherSystem(onBus, client).publisher.place({ total: 5 }));
      expect(error).toMatchObject({ code: 'unconfirmed' });
      expect(client.sent).toHaveLength(1);
    },
  );

  test('gives up after ten attempts, and says so with the event', async () => {
    const client = fakeClient(refused('ThrottlingException'));
    const error = await thrown(publisherSystem(onBus, client).publisher.place({ total: 5 }));
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
      expect(await thrown(publisherSystem(onBus, client).publisher.place({ total: 5 }))).toMatchObject({ code });
      expect(client.sent).toHaveLength(1);
    },
  );

  test('does not multiply the retries of the SDK, and keeps its error as cause', async () => {
    const cause = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    const client = fakeClient(cause);
    expect(await thrown(publisherSystem(onBus, client).publisher.place({ total: 5 }))).toMatchObject({
      code: 'ThrottlingException',
      cause,
    });
    expect(client.sent).toHaveLength(1);
  });

  test.each([{}, undefined, { Entries: [] }, { Entries: [{}] }])('takes silence (%j) for a refusal', async (answer) => {
    const error = await thrown(publisherSystem(onBus, fakeClient(answer)).publisher.place({ total: 5 }));
    expect(error).toMatchObject({ name: 'PublishError', code: 'unconfirmed' });
  });

  test('refuses an entry that is one byte too large before anything is sent', async () => {
    const client = fakeClient(accepted);
    const frame = 'shop.ordersOrderPlaced{"total":1,"note":""}'.length;
    const note = (bytes: number): object => ({ total: 1, note: 'é'.repeat(bytes / 2) + 'e'.repeat(bytes % 2) });
    const { publisher } = publisherSystem(onBus, client);
    await publisher.place(note(1_048_575 - frame));
    expect(client.sent).toHaveLength(1);
    const error = await thrown(publisher.place(note(1_048_576 - frame)));
    expect(error).toMatchObject({ code: 'event-too-large', message: expect.stringContaining('1048576 bytes') });
    expect(await thrown(publisher.place(note(1_048_575 - frame), { time: now }))).toMatchObject({
      message: expect.stringContaining(`${1_048_575 + 14} bytes`),
    });
    expect(client.sent).toHaveLength(1);
  });

  test('refuses what a route behind its destination could not carry', async () => {
    const small = { ...onBus, maximumBytes: 30 };
    expect(await thrown(publisherSystem(small).publisher.place({ total: 5 }))).toMatchObject({
      code: 'event-too-large',
    });
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
