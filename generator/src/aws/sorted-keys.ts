import type { JsonValue } from '@eventloom/engine';

/** Returns a copy whose objects have their keys sorted by code unit, at every level. Lists keep their order. */
export function sortedKeys<T extends JsonValue>(value: T): T {
  return copy(value) as T;
}

function copy(value: JsonValue): JsonValue {
  if (isList(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null) return value;
  // Comparing keys as they are is comparing by code unit. `fromEntries` makes `__proto__` a property like any other.
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, child]) => [key, copy(child)]));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
