import type { JsonObject } from '../pattern/json.ts';
import { matchBranch } from '../pattern/match-branch.ts';
import type { DecisionNode, PathIndex } from './decision-node.ts';
import type { FoundValues, ValuesAtPath } from './found-values.ts';
import { judgeBranch, type RuleBranch } from './rule-branch.ts';
import { itemsFor } from './value-index.ts';

/** Finds the rules below a node that an event matches, by their places, sorted. */
export function findRules(event: JsonObject, found: FoundValues, root: DecisionNode): readonly number[] {
  const search: Search = { event, found, tried: new Set(), matched: new Set() };
  visit(root, search);
  return [...search.matched].sort((a, b) => a - b);
}

interface Search {
  readonly event: JsonObject;
  readonly found: FoundValues;
  /** Numbers of branches: one may be reached in several ways. */
  readonly tried: Set<number>;
  readonly matched: Set<number>;
}

function visit({ branches, indexes, byPath }: DecisionNode, search: Search): void {
  for (const branch of branches) tryBranch(branch, search);
  const { found } = search;
  // Whichever is less: the paths that branches are told by, or those that the event has.
  if (indexes.length < found.byPath.size)
    for (const index of indexes) follow(index, found.byPath.get(index.path), search);
  else if (indexes.length > 0) for (const [path, values] of found.byPath) follow(byPath.get(path), values, search);
}

function follow(index: PathIndex | undefined, values: ValuesAtPath | undefined, search: Search): void {
  if (index === undefined || values === undefined) return;
  for (const node of itemsFor(index.nodes, values)) visit(node, search);
}

function tryBranch(branch: RuleBranch, { event, found, tried, matched }: Search): void {
  const { number, rule, tree } = branch;
  if (matched.has(rule) || tried.has(number)) return;
  const judgement = judgeBranch(branch, found);
  tried.add(number);
  if (judgement === 'matches' || (judgement === 'undecided' && matchBranch(event, tree))) matched.add(rule);
}
