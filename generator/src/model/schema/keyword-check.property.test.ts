import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payloadOf, schemas, values } from '../../../../test/support/schemas.ts';
import { validatorEmitter } from '../../emit/validator/emit-validator.ts';
import { findEndless } from './endless.ts';
import { keywords } from './keywords.ts';

const emitValidator = validatorEmitter();

function ajvRefuses(schema: object): boolean {
  const ajv = new Ajv({ strict: false, logger: false });
  addFormats.default(ajv);
  try {
    ajv.compile(schema);
    return false;
  } catch {
    return true;
  }
}

/** Keywords with values of any kind, most of which are wrong. */
const garbage = fc.constantFrom<unknown>(
  ...[
    1,
    0,
    -1,
    1.5,
    'a',
    '(',
    '\\-',
    'date',
    'string',
    true,
    false,
    null,
    [],
    ['a'],
    ['a', 'a'],
    [1],
    {},
    { a: 1 },
    { a: {} },
    { a: ['b'] },
  ],
  ...[{ '(': {} }, ['string', 'null'], [{}], [[]], '#x'],
);
const ignored = new Set([
  '$schema',
  '$ref',
  '$async',
  '$vocabulary',
  '$defs',
  '$anchor',
  '$dynamicAnchor',
  '$recursiveAnchor',
  'definitions',
]);
const names = [...keywords.keys()].filter((keyword) => !ignored.has(keyword));
const odd = fc.dictionary(fc.constantFrom(...names), garbage, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
const place = fc.constantFrom<(schema: unknown, odd: object) => object>(
  (_, found) => found,
  (schema, found) => ({ properties: { a: found, b: schema } }),
  (schema, found) => ({ allOf: [schema, found] }),
  (_, found) => ({ properties: { a: { $ref: '#/definitions/d0' } }, definitions: { d0: found, d1: {} } }),
);

describe('buildPayload on any schema, right or wrong', () => {
  it('reports an error exactly where Ajv refuses the schema, and otherwise gives what a validator can be made of', async () => {
    const samples = fc.sample(fc.tuple(schemas, odd, place, values), { seed: 31, numRuns: 400 });
    for (const [some, found, put] of samples) {
      const schema = JSON.parse(JSON.stringify({ definitions: { d0: true, d1: true }, ...put(some, found) }));
      if (findEndless(schema).length > 0) continue;
      const { diagnostics, payload } = await payloadOf(schema);
      const errors = diagnostics
        .filter(({ severity }) => severity === 'error')
        .map(({ code, message }) => `${code}: ${message}`);
      // Ajv compiles patterns and the like only where it applies the schema; we say what is wrong anywhere.
      const isCertain = errors.length === 0 || errors.some((error) => !/schema-pattern|`nullable`|`format/.test(error));
      if (isCertain) expect([schema, errors, errors.length > 0]).toEqual([schema, errors, ajvRefuses(schema)]);
      expect(() => emitValidator({ typeName: 'Thing', payload })).not.toThrow();
    }
  });
});
