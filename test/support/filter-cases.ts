import type { EventPattern, JsonValue } from '@eventloom/engine';
import fc from 'fast-check';
import type { JsonSchema } from '../../generator/src/model/event-model.ts';

/* Random payload schemas of a few fields, valid payloads of them, and filters of every operator over them. */

/** A schema and payloads that are valid by it. */
export interface PayloadCase {
  readonly schema: JsonSchema;
  readonly payloads: readonly { readonly [name: string]: JsonValue }[];
  /** Schema of the headers that travel: the top-level fields of one plain kind. */
  readonly headers: JsonSchema;
}

interface Field {
  readonly schema: { readonly [keyword: string]: unknown };
  readonly value: fc.Arbitrary<JsonValue>;
}

const texts = ['eu', 'us', 'EU', 'e', '', 'web-1', 'web-22', '10.0.0.1', '10.0.0.77', 'a"', 'a', 'true', '5'] as const;
const numbers = [0, 1, 5, -3, 7.25, 100, 1e6] as const;
const addresses = ['10.0.0.1', '10.0.0.77', '10.1.2.3', '192.168.1.9', '10.0.1.1'] as const;

const text = fc.constantFrom(...texts);
const number = fc.constantFrom(...numbers);
const some = <T>(values: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...values], { minLength: 1 });

/** Fields that hold one value. */
const scalarField: fc.Arbitrary<Field> = fc.oneof(
  some(texts).map((list): Field => ({ schema: { enum: list }, value: fc.constantFrom(...list) })),
  some([...texts.slice(0, 6), ...numbers.slice(0, 3), null, true]).map(
    (list): Field => ({ schema: { enum: list }, value: fc.constantFrom(...list) }),
  ),
  some(numbers).map((list): Field => ({ schema: { type: 'number', enum: list }, value: fc.constantFrom(...list) })),
  fc.constantFrom<Field>(
    { schema: { type: 'string' }, value: text },
    { schema: { type: 'string', minLength: 1 }, value: text.filter((one) => one !== '') },
    { schema: { type: ['string', 'null'] }, value: fc.oneof(text, fc.constant(null)) },
    { schema: { type: ['string', 'null'], minLength: 1 }, value: fc.constantFrom('eu', 'web-1', null) },
    { schema: { type: 'number' }, value: number },
    { schema: { type: 'number', minimum: 0, maximum: 1e6 }, value: number.filter((one) => one >= 0) },
    { schema: { type: ['integer', 'null'], exclusiveMinimum: 0 }, value: fc.constantFrom(1, 5, 100, null) },
    { schema: { type: 'boolean' }, value: fc.boolean() },
    { schema: { type: ['boolean', 'null'] }, value: fc.constantFrom(true, false, null) },
    { schema: { type: 'string', format: 'ipv4' }, value: fc.constantFrom(...addresses) },
    { schema: {}, value: fc.oneof(text, number, fc.boolean(), fc.constant(null)) },
  ),
);

const listField = fc.tuple(scalarField, fc.constantFrom(0, 1)).map(
  ([{ schema, value }, minItems]): Field => ({
    schema: { type: 'array', items: schema, minItems },
    value: fc.array(value, { minLength: minItems, maxLength: 3 }),
  }),
);

const textsField = fc.constantFrom(0, 1).map(
  (minItems): Field => ({
    schema: { type: 'array', items: { type: 'string' }, minItems },
    value: fc.array(text, { minLength: minItems, maxLength: 3 }),
  }),
);

const names = ['in', 'out'] as const;

const objectField = fc.tuple(scalarField, scalarField, fc.boolean()).map(
  ([first, second, isRequired]): Field => ({
    schema: objectSchema([first, second].map(({ schema }, at) => [names[at] ?? '', schema, isRequired])),
    value: fc.record({ in: first.value, out: second.value }, isRequired ? {} : { requiredKeys: [] }),
  }),
);

const objectsField = objectField.map(
  ({ schema, value }): Field => ({
    schema: { type: 'array', items: schema },
    value: fc.array(value, { maxLength: 2 }),
  }),
);

function objectSchema(fields: readonly (readonly [name: string, schema: unknown, required: boolean])[]) {
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, schema]) => [name, schema])),
    required: fields.flatMap(([name, , required]) => (required ? [name] : [])),
  };
}

const fieldNames = ['a', 'b', 'c', 'd', 'e'] as const;

