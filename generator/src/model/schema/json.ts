import { byCodeUnit } from '../order.ts';

/** A JSON object as it came from a spec: read with `Object.hasOwn` or `own`. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Tells whether a JSON value is an object: no array, not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of an own property; undefined when there is none, whatever the key is called. */
export function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The object at an own property; an empty one when there is none. */
export function ownObject(object: JsonObject, key: string): JsonObject {
  const value = own(object, key);
  return isObject(value) ? value : {};
}

/** The list at an own property; an empty one when there is none. */
export function ownList(object: JsonObject, key: string): readonly unknown[] {
  const value = own(object, key);
  return Array.isArray(value) ? value : [];
}

/** Makes an object of entries, sorted by code unit. A key `__proto__` becomes an own property like any other. */
export function sortedObject(entries: Iterable<readonly [string, unknown]>): JsonObject {
  return Object.fromEntries([...entries].sort(([left], [right]) => byCodeUnit(left, right)));
}

/** A copy of a JSON value with the keys of every object sorted by code unit. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  return sortedObject(Object.entries(value).map(([key, item]) => [key, canonical(item)]));
}

/** One text for a JSON value: equal for equal values, whatever the order of keys. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(canonical(value));
}
