import { anyChar, type CharSet, unite } from './char-set.ts';
import type { RegexFlags } from './regex-reader.ts';

const upper = [0x41, 0x5a] as const;
const lower = [0x61, 0x7a] as const;

/** At least the characters that a set matches without regard to case. Beyond ASCII it is any character. */
export function foldCase(set: CharSet, { unicode }: RegexFlags): CharSet {
  const hasOthers = set.some(([, to]) => to > 0x7f);
  // With both flags U+017F and U+212A are an `s` and a `k`.
  if (hasOthers) return anyChar;
  const folded = set.flatMap(([from, to]) => [
    ...shifted([Math.max(from, upper[0]), Math.min(to, upper[1])], 32),
    ...shifted([Math.max(from, lower[0]), Math.min(to, lower[1])], -32),
  ]);
  const exotic: CharSet = unicode
    ? [
        [0x17f, 0x17f],
        [0x212a, 0x212a],
      ]
    : [];
  return unite([set, folded, exotic]);
}

/** Tells whether every character of a set is one UTF-16 unit, so that it makes no difference how they are counted. */
export function isSingleUnits(set: CharSet): boolean {
  return set.every(([, to]) => to < 0xd800);
}

function shifted([from, to]: readonly [number, number], by: number): CharSet {
  return from > to ? [] : [[from + by, to + by]];
}
