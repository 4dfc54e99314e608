import type { JsonValue } from '../event-pattern.ts';
import { isArray, isObject, type JsonObject } from '../pattern/json.ts';

/** What a filter policy looks at: the attributes of a message, or its body. SNS's own default is `MessageAttributes`. */
export type FilterPolicyScope = 'MessageBody' | 'MessageAttributes';

/**
 * Counts the keys of a filter policy as SNS does: those at the top, whatever is below them. A top-level `$or` counts as
 * one. Bounded by `limits.filterPolicyKeys`.
 */
export function filterPolicyKeys(policy: JsonObject): number {
  return Object.keys(policy).length;
}

/**
 * Counts the combinations of a filter policy: the product, over all its arrays, of the number of values, in body scope
 * times the depth of the key; a `$or` gives the sum of its alternatives. Four values at depth 3 and three at depth 2 make
 * 3 × 4 × 2 × 3 = 72. Bounded by `limits.filterPolicyCombinations`.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 */
export function filterPolicyCombinations(policy: JsonObject, scope: FilterPolicyScope): number {
  return combinationsOf(policy, scope === 'MessageBody' ? 1 : null);
}

/** Counts the UTF-8 bytes of a filter policy's JSON text. Bounded by `limits.filterPolicyBytes`. */
export function filterPolicyBytes(policy: JsonObject): number {
  return new TextEncoder().encode(JSON.stringify(policy)).length;
}

/** `depth` is null where it does not count. Parts that are malformed count once; the compiler tells of them. */
function combinationsOf(object: JsonObject, depth: number | null): number {
  return Object.entries(object).reduce((product, [key, value]) => product * combinationsOfField(key, value, depth), 1);
}

function combinationsOfField(key: string, value: JsonValue, depth: number | null): number {
  if (isObject(value)) return combinationsOf(value, depth === null ? null : depth + 1);
  if (!isArray(value)) return 1;
  if (key !== '$or' || !value.every(isObject) || value.length < 2) return value.length * (depth ?? 1);
  return value.reduce((sum, alternative) => sum + combinationsOf(alternative, depth), 0);
}
