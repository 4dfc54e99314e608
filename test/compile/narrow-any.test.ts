import { compilePattern, type EventPattern, type JsonValue, matchesPattern } from '@eventloom/engine';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printType } from '../../generator/src/emit/print/type-expression.ts';
import type { JsonSchema } from '../../generator/src/model/event-model.ts';
import { findEndless } from '../../generator/src/model/schema/endless.ts';
import { canonical } from '../../generator/src/model/schema/json.ts';
import { narrow } from '../../generator/src/model/schema/narrow/narrow.ts';
import { buildTypes } from '../../generator/src/model/schema/types/build-types.ts';
import { findViolation } from '../../generator/src/model/schema/violation.ts';
import { areAssignable } from '../support/assignable.ts';
import { filtersOver, payloadsOver } from '../support/filters.ts';
import { narrowables } from '../support/narrowables.ts';
import { seed } from '../support/seed.ts';

const keys = ['a', 'b', 'c', 'kind'];

interface Example {
  readonly payload: JsonSchema;
  readonly filters: readonly EventPattern[];
  readonly samples: readonly JsonValue[];
}

/** One schema with its filters: what to declare, and the samples that are valid and match. */
function prepare({ payload, filters, samples }: Example, index: number) {
  const compiled = filters.map(compilePattern);
  if (!compiled.every(({ ok }) => ok) || findEndless(payload).length > 0) return [];
  const { types, collisions } = buildTypes({ schema: payload, labels: new Map() }, `Case${index}_`);
  const type = narrow({ types, payload }, filters);
  if (type === null || collisions.length > 0) return [];
  const declared = [...types, { name: `Narrow${index}`, type }];
  const matching = samples.filter(
    (value) =>
      compiled.some((result) => result.ok && matchesPattern(result.pattern, value)) &&
      findViolation(payload, payload, value) === null,
  );
  return [
    {
      declarations: declared.map(({ name, type }) => `export type ${name} = ${printType(type)};`),
      narrowed: `Narrow${index}`,
      whole: `Case${index}_`,
      matching: [...new Map(matching.map((value) => [JSON.stringify(value), value])).values()].slice(0, 5),
    },
  ];
}

it('every valid payload that a filter matches is assignable to the narrowed type', () => {
  const examples = fc.sample(
    fc.record({
      payload: narrowables(keys).map((schema) => canonical(schema) as JsonSchema),
      filters: fc.array(filtersOver(keys), { minLength: 1, maxLength: 2 }),
      samples: fc.array(payloadsOver(keys), { minLength: 60, maxLength: 60 }),
    }),
    { seed, numRuns: 1500 },
  );
  const cases = examples.flatMap(prepare);
  const judged = cases.flatMap(({ narrowed, whole, matching }) =>
    matching.map((value) => ({ narrowed, whole, value })),
  );
  const verdicts = areAssignable(
    cases.flatMap(({ declarations }) => declarations).join('\n'),
    judged.flatMap(({ narrowed, whole, value }) => [whole, narrowed].map((type) => ({ type, value }))),
  );
  // TypeScript also refuses some values of the payload itself: those that share no key with a type of optional ones.
  const counted = judged.filter((_, index) => verdicts[2 * index]);
  const wrong = judged.filter((_, index) => verdicts[2 * index] && !verdicts[2 * index + 1]);
  expect(
    wrong.map((one) => [one.value, cases.find(({ narrowed }) => narrowed === one.narrowed)?.declarations]),
  ).toEqual([]);
  expect(counted.length).toBeGreaterThan(400);
  expect(new Set(counted.map(({ narrowed }) => narrowed)).size).toBeGreaterThan(150);
});
