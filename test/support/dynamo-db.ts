import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AwsError, connectionReset, createLocalSystem, type Interceptor } from '@eventloom/local';

export type StoredItem = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One table of the local system, behind the real client and under any name. */
export interface DynamoDbInMemory {
  readonly client: DynamoDBClient;
  /** What stands in the table after the last request, by id; what a test puts here stands there at the next. */
  readonly items: Map<string, StoredItem>;
  /** Names of the operations that were asked for. */
  readonly requests: string[];
  /** Set: answers fail after the write was done (`lostAnswers`), or all requests fail (`outage`). */
  readonly faults: { lostAnswers: number; outage: boolean };
}

/** Makes an empty one. */
export function dynamoDbInMemory(): DynamoDbInMemory {
  const items = new Map<string, StoredItem>();
  const known = new Map<string, StoredItem>();
  const requests: string[] = [];
  const faults = { lostAnswers: 0, outage: false };
  const TableName = 'table';
  const interceptor: Interceptor = async (call, next) => {
    requests.push(call.operation);
    if (faults.outage) throw new AwsError('InternalServerError', 'out of order', { status: 500 });
    const ask = (operation: string, input: object) => next({ ...call, operation, input: { ...input, TableName } });
    for (const [id, Item] of items) if (known.get(id) !== Item) await ask('PutItem', { Item });
    const answer = await ask(call.operation, call.input);
    const { Items } = (await ask('Scan', {})) as { readonly Items: readonly StoredItem[] };
    items.clear();
    known.clear();
    for (const item of Items) for (const map of [items, known]) map.set(String(item.id?.S), item);
    if (faults.lostAnswers-- > 0) throw connectionReset();
    return answer;
  };
  const topology = { system: 'test', destinations: [], services: [], consumers: [] };
  const tables = [{ name: TableName, partitionKey: 'id' }];
  const { clients } = createLocalSystem({ topology, handlers: {}, tables, interceptors: [interceptor] });
  return { client: clients.dynamoDb, items, requests, faults };
}
