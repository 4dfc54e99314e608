import type { EventPattern, JsonValue } from '@eventloom/engine';
import type { JsonSchema } from '../event-model.ts';
import type { PropertyType, TypeExpression } from '../type-expression.ts';
import { type Lookup, lookupIn } from './in-place.ts';
import { isObject } from './json.ts';
import { type Kinds, kindsOf } from './kinds.ts';
import { isDescribed, isRequired, propertySchema } from './property-schema.ts';
import { intersectionOf, never, nothing, plainProperty, unionOf } from './types/expressions.ts';
import { accepts } from './violation.ts';

/**
 * What a filter lets through of a payload: a type to be intersected with the payload's, or null when the filter says
 * nothing that types can say. Every valid payload that the filter matches has it.
 *
 * Exact values, `exists` and `$or` of these narrow. EventBridge looks into arrays, so a field that may be an array has
 * any elements besides the one that matched, and nothing inside it narrows. It also takes a key with dots for nested
 * fields: a field does not narrow where the schema describes such a key in its stead.
 */
export function narrow(payload: JsonSchema, filter: EventPattern): TypeExpression | null {
  return narrowObject(payload, filter, lookupIn(payload)).type;
}

interface Narrowing {
  readonly type: TypeExpression | null;
  /** The filter matches nothing but objects that have some field. */
  readonly needsObject: boolean;
}

const none: Narrowing = { type: null, needsObject: false };

function narrowObject(whole: unknown, filter: EventPattern, lookup: Lookup): Narrowing {
  const kinds = kindsOf(whole, lookup);
  if (kinds.has('array')) return none;
  const schema = withoutOthers(whole, filter, lookup);
  const fields = Object.entries(filter);
  const alternatives = fields.flatMap(([key, value]) => {
    const patterns = key === '$or' ? orPatterns(value) : null;
    return patterns === null ? [] : [patterns.map((pattern) => narrowObject(schema, pattern, lookup))];
  });
  const properties = fields.flatMap(([name, value]) => narrowField(schema, name, value, lookup) ?? []);
  const unions = alternatives.map((branches) => unionOfBranches(branches));
  const needsObject = properties.some((field) => field.isPresent) || unions.some((union) => union.needsObject);
  if (!needsObject && !isOnly(kinds, 'object')) return none;
  const own = properties.flatMap(({ property }) => property ?? []);
  const types = [
    ...(own.length === 0 ? [] : [{ kind: 'object', properties: own, index: null } as const]),
    ...unions.flatMap(({ type }) => type ?? []),
  ];
  return { type: types.length === 0 ? null : intersectionOf(types), needsObject };
}

/** A schema without those alternatives that the filter cannot match, so that others decide what a field may be. */
function withoutOthers(schema: unknown, filter: EventPattern, lookup: Lookup): unknown {
  if (!isObject(schema)) return schema;
  const { $ref: reference, ...rest } = schema;
  const target = typeof reference === 'string' ? withoutOthers(lookup(reference)?.schema, filter, lookup) : true;
  const entries = Object.entries(rest).map(([keyword, value]): [string, unknown] => {
    if (!Array.isArray(value) || !(keyword === 'anyOf' || keyword === 'oneOf' || keyword === 'allOf'))
      return [keyword, value];
    const parts = value.map((part) => withoutOthers(part, filter, lookup));
    if (keyword === 'allOf') return [keyword, parts];
    // An empty list would say nothing.
    return [keyword, [...parts.filter((part) => !cannotMatch(part, filter, lookup)), false]];
  });
  const own = Object.fromEntries(entries);
  return target === true ? own : { allOf: [own, target] };
}

/** Proves that no value of a schema has the exact values that a filter asks for. */
function cannotMatch(schema: unknown, filter: EventPattern, lookup: Lookup): boolean {
  if (kindsOf(schema, lookup).has('array')) return false;
  return Object.entries(filter).some(([name, value]) => {
    if (name.includes('.') || name === '__proto__' || name === '$or') return false;
    const field = propertySchema(schema, name, lookup);
    if (!Array.isArray(value)) {
      return isPattern(value) && !hasDottedTwin(schema, name, value, lookup) && cannotMatch(field, value, lookup);
    }
    const kinds = kindsOf(field, lookup);
    const isExact = value.every((item) => (typeof item !== 'object' || item === null) && !looksLikeAddress(item));
    return (
      isExact && !kinds.has('array') && !kinds.has('object') && !value.some((item) => accepts(field, item, lookup))
    );
  });
}

/** Tells whether the schema describes a key with dots that EventBridge takes for one of the filter's paths. */
function hasDottedTwin(schema: unknown, name: string, filter: EventPattern, lookup: Lookup): boolean {
  return leafPaths(filter).some((path) => isDescribed(schema, `${name}.${path}`, lookup));
}

function unionOfBranches(branches: readonly Narrowing[]): Narrowing {
  const types = branches.flatMap(({ type }) => type ?? []);
  return {
    type: types.length < branches.length ? null : unionOf(types),
    needsObject: branches.every(({ needsObject }) => needsObject),
  };
}

