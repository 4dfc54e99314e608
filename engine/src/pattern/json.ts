import type { JsonValue } from '../event-pattern.ts';

/** A JSON value that is neither an object nor an array: what a condition looks at. */
export type Scalar = string | number | boolean | null;

/** A JSON object. Ask `Object.hasOwn` before reading: its keys are data, `__proto__` and `constructor` included. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** Tells whether a value is a JSON object (no array, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells whether a value is a JSON array. */
export function isArray(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Names the JSON type of a value, with its article. */
export function typeInWords(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'undefined' ? 'nothing' : `a ${typeof value}`;
}
