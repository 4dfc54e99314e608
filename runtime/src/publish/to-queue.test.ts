import { describe, expect, test } from 'vitest';
import { environment, fakeClient, onQueue, publisherSystem, thrown } from '../../../test/support/publisher-system.ts';

describe('a publisher of events on a queue', () => {
  test('sends the payload as body with the same attributes as to a topic', async () => {
    const client = fakeClient({ MessageId: 'm-1' });
    await publisherSystem(onQueue, client).publisher.place({ total: 5 }, { id: 'x', groupId: 'fair' });
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

  test('sends the trace header as SQS takes it, of one event and of many', async () => {
    const client = fakeClient({ MessageId: 'm-1' }, { Successful: [{ Id: '0' }, { Id: '1' }] });
    const { publisher } = publisherSystem(onQueue, client);
    await publisher.place({ total: 5 }, { traceHeader: 'Root=1-2' });
    const event = { name: 'OrderPlaced', payload: { total: 5 } };
    await publisher.$publish([event, { ...event, traceHeader: 'Root=1-3' }]);
    const attributes = (header: string) => ({ AWSTraceHeader: { DataType: 'String', StringValue: header } });
    expect(client.sent[0]?.input.MessageSystemAttributes).toEqual(attributes('Root=1-2'));
    const entries = client.sent[1]?.input.Entries as { readonly MessageSystemAttributes?: object }[];
    expect(entries.map((entry) => entry.MessageSystemAttributes)).toEqual([undefined, attributes('Root=1-3')]);
  });

  test('does not know what became of an event when the answer names no message', async () => {
    const error = await thrown(publisherSystem(onQueue, fakeClient({})).publisher.place({ total: 5 }));
    expect(error).toMatchObject({ code: 'unconfirmed' });
  });

  const fifo = 'https://sqs/1/orders.fifo';
  const ordered = { ...onQueue, ordering: '/customer/a~1b' };

  test('takes the message group from the payload where the queue is FIFO, and the id against duplicates', async () => {
    const client = fakeClient({ MessageId: 'm-1' });
    const { id } = await publisherSystem(ordered, client, fifo).publisher.place({ total: 5, customer: { 'a/b': 7 } });
    expect(client.sent[0]?.input).toMatchObject({ MessageGroupId: '7', MessageDeduplicationId: id });
  });

  test('lets the caller name group and deduplication id', async () => {
    const client = fakeClient({ MessageId: 'm-1' });
    await publisherSystem(ordered, client, fifo).publisher.place({ total: 5 }, { groupId: 'g', deduplicationId: 'd' });
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
    expect(await thrown(publisherSystem(ordered, client, fifo).publisher.place(payload))).toMatchObject({
      code: 'group-missing',
    });
    expect(client.sent).toEqual([]);
  });

  const fair = { ...onQueue, fairness: '/tenant/id' };

  test('of a fair queue names its group and no deduplication id', async () => {
    const client = fakeClient({ MessageId: 'm-1' });
    await publisherSystem(fair, client).publisher.place({ total: 5, tenant: { id: 12 } });
    expect(client.sent[0]?.input.MessageGroupId).toBe('12');
    expect(client.sent[0]?.input.MessageDeduplicationId).toBeUndefined();
  });

  test('of a fair queue lets the caller name the group', async () => {
    const client = fakeClient({ MessageId: 'm-1' });
    await publisherSystem(fair, client).publisher.place({ total: 5, tenant: { id: 12 } }, { groupId: 'other' });
    expect(client.sent[0]?.input.MessageGroupId).toBe('other');
  });

  test.each([{ total: 5 }, { total: 5, tenant: { id: '' } }, { total: 5, tenant: { id: null } }])(
    'of a fair queue sends an event without a group as one of its own: %j',
    async (payload) => {
      const client = fakeClient({ MessageId: 'm-1' });
      await publisherSystem(fair, client).publisher.place(payload);
      expect(client.sent[0]?.input.MessageGroupId).toBeUndefined();
    },
  );
});
