import type { WireInput } from '../wire/call.ts';
import { optionalNumber, optionalText } from '../wire/input.ts';
import { compileCondition } from './condition.ts';
import { invalid } from './invalid.ts';
import { type Path, readPath, readScope, type Scope, valueAt } from './scope.ts';
import { itemAt, placeOf, placeOfKey, type Table } from './table.ts';
import { readTokens } from './tokens.ts';
import { compare, type Item, readItem, textOf, type Value, writeItem } from './value.ts';
import { setAt } from './write-path.ts';

/** Answers GetItem. Reads are always consistent. */
export function getItem(table: Table, input: WireInput): object {
  const scope = readScope(input);
  const project = readProjection(input, scope);
  scope.checkUse();
  const item = itemAt(table, placeOfKey(table, readItem(input.Key)));
  return item === undefined ? {} : { Item: writeItem(project(item)) };
}

/** Answers Query, of the table itself: no index is modelled. */
export function query(table: Table, input: WireInput): object {
  const scope = readScope(input);
  const expression = optionalText(input, 'KeyConditionExpression') ?? '';
  const matches = compileCondition(expression, scope, 'KeyConditionExpression');
  const partition = table.partitions.get(partitionIn(table, expression, scope)) ?? new Map<string, Item>();
  const items = [...partition.values()].filter(matches).sort((left, right) => compareKeys(table, left, right));
  return page(table, input, input.ScanIndexForward === false ? items.reverse() : items, scope);
}

/** Answers Scan. */
export function scan(table: Table, input: WireInput): object {
  const items = [...table.partitions.values()].flatMap((partition) => [...partition.values()]);
  return page(table, input, items, readScope(input));
}

function page(table: Table, input: WireInput, items: readonly Item[], scope: Scope): object {
  const expression = optionalText(input, 'FilterExpression');
  const keep = expression === null ? () => true : compileCondition(expression, scope, 'FilterExpression');
  const project = readProjection(input, scope);
  scope.checkUse();
  const start = startOf(table, input, items);
  const looked = items.slice(start, start + (optionalNumber(input, 'Limit') ?? items.length));
  const last = looked.at(-1);
  const isLast = start + looked.length >= items.length || last === undefined;
  const found = looked.filter(keep);
  return {
    ...(input.Select === 'COUNT' ? {} : { Items: found.map((item) => writeItem(project(item))) }),
    Count: found.length,
    ScannedCount: looked.length,
    ...(isLast ? {} : { LastEvaluatedKey: writeItem(placeOf(table, last).key) }),
  };
}

function startOf(table: Table, { ExclusiveStartKey }: WireInput, items: readonly Item[]): number {
  if (ExclusiveStartKey === undefined || ExclusiveStartKey === null) return 0;
  const { partition, sort } = placeOfKey(table, readItem(ExclusiveStartKey));
  const isStart = (item: Item) => {
    const place = placeOf(table, item);
    return place.partition === partition && place.sort === sort;
  };
  return items.findIndex(isStart) + 1;
}

function compareKeys({ sortKey }: Table, left: Item, right: Item): number {
  const [first, second] = [left.get(sortKey?.name ?? ''), right.get(sortKey?.name ?? '')];
  return first === undefined || second === undefined ? 0 : (compare(first, second) ?? 0);
}

/** The partition that a key condition names: it must say what the partition key is equal to. */
function partitionIn({ partitionKey }: Table, expression: string, scope: Scope): string {
  const parameter = 'KeyConditionExpression';
  const tokens = readTokens(expression, parameter);
  while (tokens.peek().kind !== 'end') {
    const { kind, text } = tokens.next();
    const name = kind === 'name' ? scope.name(text, parameter) : text;
    if (name !== partitionKey.name || !tokens.take('=') || tokens.peek().kind !== 'value') continue;
    const value = scope.value(tokens.next().text, parameter);
    if (value.type === 'S' || value.type === 'N' || value.type === 'B') return textOf(value);
  }
  throw invalid(`Query condition missed key schema element: ${partitionKey.name}`);
}

/** The projection that a request asks for; without one, all attributes. */
export function readProjection(input: WireInput, scope: Scope): (item: Item) => Item {
  const parameter = 'ProjectionExpression';
  const expression = optionalText(input, parameter);
  if (expression === null) return (item) => item;
  const tokens = readTokens(expression, parameter);
  const paths: Path[] = [];
  do paths.push(readPath({ tokens, scope, parameter }));
  while (tokens.take(','));
  if (tokens.peek().kind !== 'end') tokens.fail();
  return (item) => paths.reduce<Item>((projected, path) => project(projected, item, path), new Map());
}

function project(projected: Item, item: Item, path: Path): Item {
  const value = valueAt(item, path);
  if (value === undefined) return projected;
  let result = projected;
  path.slice(0, -1).forEach((_, index) => {
    const parent = path.slice(0, index + 1);
    const container: Value =
      typeof path[index + 1] === 'number' ? { type: 'L', value: [] } : { type: 'M', value: new Map() };
    if (valueAt(result, parent) === undefined) result = setAt(result, parent, container);
  });
  return setAt(result, path, value);
}
