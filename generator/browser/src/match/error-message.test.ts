import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Validator } from '../../../../runtime/src/validator.ts';
import { instancesOf } from '../../../../test/support/instances.ts';
import { bundles, values } from '../../../../test/support/schemas.ts';
import { runEmitted } from '../../../../test/support/validators.ts';
import type { EventModel, JsonSchema } from '../../../src/model/event-model.ts';
import { findEndless } from '../../../src/model/schema/endless.ts';
import type { Published } from '../../../src/route/published.ts';
import { validatePayload } from '../../../src/route/validate-payload.ts';
import { errorMessage } from './error-message.ts';
import { judge } from './judge.ts';

const everyKeyword: JsonSchema = {
  type: 'object',
  required: ['a', 'b'],
  minProperties: 30,
  maxProperties: 1,
  propertyNames: { pattern: '^[a-z]+$' },
  dependencies: { c: ['x'], d: ['x', 'y'] },
  additionalProperties: false,
  properties: {
    c: { type: ['string', 'null'], const: 'x' },
    d: { enum: [1, 'two', null] },
    numbers: { items: { minimum: 5, exclusiveMinimum: 5, maximum: -5, exclusiveMaximum: -5, multipleOf: 2 } },
    texts: { items: { minLength: 3, maxLength: 0, pattern: '^"\\d"$', format: 'uuid' } },
    lists: { minItems: 4, maxItems: 1, uniqueItems: true, contains: { const: 9 } },
    tuple: { items: [true], additionalItems: false },
    nope: false,
    not: { not: {} },
    any: { anyOf: [{ type: 'null' }, { type: 'boolean' }] },
    one: { oneOf: [true, true] },
    when: { if: true, then: { type: 'array' } },
    otherwise: { if: false, else: { type: 'array' } },
  },
};

const broken = {
  c: 5,
  d: 3,
  numbers: [3],
  texts: ['é'],
  lists: [1, 1],
  tuple: [1, 2],
  nope: 1,
  not: 1,
  any: 1,
  one: 1,
  when: 1,
  otherwise: 1,
  SHOUTED: 1,
};

test('every keyword is told as on the command line', async () => {
  const { cli, box } = await bothOn(everyKeyword, broken);
  expect(box).toEqual(cli);
  expect(new Set(cli.errors.map(({ message }) => message.replace(/[0-9"'].*/, ''))).size).toBeGreaterThan(20);
});

test('any schema and value have the same verdict and errors as on the command line', async () => {
  let invalid = 0;
  await fc.assert(
    fc.asyncProperty(
      bundles,
      fc.array(values, { minLength: 3, maxLength: 3 }),
      fc.nat(),
      async (schema, samples, seed) => {
        fc.pre(findEndless(schema).length === 0);
        for (const value of [...samples, ...instancesOf(schema, seed, 3)]) {
          const { cli, box } = await bothOn(schema, value);
          expect(box).toEqual(cli);
          if (!cli.valid) invalid++;
        }
      },
    ),
    { numRuns: 100, interruptAfterTimeLimit: 60_000 },
  );
  expect(invalid).toBeGreaterThan(20);
});

test('a keyword that objects have by nature is no sentence', () => {
  expect(errorMessage({ keyword: 'constructor', params: {} })).toBe('must pass "constructor" keyword validation');
});

async function bothOn(payload: JsonSchema, value: unknown) {
  const model = { catalog: { messages: [{ typeName: 'Thing', payload }] } } as unknown as EventModel;
  const published = { payload: value, event: { message: 'Thing' }, problem: '' } as unknown as Published;
  const validate = runEmitted(payload) as Validator<unknown>;
  const { valid, errors } = judge(published, { destinations: [], consumers: [] }, validate);
  return { cli: await validatePayload(model, published), box: { valid, errors } };
}
