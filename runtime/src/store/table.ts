import { tableVariable } from '@eventloom/engine';
import { addressOf, type Connection } from '../connection.ts';
import {
  type AttributeJson,
  type AttributeValue,
  type Item,
  marshal,
  marshalItem,
  unmarshalItem,
} from './attribute-value.ts';
import { callDynamoDb } from './dynamo-db.ts';

/**
 * The DynamoDB table of a service for what its handlers remember. Its partition key is `id`, and DynamoDB removes items
 * some time after `expiration` (seconds since 1970).
 *
 * Methods reject with the SDK's error when DynamoDB cannot be reached or refuses; an unmet condition is no error.
 */
export interface Table {
  /** Reads consistently. */
  get(id: string): Promise<Item | undefined>;
  /** Puts a whole item in place of what was there. */
  put(item: Item & { readonly id: string }, when?: Condition): Promise<Written>;
  /** Changes attributes of an item; makes it when there is none, unless the condition says otherwise. */
  update(id: string, change: Change): Promise<Written>;
  delete(id: string, when?: Condition): Promise<Written>;
}

/** A condition expression. In every expression `#name` stands for the attribute `name` and `:name` for a value. */
export interface Condition {
  /** Such as `attribute_not_exists(#id) OR #expiration < :now`. */
  readonly condition?: string | undefined;
  /** The values by name, without the colon. Each has to be used. */
  readonly values?: Readonly<Record<string, AttributeJson>> | undefined;
}

/** A change of some attributes. */
export interface Change extends Condition {
  /** An update expression, such as `SET #status = :status ADD #count :one`. */
  readonly update: string;
}

/** Whether the condition was met, and so the write done. */
export type Written =
  /** `item` is the whole item after an update; absent after a put or delete. */
  | { readonly written: true; readonly item?: Item | undefined }
  /** `item` is what stands there instead; undefined when nothing does. */
  | { readonly written: false; readonly item: Item | undefined };

/** The table that the environment names. Throws a `ConfigurationError` when it names none. No client is made yet. */
export function tableOf(connection: Connection): Table {
  const TableName = addressOf(connection, tableVariable);
  return {
    async get(id) {
      const input = { TableName, Key: keyOf(id), ConsistentRead: true };
      return readItem(((await callDynamoDb(connection, (sdk) => new sdk.GetItemCommand(input))) as Answer).Item);
    },
    put(item, when = {}) {
      const input = { TableName, Item: marshalItem(item), ...expressions(when) };
      return write(callDynamoDb(connection, (sdk) => new sdk.PutItemCommand(input)));
    },
    update(id, { update, ...when }) {
      const change = { UpdateExpression: update, ReturnValues: 'ALL_NEW' as const, ...expressions(when, update) };
      return write(
        callDynamoDb(connection, (sdk) => new sdk.UpdateItemCommand({ TableName, Key: keyOf(id), ...change })),
      );
    },
    delete(id, when = {}) {
      const input = { TableName, Key: keyOf(id), ...expressions(when) };
      return write(callDynamoDb(connection, (sdk) => new sdk.DeleteItemCommand(input)));
    },
  };
}

/** What is read of DynamoDB's answers, and of the error that says that a condition was not met. */
interface Answer {
  readonly name?: string;
  readonly Item?: Readonly<Record<string, unknown>>;
  readonly Attributes?: Readonly<Record<string, unknown>>;
}

const keyOf = (id: string): Record<string, AttributeValue> => marshalItem({ id });

const readItem = (item: Answer['Item']): Item | undefined => item && unmarshalItem(item);

function expressions({ condition, values = {} }: Condition, update = '') {
  const names = [...`${condition} ${update}`.matchAll(/#(\w+)/g)].map(([placeholder, name]) => [placeholder, name]);
  const used = Object.entries(values).map(([name, value]): [string, AttributeValue] => [`:${name}`, marshal(value)]);
  return {
    ConditionExpression: condition,
    // DynamoDB refuses an empty map.
    ExpressionAttributeNames: names.length > 0 ? Object.fromEntries(names) : undefined,
    ExpressionAttributeValues: used.length > 0 ? Object.fromEntries(used) : undefined,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
}

async function write(answer: Promise<unknown>): Promise<Written> {
  try {
    return { written: true, item: readItem(((await answer) as Answer).Attributes) };
  } catch (error) {
    const { name, Item } = Object(error) as Answer;
    if (name !== 'ConditionalCheckFailedException') throw error;
    return { written: false, item: readItem(Item) };
  }
}
