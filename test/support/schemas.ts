import fc from 'fast-check';
import { load } from '../../generator/src/load/load.ts';
import { filesInMemory } from '../../generator/src/load/read-file.ts';
import { type BuiltPayload, buildPayload } from '../../generator/src/model/schema/build-payload.ts';
import type { ObjectTypeExpression, PropertyType, TypeExpression } from '../../generator/src/model/type-expression.ts';

/** Builds the payload of a schema in a file of its own, `schemas/payload.json`, to which a spec refers. */
export async function payloadOf(
  schema: unknown,
  files: Readonly<Record<string, unknown>> = {},
  typeName = 'Thing',
): Promise<BuiltPayload> {
  const spec = {
    asyncapi: '3.0.0',
    info: { title: 'Test', version: '1' },
    components: { schemas: { Payload: { $ref: './schemas/payload.json' } } },
  };
  const texts = Object.entries({ 'asyncapi.json': spec, 'schemas/payload.json': schema, ...files }).map(
    ([path, value]) => [path, typeof value === 'string' ? value : JSON.stringify(value, null, 2)],
  );
  const { document } = await load('asyncapi.json', filesInMemory(Object.fromEntries(texts)), { conformance: false });
  const node = document?.root.raw('components')?.raw('schemas')?.raw('Payload');
  if (node === undefined) throw new Error('the spec has no payload');
  return buildPayload(node, typeName);
}

/** Tells whether a JSON value has a type, by the rules of TypeScript for values that are no literals. */
export function hasType(value: unknown, type: TypeExpression, named: ReadonlyMap<string, TypeExpression>): boolean {
  const has = (item: unknown, part: TypeExpression): boolean => hasType(item, part, named);
  switch (type.kind) {
    case 'primitive':
      if (type.name === 'unknown') return true;
      return type.name === 'null' ? value === null : typeof value === type.name;
    case 'literal':
      return value === type.value;
    case 'template':
      return typeof value === 'string' && templatePattern(type.texts).test(value);
    case 'reference': {
      if (type.name === 'undefined') return value === undefined;
      const target = named.get(type.name);
      if (target === undefined) throw new Error(`no type is called ${type.name}`);
      return has(value, target);
    }
    case 'array':
      return Array.isArray(value) && value.every((item) => has(item, type.element));
    case 'tuple':
      return Array.isArray(value) && isTuple(value, type, has);
    case 'object':
      if (type.properties.length === 0 && type.index === null) return value !== null && value !== undefined;
      return isRecord(value) && isObjectOf(value, type, has);
    case 'union':
      return type.members.some((member) => has(value, member));
    case 'intersection':
      return type.members.every((member) => has(value, member));
    default:
      return type satisfies never;
  }
}

type Has = (value: unknown, type: TypeExpression) => boolean;

function isTuple(value: readonly unknown[], type: Extract<TypeExpression, { kind: 'tuple' }>, has: Has): boolean {
  const { elements, required, rest } = type;
  if (value.length < required || (rest === null && value.length > elements.length)) return false;
  return value.every((item, index) => has(item, elements[index] ?? rest ?? { kind: 'primitive', name: 'never' }));
}

function isObjectOf(
  value: Readonly<Record<string, unknown>>,
  { properties, index, isClosed }: ObjectTypeExpression,
  has: Has,
): boolean {
  const declared = new Set(properties.map(({ name }) => name));
  const isRight = ({ name, type, required }: PropertyType): boolean =>
    Object.hasOwn(value, name) ? has(value[name], type) : !required;
  const others = Object.keys(value).filter((name) => !declared.has(name));
  if (isClosed && index === null && others.length > 0) return false;
  return properties.every(isRight) && (index === null || others.every((name) => has(value[name], index)));
}

function templatePattern(texts: readonly string[]): RegExp {
  return new RegExp(`^${texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('.*')}$`, 's');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const names = ['a', 'b', 'c', 'kind'];
const scalars = ['x', 'y', '', 'eu', 0, 1, -1, 1.5, 10, true, false, null];

/** JSON values that meet the schemas of {@link schemas} more often than not. */
export const values: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...scalars),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names, 'a1', 'zz'), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

