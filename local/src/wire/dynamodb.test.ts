import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Consumer } from '@eventloom/engine';
import { expect, test } from 'vitest';
import { modulesOf } from '../fixtures/handlers.ts';
import { busRoute, queueConsumer, shopBus, topologyOf } from '../fixtures/topology.ts';
import type { LocalLambdaContext } from '../handlers.ts';
import { createLocalSystem } from '../system.ts';

const idempotency = { key: null, ttlSeconds: 60, replays: 'skip' } as const;
const remembering = (key: string): Consumer => ({
  ...queueConsumer(key, [busRoute('r', { source: ['s'] })]),
  idempotency,
});

function shop(handlers: Parameters<typeof modulesOf>[0] = { 'a/b': () => {}, 'c/d': () => {} }) {
  const topology = topologyOf([shopBus], [remembering('a/b'), remembering('c/d')]);
  const system = createLocalSystem({
    topology,
    handlers: modulesOf(handlers),
    tables: [{ name: 'lines', partitionKey: 'order', sortKey: { name: 'line', type: 'N' } }],
  });
  const TableName = system.environmentOf('a').EVENTLOOM_TABLE_NAME ?? '';
  const { dynamoDb } = system.clients;
  const key = { id: { S: 'one' } };
  const put = (item: object, rest: object = {}) =>
    dynamoDb.send(new PutItemCommand({ TableName, Item: { ...key, ...item }, ...rest }));
  const update = (
    expression: string,
    values?: UpdateItemCommandInput['ExpressionAttributeValues'],
    rest: object = {},
  ) =>
    dynamoDb.send(
      new UpdateItemCommand({
        TableName,
        Key: key,
        UpdateExpression: expression,
        ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
        ReturnValues: 'ALL_NEW',
        ...rest,
      }),
    );
  const get = async () => (await dynamoDb.send(new GetItemCommand({ TableName, Key: key }))).Item;
  return { system, dynamoDb, TableName, key, put, update, get };
}

test('an item comes back as it was put, whatever its values', async () => {
  const { put, get, key } = shop();
  const item = {
    text: { S: 'é\u0000"' },
    number: { N: '-12.5' },
    bytes: { B: new Uint8Array([0, 255]) },
    yes: { BOOL: true },
    nothing: { NULL: true },
    list: { L: [{ S: 'a' }, { N: '1' }] },
    map: { M: { ['__proto__']: { S: 'own' } } },
    names: { SS: ['b', 'a'] },
  };
  await put(item);
  expect(await get()).toEqual({ ...key, ...item });
});

test('a condition that does not hold is refused as the SDK knows it, with the item when that is asked for', async () => {
  const { put } = shop();
  const onlyOnce = { ConditionExpression: 'attribute_not_exists(id)' };
  await put({ a: { S: '1' } }, onlyOnce);
  const refusal = await put({}, { ...onlyOnce, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }).catch(
    (error) => error,
  );
  expect(refusal).toBeInstanceOf(ConditionalCheckFailedException);
  expect(refusal).toMatchObject({
    Item: { id: { S: 'one' }, a: { S: '1' } },
    message: 'The conditional request failed',
  });
});

test('the lock of an idempotent handler is taken once, and again when it has expired', async () => {
  const { put } = shop();
  const lock = (now: string) =>
    put(
      { status: { S: 'INPROGRESS' }, expiration: { N: '200' }, until: { N: '100' } },
      {
        ConditionExpression:
          'attribute_not_exists(#id) OR #expiration < :now OR (#status = :busy AND attribute_exists(#until) AND #until < :now)',
        ExpressionAttributeNames: { '#id': 'id', '#expiration': 'expiration', '#status': 'status', '#until': 'until' },
        ExpressionAttributeValues: { ':now': { N: now }, ':busy': { S: 'INPROGRESS' } },
      },
    );
  await lock('50');
  await expect(lock('60')).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  await lock('101');
});

