import { compilePattern, type EventPattern } from '@eventloom/engine';
import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../model/event-model.ts';
import { addsNothing, alwaysMatches as always, excludeEachOther, neverMatches as never } from './proofs.ts';
import { spaceOf } from './space.ts';

function branchesOf(filter: unknown) {
  const compiled = compilePattern(filter);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
  return compiled.pattern.branches;
}

const neverMatches = (schema: JsonSchema, filter: EventPattern) =>
  branchesOf(filter).every((branch) => never(spaceOf(schema), branch));
const alwaysMatches = (schema: JsonSchema, filter: EventPattern) => always(spaceOf(schema), branchesOf(filter));

const object = (properties: object, more: object = {}): JsonSchema & object => ({
  type: 'object',
  properties,
  ...more,
});

describe('what never matches', () => {
  it.each<[string, JsonSchema, EventPattern]>([
    ['a value outside the enum', object({ a: { enum: ['x', 'y'] } }), { a: ['z'] }],
    ['a value that is not the constant', object({ a: { const: 1 } }), { a: [2] }],
    ['a value of another type', object({ a: { type: 'number' } }), { a: ['1'] }],
    ['a fraction of an integer', object({ a: { type: 'integer' } }), { a: [1.5] }],
    ['a number beyond the maximum', object({ a: { type: 'number', maximum: 9 } }), { a: [{ numeric: ['>', 9] }] }],
    ['a text longer than allowed', object({ a: { type: 'string', maxLength: 2 } }), { a: ['abc'] }],
    ['a text that the pattern refuses', object({ a: { type: 'string', pattern: '^[A-Z]+$' } }), { a: ['abc'] }],
    ['a prefix that no value has', object({ a: { enum: ['x1', 'x2'] } }), { a: [{ prefix: 'y' }] }],
    ['an object', object({ a: { type: 'object' } }), { a: [{ exists: true }] }],
    ['a field of a text', object({ a: { type: 'string' } }), { a: { b: ['x'] } }],
    ['a field that is forbidden', object({ a: false }), { a: ['x'] }],
    ['an element that no element can be', object({ a: { type: 'array', items: { enum: [1] } } }), { a: [2] }],
    [
      'a combination that no variant has',
      { oneOf: [object({ k: { const: 'p' }, v: { const: 1 } }), object({ k: { const: 'q' }, v: { const: 2 } })] },
      { k: ['p'], v: [2] },
    ],
    ['a code in the wrong case', object({ a: { type: 'string', pattern: '^[A-Z]{2}$' } }), { a: [{ prefix: 'g' }] }],
    [
      'a text in any case that is too long',
      object({ a: { maxLength: 2, type: 'string' } }),
      { a: [{ 'equals-ignore-case': 'GBR' }] },
    ],
    [
      'a prefix that the pattern lacks',
      object({ a: { type: 'string', pattern: '^ord_[0-9]+$' } }),
      { a: [{ wildcard: 'inv_*' }] },
    ],
    ['a suffix that no id has', object({ a: { type: 'string', format: 'uuid' } }), { a: [{ suffix: 'z' }] }],
    ['a date in another notation', object({ a: { type: 'string', format: 'date' } }), { a: [{ prefix: '20.11.' }] }],
    [
      'an address in a country code',
      object({ a: { type: 'string', pattern: '^[A-Z]{2}$' } }),
      { a: [{ cidr: '10.0.0.0/8' }] },
    ],
    [
      'no multiple in the range',
      object({ a: { type: 'integer', multipleOf: 12 } }),
      { a: [{ numeric: ['>', 12, '<', 24] }] },
    ],
    ['anything but the only values', object({ a: { enum: ['x', 'y'] } }), { a: [{ 'anything-but': ['x', 'y'] }] }],
    ['absence of what is required', object({ a: { type: 'string' } }, { required: ['a'] }), { a: [{ exists: false }] }],
    [
      'a field that only the other variant has',
      {
        oneOf: [
          object({ k: { const: 'p' }, v: { type: 'string' } }, { required: ['k'], additionalProperties: false }),
          object({ k: { const: 'q' } }, { required: ['k'], additionalProperties: false }),
        ],
      },
      { k: ['q'], v: [{ exists: true }] },
    ],
    [
      'a condition on the discriminator beside the union',
      {
        ...object({ k: { enum: ['p', 'q'] } }, { required: ['k'] }),
        if: object({ k: { const: 'p' } }, { required: ['k'] }),
        then: object({ v: { type: 'number' } }),
        else: object({ v: { type: 'string' } }),
      },
      { k: ['q'], v: [5] },
    ],
    [
      'what two fields of one element cannot have together',
      object({
        a: {
          type: 'array',
          items: {
            oneOf: [object({ k: { const: 'p' }, v: { const: 1 } }), object({ k: { const: 'q' }, v: { const: 2 } })],
          },
        },
      }),
      { a: { k: ['p'], v: [2] } },
    ],
    [
      'a value behind references and allOf',
      {
        $ref: '#/definitions/o',
        definitions: { o: { allOf: [object({ a: { $ref: '#/definitions/e' } })] }, e: { enum: ['x'] } },
      },
      { a: ['y'] },
    ],
  ])('%s is proven', (_, schema, filter) => {
    expect(neverMatches(schema, filter)).toBe(true);
  });

  it.each<[string, JsonSchema, EventPattern]>([
    ['one alternative of several', object({ a: { enum: ['x', 'y'] } }), { a: ['z', 'x'] }],
    ['a field that nothing is said about', object({}), { a: ['z'] }],
    ['a field that may be absent', object({ a: { enum: ['x'] } }), { a: ['z', { exists: false }] }],
    ['a variant of a union', { oneOf: [object({ a: { const: 1 } }), object({ a: { const: 2 } })] }, { a: [2] }],
    ['an element of an array', object({ a: { type: 'array', items: { enum: [1] } } }), { a: [1] }],
    ['a number at the maximum', object({ a: { type: 'number', maximum: 9 } }), { a: [{ numeric: ['>=', 9] }] }],
    [
      'a path that the schema spells with a dot',
      object({ 'a.b': { type: 'string' } }, { additionalProperties: false }),
      { a: { b: ['x'] } },
    ],
    [
      'absence of a required field that every object inherits',
      object({}, { required: ['toString'], patternProperties: { '^toString$': { type: 'string' } } }),
      { toString: [{ exists: false }] } as unknown as EventPattern,
    ],
    ['a pattern with what stands around it', object({ a: { type: 'string', pattern: '(?=x)[a-z]' } }), { a: ['xa'] }],
    [
      'a recursive schema',
      {
        $ref: '#/definitions/n',
        definitions: { n: object({ n: { $ref: '#/definitions/n' }, leaf: { type: 'string' } }) },
      },
      { n: { n: { leaf: ['x'] } } },
    ],
  ])('%s is left alone', (_, schema, filter) => {
    expect(neverMatches(schema, filter)).toBe(false);
  });
});