/** Payload schemas of five fields, with eight valid payloads each. */
export const payloadCases: fc.Arbitrary<PayloadCase> = fc
  .tuple(
    fc.tuple(
      scalarField,
      scalarField,
      scalarField,
      fc.oneof(listField, textsField),
      fc.oneof(objectField, objectsField),
    ),
    fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()),
  )
  .chain(([fields, required]) => {
    const parts = fields.map(({ schema }, at) => [fieldNames[at] ?? '', schema, required[at] ?? false] as const);
    const requiredKeys = fieldNames.filter((_, at) => required[at]);
    const values = Object.fromEntries(fields.map(({ value }, at) => [fieldNames[at] ?? '', value]));
    const payload = fc.record(values, { requiredKeys });
    return fc.array(payload, { minLength: 8, maxLength: 8 }).map(
      (payloads): PayloadCase => ({
        schema: objectSchema(parts),
        payloads: payloads as PayloadCase['payloads'],
        headers: { type: 'object', properties: Object.fromEntries(parts.map(([name, schema]) => [name, schema])) },
      }),
    );
  });

const prefixes = ['e', 'E', 'web-', '10.', '1', 'a"', 'eu'] as const;
const wildcards = ['e*', '*u', 'web-*', '*', 'eu', 'w*1', '*-1', 'a"*', '10.0.0.1'] as const;
const one = <T extends JsonValue>(values: readonly T[]) => fc.constantFrom(...values);
const oneOrMore = <T extends JsonValue>(values: readonly T[]): fc.Arbitrary<JsonValue> =>
  fc.oneof(
    one(values),
    fc.subarray([...values], { minLength: 1, maxLength: Math.min(3, values.length) }) as fc.Arbitrary<JsonValue[]>,
  );

const comparison = fc.tuple(fc.constantFrom('>', '>='), number, fc.constantFrom('<', '<='), number);
const bounds = fc.constantFrom<readonly JsonValue[]>(
  ['<', 2e9],
  ['>=', -3e9],
  ['>', 0, '<=', 6e9],
  ['>', 0.0000001],
  ['<', 0],
);

/** One alternative, of every operator alike. */
export const alternatives: fc.Arbitrary<JsonValue> = fc.oneof(
  text,
  number,
  fc.constantFrom<JsonValue>(true, false, null),
  fc.constantFrom<JsonValue>('010.0.0.1', '10.0.0.77', '192.168.1.9'),
  one(texts).map((value) => ({ exactly: value })),
  one(prefixes).map((value) => ({ prefix: value })),
  one(prefixes).map((value) => ({ prefix: { 'equals-ignore-case': value } })),
  one(['u', 'U', '1', '-1']).map((value) => ({ suffix: value })),
  one(['u', '-1', 'S']).map((value) => ({ suffix: { 'equals-ignore-case': value } })),
  one(texts).map((value) => ({ 'equals-ignore-case': value })),
  one(wildcards).map((value) => ({ wildcard: value })),
  oneOrMore(texts).map((value) => ({ 'anything-but': value })),
  oneOrMore(numbers).map((value) => ({ 'anything-but': value })),
  oneOrMore(prefixes).map((value) => ({ 'anything-but': { prefix: value } })),
  oneOrMore(['u', '1']).map((value) => ({ 'anything-but': { suffix: value } })),
  oneOrMore(['eu', 'US', 'web-1']).map((value) => ({ 'anything-but': { 'equals-ignore-case': value } })),
  oneOrMore(wildcards).map((value) => ({ 'anything-but': { wildcard: value } })),
  one(numbers).map((value) => ({ numeric: ['=', value] })),
  comparison
    .filter(([, low, , high]) => low < high)
    .map(([from, low, to, high]) => ({ numeric: [from, low, to, high] })),
  bounds.map((numeric) => ({ numeric })),
  one(['10.0.0.0/24', '10.0.0.0/8', '10.0.0.0/23', '10.0.0.76/30', '192.168.0.0/16']).map((cidr) => ({ cidr })),
  fc.boolean().map((exists) => ({ exists })),
);

const leaf = fc.array(alternatives, { minLength: 1, maxLength: 3 });
const topLevel = fc.constantFrom('a', 'b', 'c', 'd');

const fields: fc.Arbitrary<EventPattern> = fc.dictionary(topLevel, leaf, {
  minKeys: 1,
  maxKeys: 2,
  noNullPrototype: true,
});
const nested: fc.Arbitrary<EventPattern> = fc.oneof(
  fc.record({ e: fc.record({ in: leaf, out: leaf }, { requiredKeys: ['in'] }) }),
  leaf.map((value) => ({ 'e.in': value })),
);
const either: fc.Arbitrary<EventPattern> = fc
  .tuple(fields, fields)
  .map(([first, second]) => ({ $or: [first, second] }));

/** Filters of top-level fields, as attributes can say them. */
export const flatFilters: fc.Arbitrary<EventPattern> = fc.oneof(
  { arbitrary: fields, weight: 3 },
  either,
  fc.tuple(fields, either).map(([first, second]) => ({ ...first, ...second })),
);

/** Filters of any form. */
export const filters: fc.Arbitrary<EventPattern> = fc.oneof(
  flatFilters,
  nested,
  fc.tuple(flatFilters, nested).map(([first, second]) => ({ ...first, ...second })),
);
