import { type Check, type Found, passes, within } from './found.ts';
import { isObject } from './types.ts';

/**
 * A property, and the one value that it has in each choice: a value that has another there need not be looked at
 * further, since only when no choice passes it matters why.
 */
type Choice = readonly [property: string, ...values: unknown[]];

/** `anyOf` */
export function anyOf(found: Found, value: unknown, checks: readonly Check[], place: string, choice?: Choice): void {
  if (checks.some((check, at) => mayPass(value, choice, at) && passes(value, check))) return;
  for (const at of checks.keys()) within(found, value, checks[at] as Check, place);
  found.push(place, ['anyOf', {}]);
}

/** `oneOf`; what comes after the second that passes is not looked at. */
export function oneOf(found: Found, value: unknown, checks: readonly Check[], place: string, choice?: Choice): void {
  if (checks.filter((check, at) => mayPass(value, choice, at) && passes(value, check)).length === 1) return;
  const passing: number[] = [];
  for (let at = 0; at < checks.length && passing.length < 2; at++) {
    if (within(found, value, checks[at] as Check, place)) passing.push(at);
  }
  found.push(place, ['oneOf', { passingSchemas: passing.length > 0 ? passing : null }]);
}

function mayPass(value: unknown, choice: Choice | undefined, at: number): boolean {
  const chosen = choice && isObject(value) ? value[choice[0]] : undefined;
  return chosen === undefined || chosen === choice?.[at + 1];
}

/** `then` and `else`, when they apply */
export function clause(found: Found, value: unknown, check: Check, place: string, failingKeyword: string): void {
  if (!within(found, value, check, place)) found.push(place, ['if', { failingKeyword }]);
}
