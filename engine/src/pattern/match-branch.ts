import type { JsonObject } from './json.ts';
import { matchTree } from './match-tree.ts';
import { matchValues } from './match-values.ts';
import type { PathNode } from './path-tree.ts';

/** Matches one branch of a pattern, in the fast way where the event allows it. */
export function matchBranch(event: JsonObject, tree: PathNode): boolean {
  return matchTree(event, tree) ?? matchValues(event, tree);
}
