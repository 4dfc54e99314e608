import { limits } from '@eventloom/engine';
import type { Caller } from '../state/caller.ts';
import { invalid } from './invalid.ts';
import { bytesOf, type Item, sameItem, textOf, type Value } from './value.ts';

/** The name and the type of an attribute of a key. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

/** A table. Items past their time to live stay: DynamoDB deletes them within days, and readers must not rely on it. */
export interface Table {
  readonly name: string;
  readonly arn: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey: KeyAttribute | null;
  /** The attribute with the second since the epoch at which an item may be deleted; null keeps items. */
  readonly timeToLive: string | null;
  /** The service whose functions alone may use it; null lets everybody. */
  readonly service: string | null;
  /** By partition key, then by sort key. */
  readonly partitions: Map<string, Map<string, Item>>;
  /** Is told of every change; null when the table has no stream. */
  readonly stream: ((change: Change) => void) | null;
}

/** An item before and after a write; undefined where there is none. */
export interface Change {
  readonly key: Item;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  /** Who wrote. */
  readonly caller: Caller;
}

/** Where an item stands in its table. */
export interface Place {
  readonly partition: string;
  readonly sort: string;
  /** The attributes of the key. */
  readonly key: Item;
}

/** The place of a whole item. Throws a `ValidationException` when a part of the key is missing or of another type. */
export function placeOf(table: Table, item: Item): Place {
  const partition = keyValue(item, table.partitionKey, limits.tablePartitionKeyBytes.value);
  const sort = table.sortKey === null ? null : keyValue(item, table.sortKey, limits.tableSortKeyBytes.value);
  const key = new Map([[table.partitionKey.name, partition]]);
  if (table.sortKey !== null && sort !== null) key.set(table.sortKey.name, sort);
  return { partition: textOf(partition), sort: sort === null ? '' : textOf(sort), key };
}

/** As {@link placeOf}, for the `Key` of a request, which has the attributes of the key and no others. */
export function placeOfKey(table: Table, key: Item): Place {
  const wanted = table.sortKey === null ? 1 : 2;
  if (key.size !== wanted) throw invalid('The provided key element does not match the schema');
  return placeOf(table, key);
}

type KeyValue = Extract<Value, { readonly type: KeyAttribute['type'] }>;

function keyValue(item: Item, { name, type }: KeyAttribute, mostBytes: number): KeyValue {
  const value = item.get(name);
  const refuse = (reason: string) => invalid(`One or more parameter values were invalid: ${reason}`);
  if (value === undefined) throw refuse(`Missing the key ${name} in the item`);
  if (value.type !== type || (value.type !== 'S' && value.type !== 'N' && value.type !== 'B')) {
    throw refuse(`Type mismatch for key ${name} expected: ${type} actual: ${value.type}`);
  }
  if (value.value === '') {
    throw refuse(`The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`);
  }
  if (bytesOf(new Map([['', value]])) > mostBytes) {
    throw refuse(`Size of key ${name} has exceeded the maximum size limit of ${mostBytes} bytes`);
  }
  return value;
}

/** The item at a place; undefined when there is none. */
export function itemAt(table: Table, { partition, sort }: Place): Item | undefined {
  return table.partitions.get(partition)?.get(sort);
}

/** Puts an item at its place, or takes it away; the stream is told when that changed something. */
export function writeItemAt(table: Table, place: Place, after: Item | undefined, caller: Caller): void {
  const items = table.partitions.get(place.partition) ?? new Map<string, Item>();
  const before = items.get(place.sort);
  if (after === undefined) items.delete(place.sort);
  else items.set(place.sort, after);
  if (items.size === 0) table.partitions.delete(place.partition);
  else table.partitions.set(place.partition, items);
  if (table.stream !== null && !sameItem(before, after)) table.stream({ key: place.key, before, after, caller });
}
