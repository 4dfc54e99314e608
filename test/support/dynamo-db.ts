import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

type Value = Readonly<Record<string, unknown>>;
export type StoredItem = Readonly<Record<string, Value>>;

interface Request {
  readonly Item: StoredItem;
  readonly Key: StoredItem;
  readonly ConditionExpression?: string;
  readonly UpdateExpression: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: StoredItem;
}

/** DynamoDB behind the real client, as far as the runtime's tests need it: items by `id`, conditions, `SET`. */
export interface DynamoDbInMemory {
  readonly client: DynamoDBClient;
  readonly items: Map<string, StoredItem>;
  /** Names of the operations that were asked for. */
  readonly requests: string[];
  /** Set: answers fail after the write was done (`lostAnswers`), or all requests fail (`outage`). */
  readonly faults: { lostAnswers: number; outage: boolean };
}

interface HttpRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** Makes an empty one. */
export function dynamoDbInMemory(): DynamoDbInMemory {
  const items = new Map<string, StoredItem>();
  const requests: string[] = [];
  const faults = { lostAnswers: 0, outage: false };
  const handle = async ({ headers, body }: HttpRequest): Promise<{ response: object }> => {
    const operation = headers['x-amz-target']?.split('.')[1] ?? '';
    requests.push(operation);
    if (faults.outage) return { response: answer(500, { __type: 'InternalServerError' }) };
    const response = respond(
      items,
      operation,
      JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body)),
    );
    if (faults.lostAnswers-- > 0) throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
    return { response };
  };
  const client = new DynamoDBClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 2,
    requestHandler: { handle } as never,
  });
  return { client, items, requests, faults };
}

function answer(statusCode: number, body: object): object {
  const headers = { 'content-type': 'application/x-amz-json-1.0' };
  return { statusCode, headers, body: new TextEncoder().encode(JSON.stringify(body)) };
}

function respond(items: Map<string, StoredItem>, operation: string, request: Request): object {
  const id = String((request.Item ?? request.Key).id?.S);
  const found = items.get(id);
  if (operation === 'GetItem') return answer(200, found ? { Item: found } : {});
  if (!isMet(request, found)) {
    const __type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
    return answer(400, { __type, message: 'The conditional request failed', Item: found });
  }
  if (operation === 'DeleteItem') items.delete(id);
  if (operation === 'PutItem') items.set(id, request.Item);
  if (operation !== 'UpdateItem') return answer(200, {});
  const updated = { ...request.Key, ...found, ...assignments(request) };
  items.set(id, updated);
  return answer(200, { Attributes: updated });
}

const attributeOf = ({ ExpressionAttributeNames = {} }: Request, placeholder: string): string =>
  ExpressionAttributeNames[placeholder] ?? `unnamed ${placeholder}`;

function assignments(request: Request): StoredItem {
  const [, list = ''] = /^SET (.*)$/.exec(request.UpdateExpression) ?? [];
  const pairs = list.split(', ').map((assignment) => assignment.split(' = '));
  return Object.fromEntries(
    pairs.map(([name = '', value = '']) => [
      attributeOf(request, name),
      request.ExpressionAttributeValues?.[value] ?? {},
    ]),
  );
}

/** Evaluates comparisons joined by `AND` and `OR`, where parentheses only say what binds anyway. */
function isMet(request: Request, item: StoredItem | undefined): boolean {
  const { ConditionExpression: condition } = request;
  if (condition === undefined) return true;
  return condition.split(' OR ').some((all) => {
    const parts = all.replace(/^\((.*)\)$/, '$1').split(' AND ');
    return parts.every((part) => comparison(request, item ?? {}, part));
  });
}

function comparison(request: Request, item: StoredItem, text: string): boolean {
  const [, how, named = ''] = /^attribute_(not_exists|exists)\((#\w+)\)$/.exec(text) ?? [];
  if (how) return (item[attributeOf(request, named)] !== undefined) === (how === 'exists');
  const [, name = '', operator, value = ''] = /^(#\w+) (<|=) (:\w+)$/.exec(text) ?? [];
  const stored = item[attributeOf(request, name)];
  const given = request.ExpressionAttributeValues?.[value];
  if (!operator || !given) throw new Error(`No condition: ${text}`);
  if (operator === '=') return JSON.stringify(stored) === JSON.stringify(given);
  return stored !== undefined && Number(stored.N) < Number(given.N);
}