const key = fc.constantFrom(...names);
const count = fc.constantFrom(0, 1, 2, 3);
const number = fc.constantFrom(-1, 0, 1, 1.5, 2, 10);
const typeName = fc.constantFrom('array', 'boolean', 'integer', 'null', 'number', 'object', 'string');
const distinct = <T>(arbitrary: fc.Arbitrary<T>, minLength: number): fc.Arbitrary<T[]> =>
  fc.uniqueArray(arbitrary, { minLength, maxLength: 3, selector: (item) => JSON.stringify(item) });

/** Makes values of every keyword of draft-07, given how to make schemas. */
function keywordValues(schema: fc.Arbitrary<unknown>): Readonly<Record<string, fc.Arbitrary<unknown>>> {
  const map = fc.dictionary(key, schema, { maxKeys: 3 });
  const list = fc.array(schema, { minLength: 1, maxLength: 3 });
  return {
    type: fc.oneof(fc.constant('object'), typeName, distinct(typeName, 1)),
    enum: distinct(values, 1),
    const: values,
    properties: map,
    required: fc.uniqueArray(key, { maxLength: 2 }),
    additionalProperties: schema,
    patternProperties: fc.dictionary(fc.constantFrom('^a', '1$'), schema, { maxKeys: 2 }),
    propertyNames: fc.oneof(fc.constant<unknown>({ maxLength: 1 }), fc.record({ enum: distinct(key, 1) })),
    minProperties: count,
    maxProperties: count,
    dependencies: fc.dictionary(key, fc.oneof(fc.uniqueArray(key, { maxLength: 2 }), schema), { maxKeys: 1 }),
    items: fc.oneof(schema, list),
    additionalItems: schema,
    contains: schema,
    minItems: count,
    maxItems: count,
    uniqueItems: fc.boolean(),
    minLength: count,
    maxLength: count,
    pattern: fc.constantFrom('^[a-z]$', 'x|y', '^$'),
    format: fc.constantFrom('date', 'email', 'int32', 'unknown-format'),
    minimum: number,
    maximum: number,
    exclusiveMinimum: number,
    exclusiveMaximum: number,
    multipleOf: fc.constantFrom(1, 0.5, 2),
    allOf: list,
    anyOf: list,
    oneOf: list,
    not: schema,
    if: schema,
    then: schema,
    else: schema,
  };
}

/** Keywords that matter most to types come more often. */
const likely = [
  'type',
  'properties',
  'properties',
  'required',
  'items',
  'anyOf',
  'oneOf',
  'allOf',
  'additionalProperties',
];

/** Draft-07 schemas over few names and values, so that keywords meet. `$ref`s are `#/definitions/d0` and `d1`. */
export const schemas: fc.Arbitrary<unknown> = schemaOfDepth(3);

function schemaOfDepth(depth: number): fc.Arbitrary<unknown> {
  const simple = fc.constantFrom<unknown>(
    ...[
      { type: 'string' },
      { type: 'number' },
      { type: 'object' },
      { type: ['string', 'null'] },
      { const: 'x' },
      { enum: ['x', 'eu'] },
    ],
    ...[true, {}, { $ref: '#/definitions/d0' }, { $ref: '#/definitions/d1' }, false],
  );
  if (depth === 0) return simple;
  const byKeyword = keywordValues(schemaOfDepth(depth - 1));
  const some = fc.uniqueArray(fc.constantFrom(...likely, ...Object.keys(byKeyword)), { minLength: 1, maxLength: 4 });
  const compound = some.chain((keywords) =>
    fc.record(Object.fromEntries(keywords.map((keyword) => [keyword, byKeyword[keyword] ?? fc.constant(true)]))),
  );
  return fc.oneof({ arbitrary: simple, weight: 1 }, { arbitrary: compound, weight: 2 });
}

/** Schemas with two definitions, which they and each other may refer to. */
export const bundles: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc
  .record({ schema: schemas, d0: schemas, d1: schemas })
  .map(({ schema, d0, d1 }) => ({
    ...(typeof schema === 'object' ? schema : { allOf: [schema] }),
    definitions: { d0, d1 },
  }));
