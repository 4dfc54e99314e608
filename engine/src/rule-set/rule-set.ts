import { type CompiledPattern, matchesPattern } from '../pattern/compile-pattern.ts';
import { isObject } from '../pattern/json.ts';
import { type DecisionNode, toDecisionNode } from './decision-node.ts';
import { findRules } from './find-rules.ts';
import { findValues } from './found-values.ts';
import { toIndexableLeaf } from './indexable-leaf.ts';
import { type PathTrie, toPathTrie } from './path-trie.ts';

/** A rule of a set. */
export interface RuleOfSet<T> {
  /** What a match is told by. */
  readonly id: T;
  readonly pattern: CompiledPattern;
}

/** Many rules compiled into one machine. Data of this package; read it, do not build it. */
export interface RuleSet<T> {
  /** In the order given. */
  readonly rules: readonly RuleOfSet<T>[];
  readonly paths: PathTrie;
  readonly root: DecisionNode;
}

/**
 * Compiles many rules into one machine, whose cost for an event hardly grows with rules that cannot match it.
 *
 * An event is walked once, along the paths that the rules share. Each rule is told from the others by the values that it
 * wants and few others do; only the rules that an event's values lead to are verified.
 *
 * @example
 * const rules = compileRuleSet([{ id: 'large-orders', pattern }, { id: 'refunds', pattern: other }]);
 * matchRuleSet(rules, event); // ['large-orders']
 */
export function compileRuleSet<T>(rules: readonly RuleOfSet<T>[]): RuleSet<T> {
  const trees = rules.flatMap(({ pattern }, rule) => pattern.trees.map((tree) => ({ rule, tree })));
  const { trie, numbers } = toPathTrie(trees.flatMap(({ tree }) => tree.leaves.map(({ path }) => path)));
  const branches = trees.map(({ rule, tree }, number) => {
    const leaves = tree.leaves.map((leaf) => toIndexableLeaf(leaf, numbers.get(leaf.path) ?? -1));
    return { number, rule, leaves, tree };
  });
  return { rules, paths: trie, root: toDecisionNode(branches) };
}

/** The ids of the rules that an event matches, in the order of the rules: those for which `matchesPattern` is true. */
export function matchRuleSet<T>({ rules, paths, root }: RuleSet<T>, event: unknown): readonly T[] {
  if (!isObject(event)) return [];
  const matching =
    rules.length <= fewRules
      ? rules.filter(({ pattern }) => matchesPattern(pattern, event))
      : findRules(event, findValues(event, paths), root).map((place) => rules[place] as RuleOfSet<T>);
  return matching.map(({ id }) => id);
}

/** As many rules are sooner matched each in turn. */
const fewRules = 8;
