import { isObject, sortedObject } from '../../aws/json.ts';

export { canonicalText, isObject, type JsonObject, own, ownList, ownObject, sortedObject } from '../../aws/json.ts';

/** A copy of a JSON value with the keys of every object sorted by code unit. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  return sortedObject(Object.entries(value).map(([key, item]) => [key, canonical(item)]));
}
