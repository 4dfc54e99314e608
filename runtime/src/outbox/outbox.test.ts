import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { clock, definition, environment, type OrdersOutbox, outbox } from '../../../test/support/orders-outbox.ts';
import type { AwsClient } from '../connection.ts';
import { createOutbox } from './outbox.ts';

describe('an outbox', () => {
  test('makes an event an item of a transaction, with its identity', () => {
    const { Put } = outbox().placeOrder({ n: 1 }, { id: 'o-1', correlationId: 'c-1' });
    expect(Put).toEqual({
      TableName: 'outbox',
      ConditionExpression: 'attribute_not_exists(id)',
      Item: {
        id: { S: 'o-1' },
        name: { S: 'OrderPlaced' },
        source: { S: 'shop.orders' },
        payload: { S: '{"n":1}' },
        time: { S: '2026-11-25T12:00:00.123Z' },
        options: { S: '{"correlationId":"c-1"}' },
        createdAt: { S: '2026-11-25T12:00:00.123Z' },
        expiration: { N: `${Date.parse('2026-12-09T12:00:00Z') / 1000}` },
      },
    });
  });

  test('gives every event an id of its own', () => {
    const ids = [1, 2].map((n) => outbox().placeOrder({ n }).Put.Item.id.S);
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toMatch(/^[\da-f-]{36}$/);
  });

  test('is written by a transaction of DynamoDB as it is', () => {
    const command = new TransactWriteItemsCommand({ TransactItems: [outbox().placeOrder({ n: 1 })] });
    expect(command.input.TransactItems).toHaveLength(1);
  });

  test('refuses what could not be published later', () => {
    expect(() => outbox().placeOrder({ n: 'x' })).toThrow(expect.objectContaining({ code: 'invalid-payload' }));
    expect(() => outbox().work('Pick', { n: 1 }, { headers: {} })).not.toThrow();
    const large = { n: 1, note: 'x'.repeat(409_600) };
    expect(() => outbox().placeOrder(large)).toThrow(expect.objectContaining({ code: 'event-too-large' }));
    const time = new Date(Number.NaN);
    expect(() => outbox().placeOrder({ n: 1 }, { time })).toThrow(expect.objectContaining({ code: 'option-invalid' }));
    const correlationId = 'c'.repeat(2_100);
    expect(() => outbox().placeOrder({ n: 1 }, { correlationId })).toThrow(
      expect.objectContaining({ code: 'option-invalid' }),
    );
    expect(() => outbox().work('Pick', { n: 1 }, { groupId: 'Ada Lovelace' })).toThrow(
      expect.objectContaining({ code: 'group-invalid' }),
    );
    expect(() => outbox().work('Nothing', { n: 1 })).toThrow(expect.objectContaining({ code: 'unknown-event' }));
  });

  test('needs the table at once, and no destination', () => {
    expect(() => outbox({ EVENTLOOM_OUTBOX_TABLE_NAME: '' })).toThrow(
      expect.objectContaining({ name: 'ConfigurationError' }),
    );
    expect(() => outbox({ BUS: undefined }).placeOrder({ n: 1 })).not.toThrow();
  });

  test('writes items and events in one transaction', async () => {
    const inputs: unknown[] = [];
    const dynamoDb: AwsClient = { send: async (command) => inputs.push((command as { input: unknown }).input) };
    const own = { Put: { TableName: 'orders', Item: { id: { S: '1' } } } };
    const made = createOutbox<OrdersOutbox>(definition, { environment, clock, clients: { dynamoDb } });
    const event = made.placeOrder({ n: 1 });
    await made.$transact([own], [event]);
    expect(inputs).toEqual([{ TransactItems: [own, event] }]);
  });
});
