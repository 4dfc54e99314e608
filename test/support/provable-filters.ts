import type { EventPattern } from '@eventloom/engine';
import fc from 'fast-check';

const texts = ['x', 'y', 'xy', 'X', 'eu', '', 'a-1', '10.1.2.3'];
const text = fc.constantFrom(...texts);
const number = fc.constantFrom(-1, 0, 1, 1.5, 2, 10);
const scalar = fc.oneof(text, number, fc.constantFrom(true, false, null));
const some = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.uniqueArray(arbitrary, { minLength: 1, maxLength: 3 });
const fewOrOne = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> => fc.oneof(arbitrary, some(arbitrary));
const textOperator = fc.constantFrom('prefix', 'suffix', 'equals-ignore-case', 'wildcard');
const wildcard = fc.constantFrom('x*', '*y', '*', '*-*', 'e*u', 'a-?');
const nonEmpty = text.filter((one) => one !== '');
const textOf = (operator: string): fc.Arbitrary<string> => (operator === 'wildcard' ? wildcard : nonEmpty);
const comparison = fc.constantFrom('<', '<=', '>', '>=', '=');

/** Conditions of every operator, over few values. */
export const conditions: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: scalar, weight: 6 },
  fc.record({ exists: fc.boolean() }),
  fc.record({ exactly: text }),
  textOperator.chain((operator) => textOf(operator).map((operand) => ({ [operator]: operand }))),
  fc.constantFrom('prefix', 'suffix').chain((outer) => text.map((one) => ({ [outer]: { 'equals-ignore-case': one } }))),
  fc.record({ 'anything-but': fc.oneof(fewOrOne(text), fewOrOne(number)) }),
  textOperator.chain((operator) => fewOrOne(textOf(operator)).map((one) => ({ 'anything-but': { [operator]: one } }))),
  fc.tuple(comparison, number).map((numeric) => ({ numeric })),
  fc
    .tuple(fc.constantFrom('>', '>='), number, fc.constantFrom('<', '<='), number)
    .filter(([, low, , high]) => low < high)
    .map((numeric) => ({ numeric })),
  fc.constantFrom('10.0.0.0/8', 'fe80::/10').map((cidr) => ({ cidr })),
);

const names = ['a', 'b', 'c', 'kind'];
const leaf = fc.array(conditions, { minLength: 1, maxLength: 3 });

/** Filters over the fields `a`, `b`, `c` and `kind`: nested, with dotted keys and with `$or`. Most are well-formed. */
export const filters: fc.Arbitrary<EventPattern> = filterOfDepth(2) as fc.Arbitrary<EventPattern>;

function filterOfDepth(depth: number): fc.Arbitrary<object> {
  const key = fc.oneof({ arbitrary: fc.constantFrom(...names), weight: 9 }, fc.constantFrom('a.b', 'b.a.c'));
  const field = depth === 0 ? leaf : fc.oneof({ arbitrary: leaf, weight: 4 }, filterOfDepth(depth - 1));
  const fields = fc.dictionary(key, field, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
  if (depth === 0) return fields;
  const alternatives = fc.array(filterOfDepth(depth - 1), { minLength: 2, maxLength: 3 });
  const withOr = fc.tuple(fc.oneof(fc.constant({}), fields), alternatives).map(([own, $or]) => ({ ...own, $or }));
  return fc.oneof({ arbitrary: fields, weight: 3 }, withOr);
}

const wide = fc.constantFrom(
  ...[[{ exists: true }], [{ exists: true }, { exists: false }], [{ 'anything-but': 'zz' }], [{ numeric: ['>=', -1] }]],
  ...[
    ['x', 'y', 'xy', 'eu', 0, 1, 2, null, true],
    [{ prefix: '' }, { exists: false }],
    [{ 'anything-but': { prefix: 'zz' } }],
  ],
);
const wideFields = fc.dictionary(fc.constantFrom(...names), wide, { minKeys: 1, maxKeys: 2, noNullPrototype: true });

/** Filters that let nearly everything through. */
export const wideFilters: fc.Arbitrary<EventPattern> = fc.oneof(
  wideFields,
  fc.dictionary(fc.constantFrom(...names), wideFields, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
  fc.tuple(leaf, fc.array(wideFields, { minLength: 2, maxLength: 2 })).map(([kind, $or]) => ({ kind, $or })),
) as fc.Arbitrary<EventPattern>;