test('updates count, default, append, add to sets, take from them and remove', async () => {
  const { put, update } = shop();
  await put({
    list: { L: [{ S: 'a' }, { S: 'b' }, { S: 'c' }] },
    names: { SS: ['x', 'y'] },
    old: { S: '' },
    map: { M: {} },
  });
  const { Attributes } = await update(
    'SET #n = if_not_exists(#n, :zero) + :one, tail = list_append(list, :more), #m.inner = :one ' +
      'REMOVE list[0], list[1], old ADD seen :names DELETE names :x',
    {
      ':zero': { N: '0' },
      ':one': { N: '1' },
      ':more': { L: [{ S: 'd' }] },
      ':names': { SS: ['n'] },
      ':x': { SS: ['x'] },
    },
    { ExpressionAttributeNames: { '#n': 'count', '#m': 'map' } },
  );
  expect(Attributes).toEqual({
    id: { S: 'one' },
    count: { N: '1' },
    tail: { L: [{ S: 'a' }, { S: 'b' }, { S: 'c' }, { S: 'd' }] },
    list: { L: [{ S: 'c' }] },
    map: { M: { inner: { N: '1' } } },
    seen: { SS: ['n'] },
    names: { SS: ['y'] },
  });
});

test('numbers are exact', async () => {
  const { update } = shop();
  await update('SET n = :n', { ':n': { N: '12345678901234567890.1' } });
  const { Attributes } = await update('ADD n :n', { ':n': { N: '0.9' } });
  expect(Attributes?.n).toEqual({ N: '12345678901234567891' });
});

test('an update makes the item when there is none, and answers with what it was asked for', async () => {
  const { update } = shop();
  const old = await update('SET a = :a', { ':a': { S: '1' } }, { ReturnValues: 'ALL_OLD' });
  expect(old.Attributes).toBeUndefined();
  const next = await update('SET a = :a, b = :a', { ':a': { S: '2' } }, { ReturnValues: 'UPDATED_OLD' });
  expect(next.Attributes).toEqual({ a: { S: '1' } });
});

test.each([
  ['a syntax error', 'SET a :a', { ':a': { S: '' } }, /Syntax error; token: ":a"/],
  ['a strange character', 'SET a = :a ;', { ':a': { S: '' } }, /Syntax error; token: ";"/],
  [
    'a value that is not given',
    'SET a = :b',
    undefined,
    /value used in expression is not defined; attribute value: :b/,
  ],
  ['a value that is not used', 'REMOVE a', { ':a': { S: '' } }, /unused in expressions: keys: \{:a\}/],
  ['a change of the key', 'SET id = :a', { ':a': { S: '' } }, /Cannot update attribute id/],
  ['paths that overlap', 'SET a.b = :a REMOVE a', { ':a': { S: '' } }, /Two document paths overlap/],
  [
    'a path into nothing',
    'SET a.b = :a',
    { ':a': { S: '' } },
    /document path provided in the update expression is invalid/,
  ],
  ['an attribute that is missing', 'SET a = b', undefined, /refers to an attribute that does not exist/],
  ['text to be added', 'SET a = :a + :a', { ':a': { S: '' } }, /incorrect data type/],
  ['an unknown function', 'SET a = max(b, c)', undefined, /Invalid function name; function: max/],
])('an update with %s is refused', async (_, expression, values, message) => {
  const { update } = shop();
  await expect(update(expression, values)).rejects.toMatchObject({ name: 'ValidationException', message });
});

test('an item that is too large is refused', async () => {
  const { put, get } = shop();
  await expect(put({ text: { S: 'x'.repeat(409_600) } })).rejects.toMatchObject({ name: 'ValidationException' });
  expect(await get()).toBeUndefined();
});

test('a key that is too long, and an attribute without a name, are refused', async () => {
  const { put } = shop();
  const invalid = { name: 'ValidationException' };
  await put({ id: { S: 'é'.repeat(1_024) } });
  await expect(put({ id: { S: 'é'.repeat(1_025) } })).rejects.toMatchObject(invalid);
  await expect(put({ nested: { M: { '': { S: 'x' } } } })).rejects.toMatchObject(invalid);
});

