import { limits } from '@eventloom/engine';
import { invalid } from '../dynamodb/invalid.ts';
import { getItem, query, scan } from '../dynamodb/read.ts';
import { type Table, writeItemAt } from '../dynamodb/table.ts';
import { transactWriteItems } from '../dynamodb/transact.ts';
import { conditionFailed, readWrite, returnedAttributes, type WriteKind } from '../dynamodb/write.ts';
import type { World } from '../state/world.ts';
import { authorizeTable } from './access.ts';
import { AwsError } from './aws-error.ts';
import type { WireCall, WireInput } from './call.ts';
import { structures, text } from './input.ts';

type Operation = (world: World, input: WireInput, call: WireCall) => unknown;

const operations: ReadonlyMap<string, Operation> = new Map([
  ['GetItem', (world, input, call) => getItem(tableOf(world, input, call), input)],
  ['Query', (world, input, call) => query(tableOf(world, input, call), input)],
  ['Scan', (world, input, call) => scan(tableOf(world, input, call), input)],
  ['PutItem', write('Put')],
  ['UpdateItem', write('Update')],
  ['DeleteItem', write('Delete')],
  ['TransactWriteItems', transact],
  ['BatchGetItem', batchGet],
  ['DescribeTable', describeTable],
] satisfies [string, Operation][]);

/** Answers a call of DynamoDB. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations.html */
export function callDynamoDb(world: World, call: WireCall): unknown {
  const answer = operations.get(call.operation);
  if (answer !== undefined) return answer(world, call.input, call);
  throw new AwsError('UnknownOperationException', `The local DynamoDB has no operation ${call.operation}`);
}

/** A table may be named by its name or by its ARN. */
function tableOf(world: World, input: WireInput, { caller, operation }: WireCall): Table {
  const name = text(input, 'TableName');
  const table = world.tables.get(name.startsWith('arn:') ? name.slice(name.lastIndexOf('/') + 1) : name);
  if (table === undefined) throw new AwsError('ResourceNotFoundException', `Requested resource not found: ${name}`);
  authorizeTable(world, caller, table, operation);
  return table;
}

function write(kind: WriteKind): Operation {
  return (world, input, call) => {
    const planned = readWrite(tableOf(world, input, call), kind, input);
    if (!planned.isAllowed) throw conditionFailed(planned);
    const after = planned.after();
    writeItemAt(planned.table, planned.place, after, call.caller);
    return returnedAttributes(input, planned, after);
  };
}

function transact(world: World, input: WireInput, call: WireCall): unknown {
  const find = (part: WireInput) => tableOf(world, part, call);
  return transactWriteItems(find, input, {
    recent: world.transactions,
    now: world.scheduler.now(),
    caller: call.caller,
  });
}

function batchGet(world: World, input: WireInput, call: WireCall): unknown {
  const requests = Object.entries((input.RequestItems ?? {}) as Record<string, WireInput>);
  const keys = requests.reduce((sum, [, request]) => sum + structures(request, 'Keys').length, 0);
  if (keys === 0 || keys > limits.batchGetItems.value) {
    throw invalid(`Too many items requested for the BatchGetItem call: at most ${limits.batchGetItems.value}`);
  }
  const responses = requests.map(([TableName, request]) => {
    const table = tableOf(world, { TableName }, call);
    const found = structures(request, 'Keys').map((Key) => getItem(table, { ...request, Key }));
    return [TableName, found.flatMap((answer) => ('Item' in answer ? [answer.Item] : []))] as const;
  });
  return { Responses: Object.fromEntries(responses), UnprocessedKeys: {} };
}

function describeTable(world: World, input: WireInput, call: WireCall): unknown {
  const { name, arn, partitionKey, sortKey, partitions } = tableOf(world, input, call);
  const keys = sortKey === null ? [partitionKey] : [partitionKey, sortKey];
  return {
    Table: {
      TableName: name,
      TableArn: arn,
      TableStatus: 'ACTIVE',
      ItemCount: [...partitions.values()].reduce((sum, partition) => sum + partition.size, 0),
      KeySchema: keys.map((key, index) => ({ AttributeName: key.name, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
      AttributeDefinitions: keys.map((key) => ({ AttributeName: key.name, AttributeType: key.type })),
    },
  };
}
