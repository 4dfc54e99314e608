import type { JsonValue } from '@eventloom/engine';
import type { Rewrite } from './rewrite-text.ts';

/*
 * Where every text of a field is an IPv4 address in its one form (`format: ipv4`), an address is a text and a block of
 * addresses a few prefixes.
 */

/** Bits of an IPv4 address, and hexadecimal digits for them. */
const addressBits = 32;

/** Most prefixes that one block may become. */
const mostPrefixes = 8;

/** An exact text that looks like an address is one spelling of it; the field has only one. */
export const rewriteAddress: Rewrite = (condition, { isIpv4 }) => {
  if (condition.kind !== 'address' || !isIpv4) return null;
  return condition.digits.length * 4 === addressBits ? [{ exactly: numbersOf(condition.digits).join('.') }] : [];
};

/** `10.0.0.0/24` is all that starts with `10.0.0.`; other masks are several such. */
export const rewriteBlock: Rewrite = (condition, { isIpv4 }) => {
  if (condition.kind !== 'cidr' || !isIpv4) return null;
  if (condition.first.length * 4 !== addressBits) return null;
  const first = numbersOf(condition.first);
  const last = numbersOf(condition.last);
  const at = first.findIndex((number, index) => number !== last[index]);
  const [from = 0, to = 0] = [first[at], last[at]];
  // A last number has no dot after it: a prefix would match longer numbers too.
  if (at < 0 || at > 2) return at < 0 ? null : exactTexts(first, from, to);
  if (from === 0 && to === 255) return at === 0 ? null : [{ prefix: `${first.slice(0, at).join('.')}.` }];
  return spread(from, to, (number) => ({ prefix: `${[...first.slice(0, at), number].join('.')}.` }));
};

function exactTexts(first: readonly number[], from: number, to: number): readonly JsonValue[] | null {
  const start = first.slice(0, -1);
  if (from === 0 && to === 255) return [{ prefix: `${start.join('.')}.` }];
  return spread(from, to, (number) => ({ exactly: [...start, number].join('.') }));
}

function spread(from: number, to: number, make: (number: number) => JsonValue): readonly JsonValue[] | null {
  if (to - from >= mostPrefixes) return null;
  return Array.from({ length: to - from + 1 }, (_, index) => make(from + index));
}

function numbersOf(digits: string): readonly number[] {
  return [0, 2, 4, 6].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
}
