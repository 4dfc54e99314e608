import type { EventPattern, JsonValue } from '@eventloom/engine';
import fc from 'fast-check';

const text = fc.constantFrom('x', 'X', 'xy', 'eu', 'EU', 'ord_1', 'e', 'u', '10.0.0.1', '::1', 'a"', '"a', '');
const pieces = text.filter((one) => one !== '');
const number = fc.constantFrom(-1, 0, 1, 1.5, 10);
const scalar = fc.oneof(text, number);

function oneOrMany<T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> {
  return fc.oneof(item, fc.uniqueArray(item, { minLength: 1, maxLength: 2 }));
}

const numeric = fc.oneof(fc.tuple(fc.constantFrom('=', '<', '<=', '>', '>='), number), fc.constant(['>', 0, '<=', 10]));

/** One alternative of a leaf, of every operator and form. */
export const conditions: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.oneof(text, number, fc.constantFrom(true, false, null)) },
  { weight: 2, arbitrary: fc.record({ exists: fc.boolean() }) },
  fc.record({ prefix: pieces }),
  fc.record({ suffix: pieces }),
  fc.record({ wildcard: fc.constantFrom('x*', '*u', 'e*u', 'x', '*', 'o*_*1', 'a\\*') }),
  fc.record({ 'equals-ignore-case': pieces }),
  fc.record({ prefix: fc.record({ 'equals-ignore-case': pieces }) }),
  fc.record({ suffix: fc.record({ 'equals-ignore-case': pieces }) }),
  fc.record({ numeric }),
  fc.record({ cidr: fc.constant('10.0.0.0/24') }),
  { weight: 2, arbitrary: fc.record({ 'anything-but': oneOrMany(scalar) }) },
  fc.record({ 'anything-but': fc.record({ prefix: oneOrMany(pieces) }) }),
  fc.record({ 'anything-but': fc.record({ suffix: oneOrMany(pieces) }) }),
  fc.record({ 'anything-but': fc.record({ 'equals-ignore-case': oneOrMany(pieces) }) }),
  fc.record({ 'anything-but': fc.record({ wildcard: fc.constantFrom('x*', '*u') }) }),
);

const leaf = fc.uniqueArray(conditions, { minLength: 1, maxLength: 3, selector: (item) => JSON.stringify(item) });

/** Filters over the keys given, three levels deep at most, some with `$or`. A few of them are refused by the engine. */
export function filtersOver(keys: readonly string[]): fc.Arbitrary<EventPattern> {
  const key = fc.constantFrom(...keys);
  const fields = (levels: number): fc.Arbitrary<unknown> => {
    const below = levels === 0 ? leaf : fc.oneof({ arbitrary: leaf, weight: 3 }, fields(levels - 1));
    const plain = fc.dictionary(key, below, { minKeys: 1, maxKeys: 2 });
    const either = fc.record({ $or: fc.array(plain, { minLength: 2, maxLength: 3 }) });
    return levels === 0 ? plain : fc.oneof({ arbitrary: plain, weight: 4 }, either);
  };
  return fields(2).map((filter): EventPattern => JSON.parse(JSON.stringify(filter)));
}

/** Payloads over keys of which leaves are what {@link filtersOver} looks for, more often than not. */
export function payloadsOver(keys: readonly string[]): fc.Arbitrary<JsonValue> {
  const one = fc.constantFrom<JsonValue>(
    'x',
    'X',
    'xy',
    'eu',
    'ord_1',
    '10.0.0.1',
    '0:0::1',
    'a"b',
    'b"a',
    '',
    'a',
    1,
    10,
    1.5,
    true,
    false,
    null,
  );
  const key = fc.constantFrom(...keys);
  const member = (levels: number): fc.Arbitrary<unknown> =>
    fc.oneof(
      { arbitrary: one, weight: 5 },
      { arbitrary: fc.array(levels === 0 ? one : member(levels - 1), { maxLength: 2 }), weight: 1 },
      { arbitrary: fc.dictionary(key, levels === 0 ? one : member(levels - 1), { maxKeys: 3 }), weight: 2 },
    );
  return fc.dictionary(key, member(2), { maxKeys: 4 }).map((payload): JsonValue => JSON.parse(JSON.stringify(payload)));
}
