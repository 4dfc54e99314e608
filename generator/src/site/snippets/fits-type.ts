import { isObject } from '../../model/schema/json.ts';
import type { ObjectTypeExpression, PropertyType, TypeExpression } from '../../model/type-expression.ts';

/** The types that references name. */
export type TypeNames = ReadonlyMap<string, TypeExpression>;

/**
 * Tells whether TypeScript surely takes a value, written as a literal, for a type: every property is declared, and each
 * text, list and tuple is one that the type spells. False also where it only might refuse.
 */
export function fitsType(value: unknown, type: TypeExpression, names: TypeNames): boolean {
  switch (type.kind) {
    case 'primitive':
      return fitsPrimitive(value, type.name);
    case 'literal':
      return value === type.value;
    case 'template':
      return typeof value === 'string' && fitsTemplate(value, type.texts);
    case 'reference': {
      const named = names.get(type.name);
      return named !== undefined && fitsType(value, named, names);
    }
    case 'array':
      return Array.isArray(value) && value.every((item) => fitsType(item, type.element, names));
    case 'tuple':
      return Array.isArray(value) && fitsTuple(value, type, names);
    case 'object':
      return fitsObject(value, type, names);
    case 'union':
      return type.members.some((member) => fitsType(value, member, names));
    case 'intersection':
      return fitsIntersection(value, type.members, names);
    default:
      return type satisfies never;
  }
}

function fitsPrimitive(value: unknown, name: string): boolean {
  return name === 'unknown' || (name === 'null' ? value === null : typeof value === name);
}

/** Texts in their order, the first at the start and the last at the end. */
function fitsTemplate(value: string, texts: readonly string[]): boolean {
  const [first = '', ...rest] = texts;
  const last = rest.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first) || !value.endsWith(last)) return false;
  let at = first.length;
  for (const text of rest) {
    const found = value.indexOf(text, at);
    if (found < 0) return false;
    at = found + text.length;
  }
  return at <= value.length - last.length;
}

function fitsTuple(
  value: readonly unknown[],
  { elements, required, rest }: Extract<TypeExpression, { kind: 'tuple' }>,
  names: TypeNames,
): boolean {
  if (value.length < required || (rest === null && value.length > elements.length)) return false;
  return value.every((item, index) => {
    const type = elements[index] ?? rest;
    return type !== null && fitsType(item, type, names);
  });
}

function fitsObject(value: unknown, { properties, index }: ObjectTypeExpression, names: TypeNames): boolean {
  if (!isObject(value)) return false;
  const declared = new Map(properties.map((property) => [property.name, property]));
  const isWhole = properties.every(({ name, required }) => !required || Object.hasOwn(value, name));
  return (
    isWhole &&
    Object.entries(value).every(([name, item]) => {
      const property = declared.get(name);
      if (property !== undefined) return fitsType(item, property.type, names);
      return index !== null && fitsType(item, index, names);
    })
  );
}

/** What one object declares the others need not; of a union one alternative has to do; anything else has to fit all. */
function fitsIntersection(value: unknown, members: readonly TypeExpression[], names: TypeNames): boolean {
  const parts = members.flatMap((member) => partsOf(member, names));
  const at = parts.findIndex(({ kind }) => kind === 'union');
  const union = parts[at];
  if (union?.kind === 'union') {
    return union.members.some((member) => fitsIntersection(value, parts.with(at, member), names));
  }
  const objects = parts.filter((part) => part.kind === 'object');
  if (objects.length < parts.length) return parts.every((part) => fitsType(value, part, names));
  return isObject(value) && fitsObject(value, merged(objects), names);
}

/** The members of an intersection, its references followed. */
function partsOf(type: TypeExpression, names: TypeNames): readonly TypeExpression[] {
  if (type.kind === 'intersection') return type.members.flatMap((member) => partsOf(member, names));
  const named = type.kind === 'reference' ? names.get(type.name) : undefined;
  return named === undefined ? [type] : partsOf(named, names);
}

/** One object that has to be all of them. */
function merged(objects: readonly ObjectTypeExpression[]): ObjectTypeExpression {
  const names = [...new Set(objects.flatMap(({ properties }) => properties.map(({ name }) => name)))];
  const indexes = objects.flatMap(({ index }) => (index === null ? [] : [index]));
  return {
    kind: 'object',
    isClosed: false,
    index: indexes.length === 0 ? null : { kind: 'intersection', members: indexes },
    properties: names.map((name) => mergedProperty(name, objects)),
  };
}

function mergedProperty(name: string, objects: readonly ObjectTypeExpression[]): PropertyType {
  const members = objects.flatMap(({ properties, index }) => {
    const type = properties.find((property) => property.name === name)?.type ?? index;
    return type === null ? [] : [type];
  });
  const required = objects.some(({ properties }) => properties.some((one) => one.name === name && one.required));
  return { name, required, type: { kind: 'intersection', members }, doc: noDoc };
}

const noDoc: PropertyType['doc'] = { description: null, facts: [], examples: [], deprecated: false };
