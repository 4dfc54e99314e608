import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundles, hasType, values } from '../../../../../test/support/schemas.ts';
import type { JsonSchema } from '../../event-model.ts';
import { findEndless } from '../endless.ts';
import { canonical } from '../json.ts';
import { findViolation } from '../violation.ts';
import { buildTypes } from './build-types.ts';

describe('buildTypes on any schema', () => {
  it('gives a type that every valid value has', () => {
    fc.assert(
      fc.property(bundles, fc.array(values, { minLength: 30, maxLength: 30 }), ({ definitions, ...inner }, samples) => {
        // Inside of a property nothing is assumed to be an object.
        const schema = canonical({
          type: 'object',
          properties: { p: inner },
          required: ['p'],
          definitions,
        }) as JsonSchema;
        fc.pre(findEndless(schema).length === 0);
        const { types, collisions } = buildTypes({ schema, labels: new Map() }, 'T');
        fc.pre(collisions.length === 0);
        const named = new Map(types.map(({ name, type }) => [name, type]));
        const root = named.get('T');
        for (const value of samples.map((p) => ({ p }))) {
          if (findViolation(schema, schema, value) !== null || root === undefined) continue;
          expect(hasType(value, root, named)).toBe(true);
        }
      }),
      { seed: 11, numRuns: 2000 },
    );
  });
});
