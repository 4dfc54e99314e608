import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundles, values } from '../../../../test/support/schemas.ts';
import type { JsonSchema } from '../../model/event-model.ts';
import { findEndless } from '../../model/schema/endless.ts';
import { lookupIn } from '../../model/schema/in-place.ts';
import { canonical } from '../../model/schema/json.ts';
import { findViolation } from '../../model/schema/violation.ts';
import { largestPayload, smallestPayload } from './sampled-payloads.ts';

function compile(schema: JsonSchema): (value: unknown) => boolean {
  const ajv = new Ajv({ strict: false, logger: false, meta: false, validateSchema: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

describe('a made payload of any schema', () => {
  it('is valid by Ajv, the same each time, and found for nearly every schema that accepts anything', () => {
    let found = 0;
    let findable = 0;
    fc.assert(
      fc.property(bundles, fc.array(values, { minLength: 30, maxLength: 30 }), (bundle, samples) => {
        const payload = canonical(bundle) as JsonSchema;
        fc.pre(findEndless(payload).length === 0);
        const valid = compile(payload);
        const make = (): readonly unknown[] =>
          [smallestPayload, largestPayload].flatMap(
            (make) => make({ payload, name: 'Thing' }, lookupIn(payload)) ?? [],
          );
        const made = make().map((one) => (one as { readonly value: unknown }).value);
        for (const value of made) expect([value, valid(value)]).toEqual([value, true]);
        expect(make()).toEqual(made.map((value) => ({ value })));
        const isFindable = made.length > 0 || samples.some((value) => findViolation(payload, payload, value) === null);
        findable += isFindable ? 1 : 0;
        found += made.length === 2 ? 1 : 0;
      }),
      { seed: 23, numRuns: 400 },
    );
    expect(found / findable).toBeGreaterThan(0.98);
  });
});
