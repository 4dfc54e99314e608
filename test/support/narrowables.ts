import fc from 'fast-check';
import { bundles, schemas } from './schemas.ts';

/** Values that filters speak of, as schemas list or open them. */
const fields = fc.constantFrom<unknown>(
  { type: 'string' },
  { type: 'number' },
  { type: 'boolean' },
  { type: ['string', 'null'] },
  { type: ['string', 'number', 'null'] },
  { enum: ['x', 'X', 'eu', 'ord_1'] },
  { enum: ['x', 1, null] },
  { const: 'x' },
  { const: 'eu' },
  { type: 'array', items: { type: 'string' } },
  { type: ['string', 'array'] },
  {},
);

function objectOf(keys: readonly string[], levels: number): fc.Arbitrary<unknown> {
  const key = fc.constantFrom(...keys);
  const below = levels === 0 ? [] : [{ arbitrary: inner(keys, levels - 1), weight: 2 }];
  const field = fc.oneof({ arbitrary: fields, weight: 6 }, { arbitrary: schemas, weight: 1 }, ...below);
  return fc.record(
    {
      type: fc.constantFrom<unknown>('object', 'object', 'object', ['object', 'null']),
      properties: fc.dictionary(key, field, { minKeys: 1, maxKeys: 4 }),
      required: fc.uniqueArray(key, { maxLength: 2 }),
      additionalProperties: fc.boolean(),
    },
    { requiredKeys: ['type', 'properties'] },
  );
}

function inner(keys: readonly string[], levels: number): fc.Arbitrary<unknown> {
  const object = objectOf(keys, levels);
  return fc.oneof(object, fc.record({ oneOf: fc.array(object, { minLength: 2, maxLength: 3 }) }));
}

/** Payload schemas that leave filters something to narrow, more often than not. */
export function narrowables(keys: readonly string[]): fc.Arbitrary<unknown> {
  const object = objectOf(keys, 1).map((schema) => ({ ...(schema as object), type: 'object' }));
  const list = fc.array(object, { minLength: 2, maxLength: 3 });
  const schema = fc.oneof(
    { arbitrary: object, weight: 4 },
    { arbitrary: fc.record({ oneOf: list }), weight: 2 },
    { arbitrary: fc.record({ anyOf: list }), weight: 1 },
    { arbitrary: fc.tuple(object, list).map(([common, oneOf]) => ({ ...common, oneOf })), weight: 1 },
    { arbitrary: bundles, weight: 1 },
  );
  return schema.map((one) => ({ definitions: { d0: { type: 'string' }, d1: { type: 'array' } }, ...one }));
}
