import type { PropertyType, TypeExpression } from '../../type-expression.ts';
import { isObject } from '../json.ts';

/** A type without parts of its own. */
export function primitive(name: Extract<TypeExpression, { kind: 'primitive' }>['name']): TypeExpression {
  return { kind: 'primitive', name };
}

export const never: TypeExpression = primitive('never');
export const unknown: TypeExpression = primitive('unknown');
export const nothing: TypeExpression = { kind: 'literal', value: null };

/** Tells whether no value has this type. */
export function isNever(type: TypeExpression): boolean {
  return type.kind === 'primitive' && type.name === 'never';
}

/** Tells whether every value has this type. */
export function isUnknown(type: TypeExpression): boolean {
  return type.kind === 'primitive' && type.name === 'unknown';
}

/** The type of exactly one JSON value. Objects are closed as far as TypeScript can. */
export function typeOfValue(value: unknown): TypeExpression {
  if (Array.isArray(value)) {
    return { kind: 'tuple', elements: value.map(typeOfValue), required: value.length, rest: null };
  }
  if (isObject(value)) {
    const properties = Object.entries(value).map(
      ([name, item]): PropertyType => ({ ...plainProperty(name), type: typeOfValue(item) }),
    );
    return { kind: 'object', properties, index: properties.length === 0 ? never : null, isClosed: true };
  }
  return { kind: 'literal', value: value as string | number | boolean | null };
}

/** A required property of any type, without a doc comment. */
export function plainProperty(name: string): PropertyType {
  return {
    name,
    type: unknown,
    required: true,
    doc: { description: null, facts: [], examples: [], deprecated: false },
  };
}

/** The union of types in their order: nested unions are opened, and what another member covers is left out. */
export function unionOf(types: readonly TypeExpression[]): TypeExpression {
  const members = unique(
    types.flatMap((type) => (type.kind === 'union' ? type.members : [type])).filter((type) => !isNever(type)),
  );
  if (members.some(isUnknown)) return unknown;
  const covered = withBoolean(members).filter((type, _, all) => !isCovered(type, all));
  const [only] = covered;
  return covered.length > 1 ? { kind: 'union', members: covered } : (only ?? never);
}

/** The intersection of types in their order. */
export function intersectionOf(types: readonly TypeExpression[]): TypeExpression {
  const members = unique(
    types.flatMap((type) => (type.kind === 'intersection' ? type.members : [type])).filter((type) => !isUnknown(type)),
  );
  if (members.some(isNever)) return never;
  const [only] = members;
  return members.length > 1 ? { kind: 'intersection', members } : (only ?? unknown);
}

/** The parts of a type that are types themselves. */
export function partsOf(type: TypeExpression): readonly TypeExpression[] {
  switch (type.kind) {
    case 'primitive':
    case 'literal':
    case 'template':
    case 'reference':
      return [];
    case 'array':
      return [type.element];
    case 'tuple':
      return type.rest === null ? type.elements : [...type.elements, type.rest];
    case 'object':
      return [...type.properties.map((property) => property.type), ...(type.index === null ? [] : [type.index])];
    case 'union':
    case 'intersection':
      return type.members;
    default:
      return type satisfies never;
  }
}

/** A copy of a type with other references. */
export function mapReferences(type: TypeExpression, replace: (name: string) => TypeExpression): TypeExpression {
  const map = (part: TypeExpression): TypeExpression => mapReferences(part, replace);
  switch (type.kind) {
    case 'primitive':
    case 'literal':
    case 'template':
      return type;
    case 'reference':
      return replace(type.name);
    case 'array':
      return { ...type, element: map(type.element) };
    case 'tuple':
      return { ...type, elements: type.elements.map(map), rest: type.rest === null ? null : map(type.rest) };
    case 'object':
      return {
        ...type,
        properties: type.properties.map((property) => ({ ...property, type: map(property.type) })),
        index: type.index === null ? null : map(type.index),
      };
    case 'union':
    case 'intersection':
      return { ...type, members: type.members.map(map) };
    default:
      return type satisfies never;
  }
}

/**
 * Text that two types share when TypeScript takes one for the other: they may differ in whether they are closed.
 */
export function shapeOf(type: TypeExpression): string {
  return JSON.stringify(type, (key, value: unknown) => (key === 'isClosed' ? undefined : value));
}

/** Of types of one shape the first stays, as an open one if any of them is not wholly the same. */
function unique(types: readonly TypeExpression[]): TypeExpression[] {
  if (types.length < 2) return [...types];
  const found = new Map<string, TypeExpression>();
  for (const type of types) {
    const shape = shapeOf(type);
    const earlier = found.get(shape);
    const isSame = earlier === undefined || JSON.stringify(earlier) === JSON.stringify(type);
    found.set(shape, isSame ? type : opened(type));
  }
  return [...found.values()];
}

/** A type without any claim that its objects have no other keys. */
export function opened(type: TypeExpression): TypeExpression {
  return JSON.parse(JSON.stringify(type, (key, value: unknown) => (key === 'isClosed' ? false : value)));
}

/** Both truth values are `boolean`, at the place of the first. */
function withBoolean(types: readonly TypeExpression[]): TypeExpression[] {
  const values = types.filter((type) => type.kind === 'literal' && typeof type.value === 'boolean');
  if (values.length < 2) return [...types];
  return types.flatMap((type) => (type === values[0] ? [primitive('boolean')] : values.includes(type) ? [] : [type]));
}

function isCovered(type: TypeExpression, all: readonly TypeExpression[]): boolean {
  if (type.kind !== 'literal') return false;
  return all.some((other) => other.kind === 'primitive' && other.name === typeof type.value);
}
