import type { Branch, Leaf } from '@eventloom/engine';
import { anything, type Literal, satisfied, type Test, unsatisfied } from './literal.ts';
import { hasGivenUp, mayHold, type Search, searchIn } from './may-hold.ts';
import type { Space } from './space.ts';

/*
 * Proofs about filters over all valid payloads. They are sound, not complete: "never" and "always" are said only when
 * they hold for every valid payload, and a search that takes too long proves nothing.
 */

/** Branches of a filter beyond which "always" is not looked for. */
const maximumBranches = 64;

/** Proves that no valid payload matches all leaves of a branch. */
export function neverMatches(space: Space, branch: Branch): boolean {
  return !payloadMayHold(
    searchIn(space),
    branch.map((leaf) => satisfied(leaf)),
  );
}

/** Proves that no valid payload matches one branch of each of two filters. */
export function excludeEachOther(space: Space, one: Branch, other: Branch): boolean {
  const literals = [...one.map((leaf) => satisfied(leaf, 0)), ...other.map((leaf) => satisfied(leaf, 1))];
  return !payloadMayHold(searchIn(space), literals);
}

/** Proves that every valid payload matches a filter, which includes that it is an object. */
export function alwaysMatches(space: Space, branches: readonly Branch[]): boolean {
  return coversObjects(space, branches) && !mayHold(searchIn(space), [space.root, { not: anObject }], []);
}

/** Proves that every valid payload that is an object matches one of the branches. */
export function coversObjects(space: Space, branches: readonly Branch[]): boolean {
  return branches.length <= maximumBranches && !mayFailAll(searchIn(space), branches, []);
}

/**
 * Proves that a value at a path passes no such test, in no valid payload that matches other leaves too.
 * @param others default: none
 */
export function neverHas(space: Space, path: string, test: Test, others: Branch = []): boolean {
  const value: Literal = { kind: 'some', keys: path.split('.'), test, filter: 0 };
  return !payloadMayHold(searchIn(space), [value, ...others.map((leaf) => satisfied(leaf))]);
}

/** Proves that a leaf can be left out of a branch: every valid payload meets it, in whatever element of an array. */
export function addsNothing(space: Space, leaf: Leaf, branch: Branch): boolean {
  const search = searchIn(space);
  return !payloadMayHold(search, unsatisfied(leaf)) && !mayDivideElements(search, branch);
}

/** Proves that a `$or` can be left out: every valid payload meets one of its branches, beside whatever else is asked. */
export function orAddsNothing(space: Space, own: readonly Branch[], whole: readonly Branch[]): boolean {
  const search = searchIn(space);
  return coversObjects(space, own) && !whole.some((branch) => mayDivideElements(search, branch));
}

const anObject = { type: 'object' };

function payloadMayHold(search: Search, literals: readonly Literal[]): boolean {
  return mayHold(search, [search.space.root, anObject], literals);
}

/** Looks for a payload that fails all branches: each by one of its leaves, or because its leaves meet other elements. */
function mayFailAll(search: Search, branches: readonly Branch[], failed: readonly Literal[]): boolean {
  const [branch, ...others] = branches;
  if (branch === undefined) return true;
  const mayFailByLeaf = branch.some((leaf) => {
    const literals = [...failed, ...unsatisfied(leaf)];
    return payloadMayHold(search, literals) && (hasGivenUp(search) || mayFailAll(search, others, literals));
  });
  return mayFailByLeaf || (mayDivideElements(search, branch) && mayFailAll(search, others, failed));
}

/**
 * Tells whether two leaves of a branch may look into one array. Each may then be met by an element of its own, and the
 * branch fails although no leaf does.
 */
function mayDivideElements(search: Search, branch: Branch): boolean {
  return sharedPaths(branch).some((keys) => {
    return payloadMayHold(search, [{ kind: 'array', keys, test: anything, filter: 0 }]);
  });
}

/** The longest paths that lead to several leaves of a branch, or on the way to them. */
function sharedPaths(branch: Branch): readonly (readonly string[])[] {
  const seen = new Set<string>();
  const shared = new Map<string, readonly string[]>();
  for (const { path } of branch) {
    const keys = path.split('.');
    const prefixes = keys.map((_, index) => keys.slice(0, index + 1));
    const common = prefixes.findLast((prefix) => seen.has(prefix.join('.')));
    if (common !== undefined) shared.set(common.join('.'), common);
    for (const prefix of prefixes) seen.add(prefix.join('.'));
  }
  return [...shared.values()];
}