describe('what always matches', () => {
  it.each<[string, JsonSchema, EventPattern]>([
    ['every value of an enum', object({ a: { enum: ['x', 'y'] } }, { required: ['a'] }), { a: ['x', 'y'] }],
    ['presence of a required text', object({ a: { type: 'string' } }, { required: ['a'] }), { a: [{ exists: true }] }],
    [
      'a constant in every variant',
      { type: 'object', required: ['a'], oneOf: [object({ a: { const: 1 } }), object({ a: { const: 2 } })] },
      { a: [1, 2] },
    ],
    [
      'a prefix that the pattern has',
      object({ a: { type: 'string', pattern: '^ord_[0-9]+$' } }, { required: ['a'] }),
      { a: [{ prefix: 'ord_' }] },
    ],
    [
      'anything but what cannot occur',
      object({ a: { type: 'string', pattern: '^[A-Z]{2}$' } }, { required: ['a'] }),
      { a: [{ 'anything-but': 'GBR' }] },
    ],
    [
      'the range of the schema',
      object({ a: { type: 'number', minimum: 0 } }, { required: ['a'] }),
      { a: [{ numeric: ['>=', 0] }] },
    ],
    [
      'every whole number of the range',
      object({ a: { type: 'integer', minimum: 1, maximum: 3 } }, { required: ['a'] }),
      { a: [1, 2, 3] },
    ],
    [
      'alternatives that cover all values',
      object({ a: { enum: ['x', 'y'] } }, { required: ['a'] }),
      { $or: [{ a: ['x'] }, { a: ['y'] }] },
    ],
    ['all values or none', object({ a: { enum: ['x', 'y'] } }), { a: ['x', 'y', { exists: false }] }],
    [
      'an element of a list that is not empty',
      object({ a: { type: 'array', minItems: 1, items: { enum: ['x'] } } }, { required: ['a'] }),
      { a: ['x'] },
    ],
    ['absence of a field that is an object', object({ a: { type: 'object' } }), { a: [{ exists: false }] }],
    ['both booleans', object({ a: { type: 'boolean' } }, { required: ['a'] }), { a: [true, false] }],
  ])('%s is proven', (_, schema, filter) => {
    expect(alwaysMatches(schema, filter)).toBe(true);
  });

  it.each<[string, JsonSchema, EventPattern]>([
    ['an optional field', object({ a: { enum: ['x'] } }), { a: ['x'] }],
    ['some values of an enum', object({ a: { enum: ['x', 'y'] } }, { required: ['a'] }), { a: ['x'] }],
    ['a payload that need not be an object', { properties: { a: { const: 1 } }, required: ['a'] }, { a: [1] }],
    [
      'two fields that different elements may have',
      object(
        { a: { type: 'array', minItems: 1, items: object({ b: { enum: ['x'] }, c: { enum: ['y'] } }) } },
        { required: ['a'] },
      ),
      { a: { b: ['x', { exists: false }], c: ['y', { exists: false }] } },
    ],
    [
      'presence of a list, which may be empty',
      object({ a: { type: 'array' } }, { required: ['a'] }),
      { a: [{ exists: true }] },
    ],
  ])('%s is not', (_, schema, filter) => {
    expect(alwaysMatches(schema, filter)).toBe(false);
  });
});

