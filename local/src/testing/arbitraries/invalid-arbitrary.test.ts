import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orderPlacedSchema, paymentProcessedSchema } from '../../../../generated/events/index.ts';
import { findEndless } from '../../../../generator/src/model/schema/endless.ts';
import { bundles } from '../../../../test/support/schemas.ts';
import { runAjv } from '../../../../test/support/validators.ts';
import { invalidArbitrary, Unmakeable } from './index.ts';

interface AjvError {
  readonly instancePath: string;
  readonly keyword: string;
}

describe('an arbitrary of invalid payloads', () => {
  test.each([
    ['OrderPlaced', orderPlacedSchema, ['required', 'type', 'additionalProperties', 'pattern']],
    ['PaymentProcessed', paymentProcessedSchema, ['oneOf']],
  ] as const)('breaks one keyword of %s, and says which and where', (_, schema, expected) => {
    const validate = runAjv(schema);
    const seen = new Set<string>();
    fc.assert(
      fc.property(invalidArbitrary<unknown>(schema), ({ payload, path, keyword }) => {
        seen.add(keyword);
        expect(validate(payload)).toBe(false);
        const told = ((validate.errors ?? []) as readonly AjvError[]).map(
          (error) => `${error.instancePath} ${error.keyword}`,
        );
        expect(told).toContain(`${path} ${keyword}`);
      }),
      { numRuns: 80 },
    );
    for (const keyword of expected) expect(seen).toContain(keyword);
  });

  test('is right about random schemas, or says that it cannot', () => {
    let made = 0;
    fc.assert(
      fc.property(bundles, fc.integer(), (schema, seed) => {
        if (findEndless(schema).length > 0) return;
        try {
          const validate = runAjv(schema);
          for (const { payload, path, keyword } of fc.sample(invalidArbitrary(schema), { numRuns: 5, seed })) {
            expect(validate(payload), JSON.stringify({ schema, payload })).toBe(false);
            const errors = (validate.errors ?? []) as readonly AjvError[];
            expect(errors.some((error) => error.instancePath === path && error.keyword === keyword)).toBe(true);
          }
          made++;
        } catch (error) {
          if (!(error instanceof Unmakeable)) throw error;
        }
      }),
      { numRuns: 40 },
    );
    expect(made).toBeGreaterThan(10);
  });

  test.each([
    [{ type: 'string', format: 'date', formatMinimum: '2024-01-01' }, ['formatMinimum']],
    [
      {
        type: 'string',
        format: 'date-time',
        formatExclusiveMinimum: '2024-01-01T00:00:00Z',
        formatMaximum: '2024-01-01T00:00:01Z',
      },
      ['formatExclusiveMinimum', 'formatMaximum'],
    ],
    [{ type: 'string', format: 'regex' }, ['format']],
    [{ type: 'string', maxLength: 20_000 }, ['maxLength']],
    [{ type: 'array', items: { type: 'integer' }, maxItems: 2000 }, ['maxItems']],
  ])('comes to break %j in each of its keywords', (schema, expected) => {
    const validate = runAjv(schema);
    const drawn = fc.sample(invalidArbitrary(schema), 150);
    for (const { payload } of drawn) expect(validate(payload)).toBe(false);
    expect(drawn.map(({ keyword }) => keyword)).toEqual(expect.arrayContaining(expected));
  });

  test('cannot break a schema that accepts everything', () => {
    expect(() => fc.sample(invalidArbitrary({}), 1)).toThrow(/Cannot make a valid value of the schema {"not":{}}/);
  });
});
