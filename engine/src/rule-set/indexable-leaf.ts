import type { Leaf } from '../pattern/branches.ts';
import { countWhile } from './count-while.ts';
import type { RuleLeaf } from './rule-branch.ts';
import { type KeyedTerm, termsOf } from './term.ts';

/** A leaf with what an index can look up for it. */
export interface IndexableLeaf extends RuleLeaf {
  /** Terms of which a value of the field satisfies one; null when the field may be absent, so that none need be there. */
  readonly terms: readonly KeyedTerm[] | null;
}

/** Joins a leaf to the number of its path. */
export function toIndexableLeaf({ conditions, mayBeAbsent, test }: Leaf, path: number): IndexableLeaf {
  const values = conditions.flatMap((condition) => (condition.kind === 'exact' ? [condition.value] : []));
  const exact = values.length === conditions.length ? values : null;
  return { path, mayBeAbsent, test, exact, terms: mayBeAbsent ? null : termsOf(conditions) };
}

/** How many of a number of branches a leaf does not tell apart from its own, roughly: the fewer, the better it tells. */
export type Load = (leaf: IndexableLeaf) => number;

/** Counts what the leaves of some branches want. Terms that more values satisfy weigh more. */
export function loadAmong(branches: readonly (readonly IndexableLeaf[])[]): Load {
  const tallies = tallyOf(branches);
  return ({ path, terms }) => {
    const tally = tallies.get(path);
    if (terms === null || tally === undefined) return branches.length;
    let load = 0;
    for (const term of terms) load += loadOfTerm(term, tally);
    return load;
  };
}

/** How often the branches want each thing at one path. */
interface Tally {
  readonly counts: Map<string, number>;
  /** Ends of ranges, sorted. */
  readonly lows: number[];
  readonly highs: number[];
}

function tallyOf(branches: readonly (readonly IndexableLeaf[])[]): ReadonlyMap<number, Tally> {
  const tallies = new Map<number, Tally>();
  for (const { path, terms } of branches.flat()) {
    const tally = tallies.get(path) ?? { counts: new Map(), lows: [], highs: [] };
    tallies.set(path, tally);
    for (const term of terms ?? []) count(term, tally);
  }
  for (const { lows, highs } of tallies.values()) {
    lows.sort((a, b) => a - b);
    highs.sort((a, b) => a - b);
  }
  return tallies;
}

function count({ key, term }: KeyedTerm, { counts, lows, highs }: Tally): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
  if (term.kind !== 'range') return;
  lows.push(term.low);
  highs.push(term.high);
}

function loadOfTerm({ key, term }: KeyedTerm, { counts, lows, highs }: Tally): number {
  const sharing = counts.get(key) ?? 0;
  switch (term.kind) {
    case 'exact':
      return sharing;
    case 'start':
      return 2 * sharing;
    case 'range': {
      const end = Number.isFinite(term.low) ? term.low : term.high;
      const containing = countWhile(lows, (low) => low <= end) - countWhile(highs, (high) => high < end);
      return 2 * containing;
    }
    case 'any':
      return 8 * sharing;
    default:
      return term satisfies never;
  }
}
