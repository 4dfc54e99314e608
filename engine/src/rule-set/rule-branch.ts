import type { Scalar } from '../pattern/json.ts';
import type { LeafTest } from '../pattern/leaf-test.ts';
import type { PathNode } from '../pattern/path-tree.ts';
import type { FoundValues, ValuesAtPath } from './found-values.ts';

/** One branch of a rule of a set. */
export interface RuleBranch {
  /** Distinct among the branches of its set, those of other rules included. */
  readonly number: number;
  /** The rule's place in its set. */
  readonly rule: number;
  readonly leaves: readonly RuleLeaf[];
  /** The branch for the general way of matching. */
  readonly tree: PathNode;
}

/** A leaf whose path has a number. */
export interface RuleLeaf {
  readonly path: number;
  readonly mayBeAbsent: boolean;
  readonly test: LeafTest;
  /** The values wanted, when nothing but values is. */
  readonly exact: readonly Scalar[] | null;
}

/** What the values of its fields, each by itself, say about a branch. */
export type Judgement = 'matches' | 'fails' | 'undecided';

/**
 * Judges a branch by the values found. It is undecided when fields share an array, since they have to match in the same
 * element, and when the event is an unusual one.
 */
export function judgeBranch({ leaves }: RuleBranch, { byPath, isUnusual }: FoundValues): Judgement {
  let isDecided = !isUnusual;
  let fieldsInElements = 0;
  for (const leaf of leaves) {
    const found = byPath.get(leaf.path);
    if (found === undefined) {
      if (!leaf.mayBeAbsent) return 'fails';
      continue;
    }
    if (found.isInElement) fieldsInElements++;
    if (isSatisfied(leaf, found)) continue;
    // A field in an array may yet be absent from the element that another field keeps.
    if (!leaf.mayBeAbsent || !(found.isInElement || isUnusual)) return 'fails';
    isDecided = false;
  }
  return isDecided && fieldsInElements < 2 ? 'matches' : 'undecided';
}

function isSatisfied({ test, exact }: RuleLeaf, { values, many }: ValuesAtPath): boolean {
  if (many !== null && exact !== null) return exact.some((value) => many.distinct.has(value));
  for (const value of values) if (test(value)) return true;
  return false;
}
