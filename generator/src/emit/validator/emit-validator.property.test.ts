import fc from 'fast-check';
import { describe, it } from 'vitest';
import { instancesOf } from '../../../../test/support/instances.ts';
import { expectSame } from '../../../../test/support/same-as-ajv.ts';
import { bundles, schemas, values } from '../../../../test/support/schemas.ts';
import type { JsonSchema } from '../../model/event-model.ts';
import { findEndless } from '../../model/schema/endless.ts';

describe('emitValidator', () => {
  it('has the verdict and the errors of Ajv on any schema and value', () => {
    fc.assert(
      fc.property(bundles, fc.array(values, { minLength: 5, maxLength: 5 }), fc.nat(), (schema, samples, seed) => {
        fc.pre(findEndless(schema).length === 0);
        expectSame(schema, [...samples, ...instancesOf(schema, seed, 5)]);
      }),
      { seed: 3, numRuns: 600, interruptAfterTimeLimit: 60_000 },
    );
  });

  it('agrees with Ajv on choices by the value of a property, whatever values there are', () => {
    const fixed = fc.constantFrom<unknown>('a', 'b', 1, null, true, [], ['a'], {}, 'constructor');
    const branch = fc.record(
      {
        properties: fc.dictionary(
          fc.constantFrom('kind', 'a', 'constructor'),
          fc.oneof(
            fixed.map((value) => ({ const: value })),
            fc.array(fixed, { minLength: 1, maxLength: 2 }).map((values) => ({ enum: values })),
            schemas,
          ),
          { maxKeys: 3 },
        ),
        required: fc.constantFrom([], ['kind'], ['a']),
        type: fc.constantFrom('object', ['object', 'null'], 'string'),
        additionalProperties: fc.boolean(),
      },
      { requiredKeys: ['properties'] },
    );
    const choice = fc.oneof(branch, branch, fc.constant<unknown>({ $ref: '#/definitions/d0' }));
    const list = fc.array(choice, { minLength: 1, maxLength: 4 });
    const sample = fc.oneof(
      fc.dictionary(fc.constantFrom('kind', 'a', 'constructor', 'z'), fixed, { noNullPrototype: true }),
      fixed,
    );
    fc.assert(
      fc.property(list, fc.constantFrom('oneOf', 'anyOf'), branch, fc.array(sample, { minLength: 8 }), (...drawn) => {
        const [choices, keyword, d0, samples] = drawn;
        const schema = JSON.parse(JSON.stringify({ [keyword]: choices, definitions: { d0, d1: true } })) as JsonSchema;
        fc.pre(findEndless(schema).length === 0);
        expectSame(schema, samples);
      }),
      { numRuns: 400, interruptAfterTimeLimit: 60_000 },
    );
  });
});
