import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dynamoDbInMemory } from '../../../test/support/dynamo-db.ts';
import { connect } from '../connection.ts';
import { type AttributeJson, marshal, unmarshal } from './attribute-value.ts';
import { checkTable } from './check-table.ts';
import { tableOf } from './table.ts';

function table() {
  const dynamoDb = dynamoDbInMemory();
  const environment = { EVENTLOOM_TABLE_NAME: 'remembered' };
  return { ...dynamoDb, ...tableOf(connect({ environment, clients: { dynamoDb: dynamoDb.client as never } })) };
}

describe('values of attributes', () => {
  test('are read as they were written, whatever JSON they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as AttributeJson;
        expect(unmarshal(marshal(json))).toEqual(json);
      }),
    );
  });

  test('keep an attribute called __proto__ as data', () => {
    const value = JSON.parse('{ "__proto__": { "admin": true }, "a": 1 }');
    const read = unmarshal(marshal(value));
    expect(JSON.stringify(read)).toBe('{"__proto__":{"admin":true},"a":1}');
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  test('of other types are passed over', () => {
    expect(unmarshal({ SS: ['a'] })).toBeNull();
  });
});

describe('a table', () => {
  test('gives back what was put, and nothing for what was not', async () => {
    const { put, get } = table();
    await put({ id: 'a', count: 1, none: undefined, list: ['x', null, true] });
    expect(await get('a')).toEqual({ id: 'a', count: 1, list: ['x', null, true] });
    expect(await get('b')).toBeUndefined();
  });

  test('answers an unmet condition with what stands there', async () => {
    const { put } = table();
    const condition = { condition: 'attribute_not_exists(#id)' };
    expect(await put({ id: 'a', count: 1 }, condition)).toEqual({ written: true, item: undefined });
    expect(await put({ id: 'a', count: 2 }, condition)).toEqual({ written: false, item: { id: 'a', count: 1 } });
  });

  test('updates under a condition, and gives back the whole item', async () => {
    const { put, update } = table();
    await put({ id: 'a', owner: 'me', count: 1 });
    const change = { update: 'SET #count = :count', condition: '#owner = :owner' };
    expect(await update('a', { ...change, values: { count: 2, owner: 'me' } })).toEqual({
      written: true,
      item: { id: 'a', owner: 'me', count: 2 },
    });
    expect(await update('a', { ...change, values: { count: 3, owner: 'you' } })).toMatchObject({
      written: false,
      item: { count: 2 },
    });
  });

  test('deletes under a condition', async () => {
    const { put, get, delete: remove } = table();
    await put({ id: 'a', owner: 'me' });
    const condition = '#owner = :owner';
    expect(await remove('a', { condition, values: { owner: 'you' } })).toMatchObject({ written: false });
    expect(await remove('a', { condition, values: { owner: 'me' } })).toMatchObject({ written: true });
    expect(await get('a')).toBeUndefined();
  });

  test('rejects with what the client says when DynamoDB is out of order', async () => {
    const { get, put, faults } = table();
    faults.outage = true;
    await expect(get('a')).rejects.toMatchObject({ name: 'InternalServerError' });
    await expect(put({ id: 'a' })).rejects.toMatchObject({ name: 'InternalServerError' });
  });

  test('that the environment does not name is told with the name of the variable', () => {
    expect(() => tableOf(connect({ environment: {} }))).toThrow(
      expect.objectContaining({ name: 'ConfigurationError', variable: 'EVENTLOOM_TABLE_NAME' }),
    );
  });
});

describe('a handler that needs the table', () => {
  const onLambda = { AWS_LAMBDA_FUNCTION_NAME: 'f' };

  test('is not made on Lambda without one', () => {
    expect(() => checkTable({ environment: onLambda }, undefined)).toThrow(/EVENTLOOM_TABLE_NAME/);
  });

  test.each([
    ['with one', { ...onLambda, EVENTLOOM_TABLE_NAME: 't' }, undefined],
    ['with a store in its place', onLambda, {}],
    ['elsewhere, where the environment comes with the invocation', {}, undefined],
  ])('is made %s', (_case, environment, store) => {
    expect(() => checkTable({ environment }, store)).not.toThrow();
  });
});
