import { limits } from '@eventloom/engine';
import { AwsError } from '../wire/aws-error.ts';
import type { WireInput } from '../wire/call.ts';
import { optionalText } from '../wire/input.ts';
import { compileCondition } from './condition.ts';
import { invalid } from './invalid.ts';
import { readScope } from './scope.ts';
import { itemAt, type Place, placeOf, placeOfKey, type Table } from './table.ts';
import { compileUpdate, type Update } from './update.ts';
import { bytesOf, type Item, readItem, type Value, writeItem } from './value.ts';

/** One write of a request: which item it is about, whether it may be done, and what it leaves. */
export interface Write {
  readonly table: Table;
  readonly place: Place;
  readonly before: Item | undefined;
  readonly isAllowed: boolean;
  /** What the write puts; undefined deletes the item; `before` itself when nothing is written. Throws for an update that does not fit. */
  after(): Item | undefined;
  /** The top-level attributes that an update writes to. */
  readonly updated: readonly string[];
  /** True when the old item goes with a refusal. */
  readonly returnsOldOnFailure: boolean;
}

/** What a write does. */
export type WriteKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

/** Reads the parameters that all writes have in common. Throws a `ValidationException`. */
export function readWrite(table: Table, kind: WriteKind, input: WireInput): Write {
  const scope = readScope(input);
  const expression = optionalText(input, 'ConditionExpression');
  const condition = expression === null ? null : compileCondition(expression, scope);
  const updateExpression = kind === 'Update' ? optionalText(input, 'UpdateExpression') : null;
  const update = updateExpression === null ? null : compileUpdate(updateExpression, scope);
  scope.checkUse();
  if (update !== null) checkKeyUnchanged(table, update);
  const put = kind === 'Put' ? readItem(input.Item) : null;
  const place = put === null ? placeOfKey(table, readItem(input.Key)) : placeOf(table, put);
  const before = itemAt(table, place);
  return {
    table,
    place,
    before,
    isAllowed: condition === null || condition(before ?? new Map()),
    after: () => {
      if (kind === 'Delete') return undefined;
      if (kind === 'ConditionCheck') return before;
      const item = put ?? updatedItem(place, before, update);
      checkSize(item);
      return item;
    },
    updated: [...new Set(update?.paths.map(([name]) => String(name)))],
    returnsOldOnFailure: input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD',
  };
}

function updatedItem(place: Place, before: Item | undefined, update: Update | null): Item {
  const item = before ?? place.key;
  return update === null ? item : update.apply(item);
}

function checkKeyUnchanged({ partitionKey, sortKey }: Table, { paths }: Update): void {
  const key = paths.map(([name]) => name).find((name) => name === partitionKey.name || name === sortKey?.name);
  if (key === undefined) return;
  throw invalid(
    `One or more parameter values were invalid: Cannot update attribute ${key}. This attribute is part of the key`,
  );
}

function checkSize(item: Item): void {
  if (bytesOf(item) <= limits.tableItemBytes.value) return;
  throw invalid('Item size has exceeded the maximum allowed size');
}

/** The refusal of a write whose condition does not hold. */
export function conditionFailed({ before, returnsOldOnFailure }: Write): AwsError {
  const details = returnsOldOnFailure && before !== undefined ? { Item: writeItem(before) } : {};
  return new AwsError('ConditionalCheckFailedException', 'The conditional request failed', { details });
}

/** The `Attributes` that a write answers with, by what `ReturnValues` asks for. */
export function returnedAttributes(input: WireInput, write: Write, after: Item | undefined): object {
  const attributes = selected(optionalText(input, 'ReturnValues') ?? 'NONE', write, after);
  return attributes === undefined || attributes.size === 0 ? {} : { Attributes: writeItem(attributes) };
}

function selected(wanted: string, { before, updated }: Write, after: Item | undefined): Item | undefined {
  switch (wanted) {
    case 'NONE':
      return undefined;
    case 'ALL_OLD':
      return before;
    case 'ALL_NEW':
      return after;
    case 'UPDATED_OLD':
      return only(before, updated);
    case 'UPDATED_NEW':
      return only(after, updated);
    default:
      throw invalid(
        `Value '${wanted}' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set`,
      );
  }
}

function only(item: Item | undefined, names: readonly string[]): Item {
  return new Map([...(item ?? new Map<string, Value>())].filter(([name]) => names.includes(name)));
}
