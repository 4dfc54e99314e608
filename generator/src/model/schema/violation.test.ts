import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundles, values } from '../../../../test/support/schemas.ts';
import { findEndless } from './endless.ts';
import { findViolation } from './violation.ts';

function compile(schema: object): (value: unknown) => boolean {
  const ajv = new Ajv({ strict: false, logger: false, meta: false, validateSchema: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

describe('findViolation', () => {
  it('has the verdict of Ajv on any schema and value', () => {
    fc.assert(
      fc.property(bundles, fc.array(values, { minLength: 5, maxLength: 5 }), (schema, samples) => {
        fc.pre(findEndless(schema).length === 0);
        const valid = compile(schema);
        for (const value of samples) expect(findViolation(schema, schema, value) === null).toBe(valid(value));
      }),
      { seed: 7, numRuns: 600, interruptAfterTimeLimit: 20_000 },
    );
  });

  it.each<[string, object, unknown, (string | number)[], string]>([
    ['a missing property', { properties: { a: { required: ['b'] } } }, { a: {} }, ['a'], 'must have the property `b`'],
    ['an element', { items: { type: 'integer' } }, [1, 1.5], [1], 'must be a whole number'],
    ['a closed object', { additionalProperties: false }, { odd: 1 }, ['odd'], 'is not allowed'],
    ['a format', { format: 'uuid' }, 'x', [], 'must have the format uuid'],
    [
      'a limit of a format',
      { format: 'date', formatMinimum: '2026-01-01' },
      '2025-12-31',
      [],
      'must satisfy formatMinimum 2026-01-01',
    ],
    ['a single branch', { anyOf: [{ properties: { a: { const: 1 } } }] }, { a: 2 }, ['a'], 'must be 1'],
  ])('tells where and why: %s', (_, schema, value, path, problem) => {
    expect(findViolation(schema as never, schema, value)).toEqual({ path, problem });
  });
});
