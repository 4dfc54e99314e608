import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lookupIn } from '../../model/schema/in-place.ts';
import { candidatesOf, firstCandidate } from './candidates.ts';
import type { Search } from './search.ts';
import { largeBounds, smallBounds } from './solve.ts';

/** Mostly nothing: few schemas have more than one or two keywords. */
function seldom<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

const limit = seldom(fc.double({ min: -50, max: 2_000_000, noNaN: true }));
const length = seldom(fc.nat(60));
const schemas = fc
  .record({
    type: fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', 'object', 'array'),
    format: seldom(fc.constantFrom('uuid', 'date', 'email', 'unheard-of')),
    pattern: seldom(fc.constantFrom('^[A-Z]{3}$', '^a')),
    minLength: length,
    maxLength: length,
    minimum: limit,
    exclusiveMaximum: limit,
    multipleOf: seldom(fc.constantFrom(1, 5, 0.01, 0.25)),
    nullable: seldom(fc.boolean()),
    enum: seldom(fc.constant(['b', 'a', 3])),
    default: seldom(fc.constant('c')),
  })
  .map((fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));

const spots = fc.record({
  name: fc.constantFrom('orderId', 'city', 'amount', 'x'),
  path: fc.constantFrom('.orderId', '.lines[1].city'),
  level: fc.nat(3),
  variant: fc.nat(40),
});

it('tells the first candidate of a plain field without looking for the others', () => {
  let told = 0;
  const searches = [
    { size: 'smallest', bounds: smallBounds },
    ...largeBounds.map((bounds) => ({ size: 'largest', bounds }) as const),
  ] as const;
  fc.assert(
    fc.property(schemas, spots, fc.constantFrom(...searches), (schema, spot, { size, bounds }) => {
      const search: Search = { lookup: lookupIn(schema), size, bounds, solve: () => null };
      const first = firstCandidate(schema, spot, search);
      if (first === undefined) return;
      told += 1;
      const [expected] = candidatesOf([schema], [schema], spot, search);
      expect(first).toBe(expected);
    }),
    { seed: 31, numRuns: 3_000 },
  );
  expect(told).toBeGreaterThan(500);
});
