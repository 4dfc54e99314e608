import { compilePattern, type JsonValue, matchesPattern } from '@eventloom/engine';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { filtersOver, payloadsOver } from '../../../../../test/support/filters.ts';
import { narrowables } from '../../../../../test/support/narrowables.ts';
import { hasType } from '../../../../../test/support/schemas.ts';
import type { JsonSchema } from '../../event-model.ts';
import { findEndless } from '../endless.ts';
import { canonical } from '../json.ts';
import { buildTypes } from '../types/build-types.ts';
import { findViolation } from '../violation.ts';
import { narrow } from './narrow.ts';

const keys = ['a', 'b', 'c', 'kind'];

it('gives a type that every valid payload has that the filter matches', () => {
  const counts = { matched: 0, narrowed: 0, never: 0 };
  fc.assert(
    fc.property(
      narrowables(keys).map((schema) => canonical(schema) as JsonSchema),
      fc.array(filtersOver(keys), { minLength: 1, maxLength: 2 }),
      fc.array(payloadsOver(keys), { minLength: 60, maxLength: 60 }),
      (payload, filters, samples) => {
        const compiled = filters.map(compilePattern);
        fc.pre(compiled.every(({ ok }) => ok) && findEndless(payload).length === 0);
        const { types, collisions } = buildTypes({ schema: payload, labels: new Map() }, 'T');
        const named = new Map(types.map(({ name, type }) => [name, type]));
        const root = named.get('T');
        fc.pre(collisions.length === 0 && root !== undefined);
        const type = narrow({ types, payload }, filters);
        if (type === null || root === undefined) return;
        counts.narrowed += 1;
        if (type.kind === 'primitive') counts.never += 1;
        const matches = (value: JsonValue): boolean =>
          compiled.some((result) => result.ok && matchesPattern(result.pattern, value));
        for (const value of samples) {
          if (!matches(value) || findViolation(payload, payload, value) !== null) continue;
          counts.matched += 1;
          expect(hasType(value, type, named)).toBe(true);
        }
      },
    ),
    { numRuns: 2000 },
  );
  expect(counts.narrowed - counts.never).toBeGreaterThan(400);
  expect(counts.matched).toBeGreaterThan(500);
});
