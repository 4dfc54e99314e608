import { type Check, type Found, within } from './found.ts';
import { isAdditional } from './members.ts';

type Fields = Readonly<Record<string, unknown>>;

/** `items`, and `additionalItems` from an index on */
export function eachItem(found: Found, list: readonly unknown[], check: Check, place: string, from: number = 0): void {
  for (let at = from; at < list.length; at++) within(found, list[at], check, place, at);
}

/** `additionalProperties` beside properties of these names and patterns */
export function eachOther(
  found: Found,
  object: Fields,
  check: Check,
  place: string,
  names: readonly string[] = [],
  patterns: readonly RegExp[] = [],
): void {
  for (const name in object) {
    if (isAdditional(name, names, patterns)) within(found, object[name], check, place, name);
  }
}

/** `patternProperties` of one pattern */
export function eachMatch(found: Found, object: Fields, check: Check, place: string, pattern: RegExp): void {
  for (const name in object) if (pattern.test(name)) within(found, object[name], check, place, name);
}

/** `propertyNames` */
export function eachName(found: Found, object: Fields, check: Check, place: string): void {
  for (const propertyName in object) {
    if (!within(found, propertyName, check, place)) {
      found.push(place, ['propertyNames', { propertyName }]);
    }
  }
}

/** `contains` */
export function someItem(found: Found, list: readonly unknown[], check: Check, place: string): void {
  const start = found.length;
  if (list.some((item, at) => within(found, item, check, place, at))) found.length = start;
  else found.push(place, ['contains', { minContains: 1 }]);
}
