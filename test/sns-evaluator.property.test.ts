import {
  compileFilterPolicy,
  type FilterPolicyScope,
  filterPolicyCombinations,
  limits,
  matchesFilterPolicy,
} from '@eventloom/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonRecord } from './support/json-text.ts';
import { type PublishedAttribute, type PublishedMessage, snsDelivers } from './support/sns-evaluator.ts';

const names = fc.constantFrom('a', 'b', 'c');
const texts = fc.constantFrom('', 'x', 'xy', 'yx', 'X', '5', 'true', '10.0.0.7');
const numbers = fc.constantFrom(0, 5, -1, 2.5);
const scalars: fc.Arbitrary<Json> = fc.oneof(texts, numbers, fc.boolean(), fc.constant(null));

const conditions: fc.Arbitrary<Json> = fc.oneof(
  scalars,
  fc.constantFrom<Json>({ prefix: 'x' }, { suffix: 'x' }, { 'equals-ignore-case': 'x' }, { cidr: '10.0.0.0/24' }),
  fc.constantFrom<Json>({ numeric: ['>', 0] }, { numeric: ['>=', -1, '<', 5] }, { numeric: ['=', 5] }),
  fc.constantFrom<Json>({ 'anything-but': 'x' }, { 'anything-but': ['x', ''] }, { 'anything-but': [5, 0] }),
  fc.constantFrom<Json>({ 'anything-but': { prefix: 'x' } }, { exists: true }, { exists: false }),
);

const leaf = fc.array(conditions, { minLength: 1, maxLength: 3 });
const flat: fc.Arbitrary<JsonRecord> = fc.dictionary(names, leaf, { minKeys: 1, maxKeys: 2, noNullPrototype: true });
const nested: fc.Arbitrary<JsonRecord> = fc.dictionary(fc.constantFrom('d', 'e'), flat, {
  minKeys: 1,
  maxKeys: 2,
  noNullPrototype: true,
});
const either = fc.tuple(flat, flat).map(([first, second]): JsonRecord => ({ $or: [first, second] }));
const flatPolicies = fc.oneof(flat, either);
const policies = fc.oneof(
  flat,
  nested,
  either,
  fc.tuple(flat, nested).map(([first, second]) => ({ ...first, ...second })),
);

const values: fc.Arbitrary<Json> = fc.oneof(scalars, fc.array(scalars, { maxLength: 3 }), fc.constant({ z: 1 }));
const inner = fc.dictionary(names, values, { maxKeys: 3, noNullPrototype: true });
const bodies: fc.Arbitrary<Json> = fc.oneof(
  { arbitrary: fc.record({ a: values, b: values, c: values, d: inner, e: inner }, { requiredKeys: [] }), weight: 9 },
  { arbitrary: fc.oneof(scalars, fc.constant([{ a: 'x' }])), weight: 1 },
) as fc.Arbitrary<Json>;

/** Attributes as anybody may publish them, not our publishers alone. */
const attribute: fc.Arbitrary<PublishedAttribute> = fc.oneof(
  texts.map((StringValue) => ({ DataType: 'String', StringValue })),
  numbers.map((number) => ({ DataType: 'Number', StringValue: `${number}` })),
  fc.array(scalars, { minLength: 1, maxLength: 3 }).map((list) => ({
    DataType: 'String.Array',
    StringValue: JSON.stringify(list),
  })),
  fc.constant({ DataType: 'Binary' }),
);
const attributes = fc.dictionary(names, attribute, { maxKeys: 3, noNullPrototype: true });

function engineDelivers(policy: JsonRecord, scope: FilterPolicyScope, message: PublishedMessage): boolean {
  const compiled = compileFilterPolicy(policy, scope);
  if (!compiled.ok) throw new Error(JSON.stringify([policy, compiled.errors]));
  const entries = Object.entries(message.attributes).map(
    ([name, { DataType, StringValue }]) => [name, { dataType: DataType, stringValue: StringValue ?? null }] as const,
  );
  return matchesFilterPolicy(compiled.policy, { body: message.body, attributes: new Map(entries) });
}

/** Counts the verdicts, so that a test that always meets the same one is told apart. */
function agree(scope: FilterPolicyScope, cases: fc.Arbitrary<readonly [JsonRecord, PublishedMessage]>): number[] {
  const counts = [0, 0];
  fc.assert(
    fc.property(cases, ([policy, message]) => {
      fc.pre(filterPolicyCombinations(policy, scope) <= limits.filterPolicyCombinations.value);
      const delivered = snsDelivers(policy, scope, message);
      counts[delivered ? 1 : 0] = (counts[delivered ? 1 : 0] ?? 0) + 1;
      expect(engineDelivers(policy, scope, message)).toBe(delivered);
    }),
    { numRuns: 5000 },
  );
  return counts;
}

describe('the engine, which local runs use, delivers what SNS does by its own rules', () => {
  it('by the body: null, the empty text, lists and objects among its fields', () => {
    const message = bodies.map((body): PublishedMessage => ({ body: JSON.stringify(body), attributes: {} }));
    const [refused = 0, delivered = 0] = agree('MessageBody', fc.tuple(policies, message));
    expect(Math.min(refused, delivered)).toBeGreaterThan(500);
  });

  it('by the attributes: of every type, and with none at all', () => {
    const message = attributes.map((one): PublishedMessage => ({ body: '{}', attributes: one }));
    const [refused = 0, delivered = 0] = agree('MessageAttributes', fc.tuple(flatPolicies, message));
    expect(Math.min(refused, delivered)).toBeGreaterThan(500);
  });
});
