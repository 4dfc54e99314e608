import { compilePattern, type EventPattern, matchesPattern } from '@eventloom/engine';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../model/event-model.ts';
import { isCertain, isImpossible } from './proofs.ts';

function branchesOf(filter: unknown) {
  const compiled = compilePattern(filter);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
  return compiled.pattern.branches;
}

const neverMatches = (schema: JsonSchema, filter: EventPattern) =>
  branchesOf(filter).every((branch) => isImpossible(schema, branch));
const alwaysMatches = (schema: JsonSchema, filter: EventPattern) =>
  branchesOf(filter).some((branch) => isCertain(schema, branch));

const object = (properties: object, more: object = {}): JsonSchema => ({ type: 'object', properties, ...more });

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
    ['both booleans', object({ a: { type: 'boolean' } }, { required: ['a'] }), { a: [true, false] }],
  ])('%s is proven', (_, schema, filter) => {
    expect(alwaysMatches(schema, filter)).toBe(true);
  });

  it.each<[string, JsonSchema, EventPattern]>([
    ['an optional field', object({ a: { enum: ['x'] } }), { a: ['x'] }],
    ['some values of an enum', object({ a: { enum: ['x', 'y'] } }, { required: ['a'] }), { a: ['x'] }],
    ['a payload that need not be an object', { properties: { a: { const: 1 } }, required: ['a'] }, { a: [1] }],
    [
      'presence of a list, which may be empty',
      object({ a: { type: 'array' } }, { required: ['a'] }),
      { a: [{ exists: true }] },
    ],
  ])('%s is not', (_, schema, filter) => {
    expect(alwaysMatches(schema, filter)).toBe(false);
  });
});

/** Made from entries, since an object with a `then` looks like a promise. */
function conditional([first, second, third]: readonly unknown[]): unknown {
  return Object.fromEntries([
    ['if', first],
    ['then', second],
    ['else', third],
  ]);
}

describe('proofs hold for every valid payload', () => {
  const key = fc.constantFrom('a', 'b');
  const scalar = fc.constantFrom<string | number | boolean | null>('x', 'y', 'xy', '', 0, 1, 1.5, 2, true, false, null);
  const some = [
    'x',
    'y',
    'xy',
    '',
    0,
    1,
    1.5,
    2,
    true,
    null,
    {},
    { a: 'x' },
    { a: 1, b: 'y' },
    { b: null },
    [],
    ['x'],
    [1, 'y'],
  ];
  const fillings = [undefined, ...some];
  const payloads = fillings.flatMap((a) => fillings.map((b) => JSON.parse(JSON.stringify({ a, b })) as object));
  const type = fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', 'object', 'array');
  const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
    schema: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<unknown>(true, {}, { $ref: '#' }, { $ref: '#/definitions/d' }),
      fc.record({ enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }) }),
      fc.record({ const: scalar }),
      fc.record({ type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 2 })) }),
      fc.record(
        {
          type: fc.constant('number'),
          minimum: fc.integer({ min: 0, max: 2 }),
          exclusiveMaximum: fc.integer({ min: 0, max: 3 }),
        },
        { requiredKeys: ['type'] },
      ),
      fc.record(
        {
          type: fc.constant('string'),
          minLength: fc.nat(2),
          maxLength: fc.nat(2),
          pattern: fc.constantFrom('x', '^y'),
        },
        { requiredKeys: ['type'] },
      ),
      fc.record(
        {
          type: fc.constant('object'),
          properties: fc.dictionary(key, tie('schema'), { maxKeys: 2 }),
          required: fc.uniqueArray(key, { maxLength: 2 }),
          additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
        },
        { requiredKeys: ['properties'] },
      ),
      fc.record({
        type: fc.constant('array'),
        items: fc.oneof(tie('schema'), fc.array(tie('schema'), { minLength: 1, maxLength: 2 })),
      }),
      fc.record({ allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
      fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
      fc.record({ oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
      fc.tuple(tie('schema'), tie('schema'), tie('schema')).map(conditional),
      fc.record({ not: tie('schema') }),
    ),
  }));
  const condition = fc.oneof(
    { arbitrary: scalar, weight: 5 },
    fc.record({ exists: fc.boolean() }),
    fc.record({ prefix: fc.constantFrom('x', 'y') }),
    fc.record({ 'anything-but': fc.constantFrom('x', 1) }),
    fc.record({ numeric: fc.constantFrom(['>', 1], ['<=', 0], ['=', 2]) }),
  );
  const leaf = fc.array(condition, { minLength: 1, maxLength: 3 });
  const fields = fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf, { minKeys: 1, maxKeys: 2 })), {
    minKeys: 1,
    maxKeys: 2,
  });
  const filter = fc.oneof(fields, fc.record({ $or: fc.array(fields, { minLength: 2, maxLength: 2 }) }));

  it('for random schemas, filters and payloads', () => {
    const proven = { never: 0, always: 0, payloads: 0 };
    const open = fc.oneof(schema, fc.record({ a: schema, b: schema }).map(requiring));
    const given = fc.tuple(open, schema, filter);
    fc.assert(
      fc.property(given, ([body, definition, pattern]) => {
        const root = toRoot(body, definition);
        const compiled = compilePattern(pattern);
        if (!compiled.ok) return;
        const never = neverMatches(root, pattern as EventPattern);
        const always = alwaysMatches(root, pattern as EventPattern);
        const validate = never || always ? compileOrNull(root) : null;
        if (validate === null) return;
        proven[never ? 'never' : 'always']++;
        for (const payload of payloads.filter((one) => isValid(validate, one))) {
          proven.payloads++;
          const matches = matchesPattern(compiled.pattern, payload);
          if (never) expect(matches).toBe(false);
          if (always) expect(matches).toBe(true);
        }
      }),
      { numRuns: 500, seed: 20261120 },
    );
    expect(proven.never).toBeGreaterThan(100);
    expect(proven.always).toBeGreaterThan(10);
    expect(proven.payloads).toBeGreaterThan(500);
  });

  function requiring(properties: object): unknown {
    return { type: 'object', required: ['a', 'b'], properties };
  }

  /** A schema with `#/definitions/d`. One that is a reference has no room for it. */
  function toRoot(body: unknown, definition: unknown): JsonSchema {
    const isOpen = isObject(body) && !('$ref' in body);
    const root = isOpen
      ? { ...body, definitions: { d: definition } }
      : { allOf: [definition], definitions: { d: true } };
    return root as JsonSchema;
  }

  function isObject(candidate: unknown): candidate is object {
    return typeof candidate === 'object' && candidate !== null && !Array.isArray(candidate);
  }

  function compileOrNull(root: JsonSchema) {
    try {
      return new Ajv({ strict: false, logger: false, meta: false, validateSchema: false }).compile(root);
    } catch {
      return null;
    }
  }

  /** A schema that refers to itself in place never ends. */
  function isValid(validate: (payload: unknown) => unknown, payload: unknown): boolean {
    try {
      return validate(payload) === true;
    } catch {
      return false;
    }
  }
});
