/** Rules that a value breaks: keywords, each followed by its `params`. Falsy when it breaks none. */
export type Broken = readonly unknown[] | false | undefined;

/** What checks have found: places as JSON pointers (RFC 6901), each followed by the rules broken there. */
export type Found = unknown[];

/** Adds to `found` each place in a value, as seen from the value itself, where a rule is broken. */
export type Check = (value: never, found: Found) => void;

/** Rules broken of two kinds, in that order. */
export const both = (first: Broken, second: Broken): Broken =>
  first && second ? [...first, ...second] : first || second;

/** Applies a check to a part of the value: what it finds stands below `place`, and below `key` there, if given. */
export function within(found: Found, value: unknown, check: Check, place: string, key?: string | number): boolean {
  const start = found.length;
  check(value as never, found);
  for (let at = start; at < found.length; at += 2) found[at] = place + token(key) + found[at];
  return found.length === start;
}

/** Tells whether a value passes a check. */
export const passes = (value: unknown, check: Check): boolean => within([], value, check, '');

const token = (key: string | number | undefined): string =>
  key === undefined ? '' : `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
