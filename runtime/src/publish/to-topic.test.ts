import { describe, expect, test } from 'vitest';
import { environment, fakeClient, onTopic, publisherSystem, thrown } from '../../../test/support/publisher-system.ts';
import type { PublishedEventDefinition } from '../definitions.ts';

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
    const { id } = await publisherSystem(onTopic, client).publisher.place({ total: 5 });
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
    await publisherSystem(event, client).publisher.place(payload, { id: 'mine', headers: { market: 'us' } });
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
    await publisherSystem(event, client).publisher.place({ total: 5, market: 'eu', gift: null, tags: '' });
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
    ['header-invalid', { total: 5, market: 'eu', tags: { 0: 'a' } }],
  ])('refuses with %s before anything is sent: %j', async (code, payload) => {
    const client = fakeClient({ MessageId: 'm-1' });
    expect(await thrown(publisherSystem(event, client).publisher.place(payload))).toMatchObject({
      code,
      name: 'PublishError',
    });
    expect(client.sent).toEqual([]);
  });

  test('refuses a header that is not what the payload says', async () => {
    const client = fakeClient({ MessageId: 'm-1' });
    const { publisher } = publisherSystem(event, client);
    const payload = { total: 5, market: 'eu' };
    expect(await thrown(publisher.place(payload, { headers: { market: 'us' } }))).toMatchObject({
      name: 'PublishError',
      code: 'header-invalid',
      message: expect.stringContaining('header market is not what the payload says'),
    });
    await publisher.place(payload, { headers: { market: 'eu', total: 5 } });
    expect(client.sent).toHaveLength(1);
  });

  test('does not read inherited properties as headers', async () => {
    const odd = { ...onTopic, headers: [{ name: 'constructor', attributeType: 'String', required: false }] as const };
    const client = fakeClient({ MessageId: 'm-1' });
    await publisherSystem(odd, client).publisher.place({ total: 5 });
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
    await publisherSystem(many(7)).publisher.place(payload);
    const error = await thrown(publisherSystem(many(8)).publisher.place(payload));
    expect(error).toMatchObject({ code: 'too-many-attributes', message: expect.stringContaining('11 attributes') });
  });

  test('counts the attributes as part of the 256 KiB', async () => {
    const { publisher } = publisherSystem(onTopic);
    const attributes = 'typeStringOrderPlacedidStringxtimeString2026-11-20T18:43:48.123Z'.length;
    const note = (bytes: number): object => ({ total: 1, note: 'x'.repeat(bytes - '{"total":1,"note":""}'.length) });
    await publisher.place(note(262_144 - attributes), { id: 'x' });
    expect(await thrown(publisher.place(note(262_145 - attributes), { id: 'x' }))).toMatchObject({
      code: 'event-too-large',
    });
  });

  test('reports what SNS refuses', async () => {
    const cause = Object.assign(new Error('no'), { name: 'AuthorizationErrorException' });
    expect(await thrown(publisherSystem(onTopic, fakeClient(cause)).publisher.place({ total: 5 }))).toMatchObject({
      code: 'AuthorizationErrorException',
      cause,
    });
  });
});
