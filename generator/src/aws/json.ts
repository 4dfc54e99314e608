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
  return Object.fromEntries([...entries].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)));
}

/** One text for a JSON value: equal for equal values, whatever the order of keys. */
export function canonicalText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return JSON.stringify(value, (_, part) => (isObject(part) ? sortedObject(Object.entries(part)) : part));
}

/** Returns `pointer` with one more token, escaped as RFC 6901 says. */
export function childPointer(pointer: string, token: string | number): string {
  return `${pointer}/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
