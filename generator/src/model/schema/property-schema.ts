import type { Lookup } from './in-place.ts';
import { isObject, type JsonObject, own, ownList } from './json.ts';
import { kindsOf } from './kinds.ts';
import { propertyParts } from './types/parts.ts';

/**
 * A schema that every value of a property satisfies in objects that a schema of a bundle accepts; false when there can
 * be no such property. It may accept more.
 */
export function propertySchema(schema: unknown, name: string, lookup: Lookup): unknown {
  if (!isObject(schema)) return schema !== false;
  if (!kindsOf(schema, lookup).has('object')) return false;
  return lookup.once(`property ${name}`, schema, () => propertyOf(schema, name, lookup));
}

function propertyOf(schema: JsonObject, name: string, lookup: Lookup): unknown {
  const reference = own(schema, '$ref');
  const parts = [
    ...propertyParts({ pointer: '', schema }, name).map((part) => part.schema),
    ...(typeof reference === 'string' ? [propertySchema(lookup(reference)?.schema, name, lookup)] : []),
    ...ownList(schema, 'allOf').map((part) => propertySchema(part, name, lookup)),
    ...['anyOf', 'oneOf'].flatMap((keyword) => {
      const branches = ownList(schema, keyword).map((branch) => propertySchema(branch, name, lookup));
      return branches.length === 0 ? [] : [anyOf(branches)];
    }),
  ];
  return allOf(parts);
}

/** Tells whether every object that a schema accepts has a property. */
export function isRequired(schema: unknown, name: string, lookup: Lookup): boolean {
  if (!isObject(schema)) return schema === false;
  return lookup.once(`requires ${name}`, schema, () => requires(schema, name, lookup));
}

function requires(schema: JsonObject, name: string, lookup: Lookup): boolean {
  const reference = own(schema, '$ref');
  return (
    ownList(schema, 'required').includes(name) ||
    (typeof reference === 'string' && isRequired(lookup(reference)?.schema, name, lookup)) ||
    ownList(schema, 'allOf').some((part) => isRequired(part, name, lookup)) ||
    ['anyOf', 'oneOf'].some((keyword) => {
      const branches = ownList(schema, keyword);
      return branches.length > 0 && branches.every((branch) => isRequired(branch, name, lookup));
    })
  );
}

/** Tells whether a schema describes a property by its name or by a pattern. */
export function isDescribed(schema: unknown, name: string, lookup: Lookup): boolean {
  if (!isObject(schema)) return false;
  return lookup.once(`describes ${name}`, schema, () => describes(schema, name, lookup));
}

function describes(schema: JsonObject, name: string, lookup: Lookup): boolean {
  const reference = own(schema, '$ref');
  const branches = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => ownList(schema, keyword));
  const described: JsonObject = Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => keyword === 'properties' || keyword === 'patternProperties'),
  );
  return (
    propertyParts({ pointer: '', schema: described }, name).length > 0 ||
    (typeof reference === 'string' && isDescribed(lookup(reference)?.schema, name, lookup)) ||
    branches.some((branch) => isDescribed(branch, name, lookup))
  );
}

function allOf(parts: readonly unknown[]): unknown {
  if (parts.includes(false)) return false;
  const [only, ...others] = new Set(parts.filter((part) => part !== true));
  if (only === undefined) return true;
  return others.length === 0 ? only : { allOf: [only, ...others] };
}

function anyOf(parts: readonly unknown[]): unknown {
  if (parts.includes(true)) return true;
  const [only, ...others] = new Set(parts.filter((part) => part !== false));
  if (only === undefined) return false;
  return others.length === 0 ? only : { anyOf: [only, ...others] };
}
