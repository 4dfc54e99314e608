import { type Check, type Found, within } from './found.ts';

/** `anyOf` */
export function anyOf(found: Found, value: unknown, checks: readonly Check[], place: string): void {
  const start = found.length;
  if (checks.some((check, at) => within(found, value, check, `${place}>anyOf>`, at))) found.length = start;
  else found.push(place, ['anyOf', {}]);
}

/** `oneOf`; what comes after the second that passes is not looked at. */
export function oneOf(found: Found, value: unknown, checks: readonly Check[], place: string): void {
  const start = found.length;
  const passing: number[] = [];
  for (let at = 0; at < checks.length && passing.length < 2; at++) {
    if (within(found, value, checks[at] as Check, `${place}>oneOf>`, at)) passing.push(at);
  }
  if (passing.length === 1) found.length = start;
  else found.push(place, ['oneOf', { passingSchemas: passing.length > 0 ? passing : null }]);
}

/** `then` and `else`, when they apply */
export function clause(found: Found, value: unknown, check: Check, place: string, failingKeyword: string): void {
  if (!within(found, value, check, `${place}>${failingKeyword}`)) found.push(place, ['if', { failingKeyword }]);
}