interface NarrowedField {
  /** Null when the field's type stays as it is. */
  readonly property: PropertyType | null;
  /** The filter matches nothing that lacks the field. */
  readonly isPresent: boolean;
}

function narrowField(schema: unknown, name: string, value: JsonValue, lookup: Lookup): NarrowedField | null {
  if (name.includes('.') || name === '__proto__' || (name === '$or' && orPatterns(value) !== null)) return null;
  const field: Field = {
    name,
    schema: propertySchema(schema, name, lookup),
    isRequired: isRequired(schema, name, lookup),
    lookup,
  };
  if (Array.isArray(value)) return narrowLeaf(field, value);
  if (!isPattern(value) || hasDottedTwin(schema, name, value, lookup)) return null;
  return narrowNested(field, value);
}

interface Field {
  readonly name: string;
  readonly schema: unknown;
  readonly isRequired: boolean;
  readonly lookup: Lookup;
}

function narrowNested(field: Field, filter: EventPattern): NarrowedField | null {
  const kinds = kindsOf(field.schema, field.lookup);
  if (kinds.has('array') || !kinds.has('object')) return null;
  const { type, needsObject } = narrowObject(field.schema, filter, field.lookup);
  if (needsObject) return { property: type === null ? present(field) : property(field, type, true), isPresent: true };
  return { property: type === null ? null : property(field, type, false), isPresent: false };
}

function narrowLeaf(field: Field, alternatives: readonly JsonValue[]): NarrowedField | null {
  const values = alternatives.filter((value) => typeof value !== 'object' || value === null);
  const exists = alternatives.flatMap((value) => existence(value) ?? []);
  if (alternatives.length === 0 || values.length + exists.length < alternatives.length) return null;
  const kinds = kindsOf(field.schema, field.lookup);
  const isScalar = !kinds.has('array') && !kinds.has('object');
  if (exists.includes(true)) return exists.includes(false) ? null : { property: present(field), isPresent: true };
  const type = isScalar && !values.some(looksLikeAddress) ? literals(field, values) : null;
  if (exists.includes(false))
    return { property: type === null ? null : property(field, type, false), isPresent: false };
  return { property: type === null ? present(field) : property(field, type, true), isPresent: true };
}

/** `{ exists: true }` or `{ exists: false }`. */
function existence(value: JsonValue): boolean | undefined {
  if (!isObject(value) || Object.keys(value).join() !== 'exists') return undefined;
  return typeof value.exists === 'boolean' ? value.exists : undefined;
}

/** Values that the field can have; all of them when it can have none, so that the reader sees what was asked for. */
function literals(field: Field, values: readonly unknown[]): TypeExpression {
  const possible = values.filter((value) => accepts(field.schema, value, field.lookup));
  const shown = possible.length === 0 ? values : possible;
  return shown.length === 0
    ? never
    : unionOf(shown.map((value) => ({ kind: 'literal', value: value as string | number | boolean | null })));
}

/** EventBridge compares addresses by what they mean, so that one text matches another. */
function looksLikeAddress(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    (/^\d+(\.\d+){3}(\/\d+)?$/.test(value) || /^[\da-f]*:[\da-f:.]*:[\da-f:.]*(\/\d+)?$/i.test(value))
  );
}

/** The field with its own type, but always there; null when it is anyway. */
function present(field: Field): PropertyType | null {
  return field.isRequired ? null : property(field, anyJson, true);
}

/** Everything but `undefined`. */
const anyJson: TypeExpression = { kind: 'union', members: [{ kind: 'object', properties: [], index: null }, nothing] };

function property({ name }: Field, type: TypeExpression, required: boolean): PropertyType {
  return { ...plainProperty(name), type, required };
}

/** The patterns of an `$or` that EventBridge takes for one; null where it is a field of that name. */
function orPatterns(value: JsonValue): readonly EventPattern[] | null {
  if (!Array.isArray(value) || value.length < 2) return null;
  const isOr = value.every((item) => isPattern(item) && !Object.keys(item).some((key) => operators.has(key)));
  return isOr ? (value as readonly EventPattern[]) : null;
}

/** Keys that make EventBridge take `$or` for the name of a field. */
const operators: ReadonlySet<string> = new Set([
  ...['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric', 'cidr'],
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case', 'date-after', 'date-on-or-after'],
  ...['date-before', 'date-on-or-before', 'in-date-range', 'ip-address-in-range', 'ip-address-not-in-range'],
]);

/** Paths with dots to the leaves of a pattern. */
function leafPaths(filter: EventPattern): string[] {
  return Object.entries(filter).flatMap(([key, value]) => {
    const patterns = key === '$or' ? orPatterns(value) : null;
    if (patterns !== null) return patterns.flatMap(leafPaths);
    return isPattern(value) ? [key, ...leafPaths(value).map((path) => `${key}.${path}`)] : [key];
  });
}

function isPattern(value: unknown): value is EventPattern {
  return isObject(value);
}

function isOnly(kinds: Kinds, kind: 'object'): boolean {
  return [...kinds].every((other) => other === kind);
}