describe('filters that exclude each other', () => {
  const schema = object({
    a: { type: 'string' },
    n: { type: 'number' },
    list: { type: 'array', items: object({ k: { type: 'string' } }) },
  });
  const space = spaceOf(schema);
  const exclude = (one: EventPattern, other: EventPattern) =>
    branchesOf(one).every((left) => branchesOf(other).every((right) => excludeEachOther(space, left, right)));

  it.each<[string, EventPattern, EventPattern]>([
    ['other values', { a: ['x'] }, { a: ['y', 'z'] }],
    ['a value and everything else', { a: ['x'] }, { a: [{ 'anything-but': ['x', 'y'] }] }],
    ['other prefixes', { a: [{ prefix: 'x' }] }, { a: [{ prefix: 'y' }] }],
    ['presence and absence', { a: [{ exists: true }] }, { a: [{ exists: false }] }],
    ['ranges that do not meet', { n: [{ numeric: ['<', 5] }] }, { n: [{ numeric: ['>=', 5] }] }],
  ])('%s', (_, one, other) => {
    expect(exclude(one, other)).toBe(true);
  });

  it.each<[string, EventPattern, EventPattern]>([
    ['ranges that meet', { n: [{ numeric: ['<=', 5] }] }, { n: [{ numeric: ['>=', 5] }] }],
    ['a prefix and a longer one', { a: [{ prefix: 'x' }] }, { a: [{ prefix: 'xy' }] }],
    ['other values in elements of a list', { list: { k: ['x'] } }, { list: { k: ['y'] } }],
    ['other fields', { a: ['x'] }, { n: [1] }],
  ])('do not include %s', (_, one, other) => {
    expect(exclude(one, other)).toBe(false);
  });
});

describe('a condition that can be left out', () => {
  const pair = {
    type: 'array',
    minItems: 2,
    items: [object({ b: { const: 'x' } }, { required: ['b'] }), object({ c: {} })],
  };
  const schema = object({ a: pair, d: { type: 'string' } }, { required: ['a', 'd'] });
  const isIdle = (filter: EventPattern, path: string) => {
    const [branch = []] = branchesOf(filter);
    return branch.filter((leaf) => leaf.path === path).some((leaf) => addsNothing(spaceOf(schema), leaf, branch));
  };

  it('is met by every payload, whatever the others want', () => {
    expect(isIdle({ a: { b: ['x'] }, d: ['y'] }, 'a.b')).toBe(true);
    expect(isIdle({ a: { b: ['x'] }, d: ['y'] }, 'd')).toBe(false);
  });

  it('does not decide in which element others must match', () => {
    expect(isIdle({ a: { b: ['x'], c: ['y'] } }, 'a.b')).toBe(false);
  });
});

describe('what takes too long proves nothing', () => {
  const many = (count: number, make: (index: number) => unknown) =>
    Array.from({ length: count }, (_, index) => make(index));

  it.each<[string, JsonSchema, EventPattern]>([
    [
      'choices that multiply',
      object({ a: { allOf: many(60, (n) => ({ anyOf: [{ maxLength: n + 5 }, { minLength: n }] })), enum: ['x'] } }),
      { a: ['y'] },
    ],
    [
      'definitions that double',
      {
        ...object({ a: { $ref: '#/definitions/d0' } }),
        definitions: Object.fromEntries(
          many(40, (n) => {
            const next = n < 39 ? { $ref: `#/definitions/d${n + 1}` } : { enum: ['x'] };
            return [`d${n}`, { anyOf: [{ allOf: [next] }, { allOf: [next, {}] }] }];
          }) as [string, unknown][],
        ),
      },
      { a: ['y'] },
    ],
    [
      'lists of lists without end',
      {
        ...object({ a: { $ref: '#/definitions/l' } }),
        definitions: { l: { type: 'array', minItems: 1, items: { $ref: '#/definitions/l' } } },
      },
      { a: ['y'] },
    ],
    [
      'a pattern that counts high',
      object({ a: { type: 'string', pattern: '^((a{1,99}){1,99}){1,99}$' } }, { required: ['a'] }),
      { a: [{ prefix: 'a' }] },
    ],
    [
      'a pattern of many alternatives',
      object({ a: { type: 'string', pattern: `^(${many(200, (n) => `.*${n}.*`).join('|')})+$` } }, { required: ['a'] }),
      { a: [{ 'anything-but': { wildcard: many(50, (n) => `*${n}*a*${n}*`) } }] } as EventPattern,
    ],
    [
      'a deep schema',
      many(3000, (n) => n).reduce<JsonSchema & object>((inner) => object({ a: inner }), {}),
      { a: { a: { a: ['x'] } } },
    ],
    ['a deep pattern', object({ a: { pattern: `${'('.repeat(5000)}a${')'.repeat(5000)}` } }), { a: [{ prefix: 'b' }] }],
  ])('%s', (_, schema, filter) => {
    const start = performance.now();
    neverMatches(schema, filter);
    alwaysMatches(schema, filter);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
