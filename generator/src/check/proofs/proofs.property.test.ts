import { type CompiledPattern, compilePattern, type EventPattern, matchesPattern } from '@eventloom/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instancesOf } from '../../../../test/support/instances.ts';
import { filters, wideFilters } from '../../../../test/support/provable-filters.ts';
import { bundles } from '../../../../test/support/schemas.ts';
import { runAjv } from '../../../../test/support/validators.ts';
import type { JsonSchema } from '../../model/event-model.ts';
import { findEndless } from '../../model/schema/endless.ts';
import { alternativesOf } from '../filter-leaves.ts';
import { branchesOfParts, filterParts, leafPartsOf, orsOf, replacedLeaves } from '../filter-parts.ts';
import { addsNothing, alwaysMatches, excludeEachOther, neverMatches, orAddsNothing } from './proofs.ts';
import { type Space, spaceOf } from './space.ts';

/** Schemas about which something can be said: objects whose fields are plain values, arrays of these or objects again. */
const shaped: fc.Arbitrary<unknown> = shapeOfDepth(2);

function shapeOfDepth(depth: number): fc.Arbitrary<unknown> {
  const plain = fc.oneof(
    fc.record({
      enum: fc.uniqueArray(fc.constantFrom('x', 'y', 'xy', 'eu', 0, 1, 2, null, true), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({ const: fc.constantFrom('x', 'y', 1, true) }),
    fc.record(
      {
        type: fc.constantFrom('number', 'integer'),
        minimum: fc.constantFrom(-1, 0, 1),
        exclusiveMaximum: fc.constantFrom(1, 2, 10),
        multipleOf: fc.constantFrom(0.5, 1, 2),
      },
      { requiredKeys: ['type'] },
    ),
    fc
      .constantFrom('^[a-z]+$', '^x', 'y$', '^(x|y)y?$', '^[A-Z]{2}$', '^\\w-\\d$', '[^x]')
      .map((pattern) => ({ type: 'string', pattern })),
    fc.record({ type: fc.constant('string'), minLength: fc.constantFrom(0, 1, 2), maxLength: fc.constantFrom(2, 3) }),
    fc.constantFrom('date', 'email', 'ipv4').map((format) => ({ type: 'string', format })),
    fc.constantFrom({ type: 'boolean' }, { type: ['string', 'null'] }, { type: 'null' }, { type: 'string' }),
  );
  if (depth === 0) return plain;
  const inner = shapeOfDepth(depth - 1);
  const array = fc.record(
    {
      type: fc.constant('array'),
      items: fc.oneof(inner, fc.array(inner, { maxLength: 2 })),
      minItems: fc.constantFrom(0, 1, 2),
    },
    { requiredKeys: ['type', 'items'] },
  );
  const variants = fc.tuple(objectOf(inner), objectOf(inner)).map(([x, y]) => {
    const kind = (value: string, variant: object): object => ({
      allOf: [variant, { type: 'object', required: ['kind'], properties: { kind: { const: value } } }],
    });
    return { oneOf: [kind('x', x), kind('y', y)] };
  });
  return fc.oneof({ arbitrary: plain, weight: 4 }, { arbitrary: objectOf(inner), weight: 3 }, array, variants);
}

function objectOf(field: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  const name = fc.oneof({ arbitrary: fc.constantFrom('a', 'b', 'c', 'kind'), weight: 12 }, fc.constant('a.b'));
  return fc.record(
    {
      type: fc.constant('object'),
      properties: fc.dictionary(name, field, { minKeys: 2, maxKeys: 4, noNullPrototype: true }),
      required: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'kind'), { minLength: 2, maxLength: 4 }),
      additionalProperties: fc.boolean(),
    },
    { requiredKeys: ['type', 'properties', 'required'] },
  );
}

/** None that refers to itself in place: validating it would never end, and the model has none. */
const payloads = fc
  .oneof({ arbitrary: objectOf(shaped), weight: 4 }, { arbitrary: bundles, weight: 1 })
  .map((schema) => schema as JsonSchema)
  .filter((schema) => findEndless(schema).length === 0);

/** Valid payloads of a schema, drawn from a seed. */
function validPayloads(schema: JsonSchema, seed: number): readonly unknown[] {
  const validate = runAjv(schema);
  return instancesOf(schema, seed, 80).filter((value) => validate(value));
}

function compiled(filter: unknown): CompiledPattern | null {
  const result = compilePattern(filter);
  return result.ok ? result.pattern : null;
}

/** What is claimed of a filter and a payload's schema, in a form that a payload can refute. */
interface Claim {
  readonly kind: 'never' | 'always' | 'alternative' | 'leaf' | 'or' | 'excluding';
  readonly holds: (value: unknown) => boolean;
}

/** Everything that the proofs say about two filters. */
function claimsOf(space: Space, filter: EventPattern, other: EventPattern): readonly Claim[] {
  const pattern = compiled(filter);
  const rival = compiled(other);
  if (pattern === null || rival === null) return [];
  const matches = (value: unknown): boolean => matchesPattern(pattern, value);
  const { branches } = pattern;
  const kindOfWhole = (kind: 'never' | 'always', holds: Claim['holds'], isProven: boolean): readonly Claim[] =>
    isProven ? [{ kind, holds }] : [];
  const excludes = branches.every((one) => rival.branches.every((two) => excludeEachOther(space, one, two)));
  return [
    ...kindOfWhole(
      'never',
      (value) => !matches(value),
      branches.every((branch) => neverMatches(space, branch)),
    ),
    ...kindOfWhole('always', matches, alwaysMatches(space, branches)),
    ...(excludes
      ? [{ kind: 'excluding' as const, holds: (value: unknown) => !matches(value) || !matchesPattern(rival, value) }]
      : []),
    ...superfluous(space, filter, pattern).flatMap(({ kind, pointer }): Claim[] => {
      const shorter = compiled(without(filter, pointer));
      return shorter === null ? [] : [{ kind, holds: (value) => matches(value) === matchesPattern(shorter, value) }];
    }),
  ];
}

/** Parts of a filter that can be left out. None where one condition takes the place of another: it would come back. */
function superfluous(space: Space, filter: EventPattern, pattern: CompiledPattern): readonly Superfluous[] {
  const parts = filterParts(filter, pattern);
  if (replacedLeaves(parts).size > 0) return [];
  const { branches } = pattern;
  const leaves = leafPartsOf(parts).flatMap(({ leaf }) => leaf ?? []);
  const idle = leaves.filter((leaf) =>
    branches.every((branch) => !branch.includes(leaf) || addsNothing(space, leaf, branch)),
  );
  const dead = leaves.flatMap((leaf) =>
    alternativesOf(leaf, at(filter, leaf.pointer) as readonly unknown[]).filter((one) => neverMatches(space, [one])),
  );
  const ors = orsOf(parts).filter((or) => orAddsNothing(space, branchesOfParts([or]), branches));
  return [
    ...dead.map(({ pointer }) => ({ kind: 'alternative' as const, pointer })),
    ...idle.map(({ pointer }) => ({ kind: 'leaf' as const, pointer })),
    ...ors.map(({ pointer }) => ({ kind: 'or' as const, pointer })),
  ];
}

interface Superfluous {
  readonly kind: 'alternative' | 'leaf' | 'or';
  readonly pointer: string;
}

/** So many filters of a payload share the cost of making valid payloads. */
const several = fc.array(fc.oneof(filters, wideFilters), { minLength: 6, maxLength: 6 });

describe('what is proven about a filter', () => {
  it('is refuted by no valid payload, for random schemas and filters', () => {
    const told = { never: 0, always: 0, alternative: 0, leaf: 0, or: 0, excluding: 0, checked: 0 };
    fc.assert(
      fc.property(payloads, several, filters, fc.nat(), (payload, some, other, seed) => {
        const space = spaceOf(payload);
        const claims = some.flatMap((filter) => claimsOf(space, filter, other));
        const values = claims.length === 0 ? [] : validPayloads(payload, seed);
        for (const { kind, holds } of claims) {
          if (values.length > 0) told[kind]++;
          told.checked += values.length;
          const refuting = values.find((value) => !holds(value));
          if (refuting !== undefined) throw new Error(`${kind} is refuted by ${JSON.stringify(refuting)}`);
        }
      }),
      { numRuns: Number(process.env.EVENTLOOM_PROOF_RUNS ?? 200) },
    );
    console.info(`Proofs put to the test: ${JSON.stringify(told)}`);
    const { never, alternative, leaf, excluding, always, or, checked } = told;
    expect(Math.min(never, alternative, leaf, excluding)).toBeGreaterThan(40);
    expect(Math.min(always, or)).toBeGreaterThan(3);
    expect(checked).toBeGreaterThan(5_000);
  });
});

function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], value);
}

function without(filter: EventPattern, pointer: string): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(filter));
  const holder = at(copy, pointer.slice(0, pointer.lastIndexOf('/')));
  const key = pointer.slice(pointer.lastIndexOf('/') + 1);
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder as object, key);
  return copy;
}