test('a transaction writes all or nothing, and says which condition failed', async () => {
  const { dynamoDb, TableName, put, get } = shop();
  await put({ a: { S: 'first' } });
  const write = (id: string, rest: object = {}) => ({ Put: { TableName, Item: { id: { S: id } }, ...rest } });
  const TransactItems = [write('two'), write('one', { ConditionExpression: 'attribute_not_exists(id)' })];
  const refusal = await dynamoDb.send(new TransactWriteItemsCommand({ TransactItems })).catch((error) => error);
  expect(refusal).toBeInstanceOf(TransactionCanceledException);
  expect(refusal.CancellationReasons).toMatchObject([{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }]);
  const two = await dynamoDb.send(new GetItemCommand({ TableName, Key: { id: { S: 'two' } } }));
  expect(two.Item).toBeUndefined();
  expect(await get()).toMatchObject({ a: { S: 'first' } });
});

test('a transaction that comes again with its token is done once', async () => {
  const { dynamoDb, TableName, key, get } = shop();
  const count = {
    Update: { TableName, Key: key, UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } },
  };
  const command = () => new TransactWriteItemsCommand({ TransactItems: [count], ClientRequestToken: 'token' });
  await dynamoDb.send(command());
  await dynamoDb.send(command());
  expect(await get()).toMatchObject({ n: { N: '1' } });
});

test('a query reads a partition in the order of its sort key, page by page', async () => {
  const { dynamoDb } = shop();
  for (const line of ['10', '9', '-1']) {
    await dynamoDb.send(new PutItemCommand({ TableName: 'lines', Item: { order: { S: 'o' }, line: { N: line } } }));
  }
  await dynamoDb.send(new PutItemCommand({ TableName: 'lines', Item: { order: { S: 'p' }, line: { N: '1' } } }));
  const query = (rest: object) =>
    dynamoDb.send(
      new QueryCommand({
        TableName: 'lines',
        KeyConditionExpression: '#o = :o AND line BETWEEN :least AND :most',
        ExpressionAttributeNames: { '#o': 'order' },
        ExpressionAttributeValues: { ':o': { S: 'o' }, ':least': { N: '-5' }, ':most': { N: '10' } },
        ...rest,
      }),
    );
  const first = await query({ Limit: 2 });
  expect(first.Items?.map(({ line }) => line?.N)).toEqual(['-1', '9']);
  const second = await query({ ExclusiveStartKey: first.LastEvaluatedKey });
  expect(second.Items?.map(({ line }) => line?.N)).toEqual(['10']);
  expect(second.LastEvaluatedKey).toBeUndefined();
});

test('several items are read at once, and deleted ones are gone', async () => {
  const { dynamoDb, TableName, key, put } = shop();
  await put({});
  const read = () =>
    dynamoDb.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [key, { id: { S: 'none' } }] } } }));
  expect((await read()).Responses).toEqual({ [TableName]: [key] });
  const { Attributes } = await dynamoDb.send(new DeleteItemCommand({ TableName, Key: key, ReturnValues: 'ALL_OLD' }));
  expect(Attributes).toEqual(key);
  expect((await read()).Responses).toEqual({ [TableName]: [] });
});

test('an expired item stays until DynamoDB gets round to it', async () => {
  const { system, put, get } = shop();
  await put({ expiration: { N: '1' } });
  await system.advance(1000);
  expect(await get()).toMatchObject({ expiration: { N: '1' } });
});

test('a table that does not exist is told', async () => {
  const { dynamoDb } = shop();
  const command = new GetItemCommand({ TableName: 'none', Key: { id: { S: 'x' } } });
  await expect(dynamoDb.send(command)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a function reads the table of its own service and no other', async () => {
  const seen: unknown[] = [];
  const read = async (_: unknown, context: LocalLambdaContext) => {
    const { clients, environment } = Object(context)[Symbol.for('eventloom.invocation')];
    for (const TableName of [environment.EVENTLOOM_TABLE_NAME, 'shop-c']) {
      const command = new GetItemCommand({ TableName, Key: { id: { S: 'x' } } });
      seen.push(
        await clients.dynamoDb.send(command).then(
          () => 'allowed',
          (error: Error) => error.name,
        ),
      );
    }
  };
  const { system } = shop({ 'a/b': read, 'c/d': () => {} });
  const { PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
  const entry = { EventBusName: 'shop', Source: 's', DetailType: 'D', Detail: '{}' };
  await system.clients.eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
  await system.settle();
  expect(seen).toEqual(['allowed', 'AccessDeniedException']);
});
