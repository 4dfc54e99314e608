import { type CompiledPattern, matchesPattern } from './compile-pattern.ts';
import { describeConditions } from './describe-condition.ts';
import { isObject, type JsonObject, type Scalar } from './json.ts';
import { collectValues } from './match-values.ts';
import type { IndexedLeaf, PathNode } from './path-tree.ts';

/** The first condition of a pattern that an event does not satisfy. */
export interface Mismatch {
  /** Keys from the root of the event, joined with dots; empty for the whole event. */
  readonly path: string;
  /** The values found there, those of arrays one by one; empty when there is none. */
  readonly found: readonly Scalar[];
  /** What was wanted, in words. */
  readonly wanted: string;
  /** What the other alternatives of the pattern's `$or` wanted, one each, when they failed elsewhere. */
  readonly alternatives: readonly Omit<Mismatch, 'alternatives'>[];
}

/**
 * Explains why an event does not match: null when it does. Fields near the root come before those further down, so that
 * an event of another type is told apart by its type.
 */
export function explainMismatch(compiled: CompiledPattern, event: unknown): Mismatch | null {
  if (matchesPattern(compiled, event)) return null;
  if (!isObject(event)) return { path: '', found: [], wanted: 'a JSON object', alternatives: [] };
  const failures = compiled.trees.map((tree) => failuresOf(tree, event));
  const [first = [], ...others] = failures;
  const common = first.find(({ path, wanted }) =>
    others.every((branch) => branch.some((other) => other.path === path && other.wanted === wanted)),
  );
  if (common !== undefined) return { ...common, alternatives: [] };
  const [mismatch, ...alternatives] = distinct(failures.flatMap((branch) => branch.slice(0, 1)));
  return mismatch === undefined ? null : { ...mismatch, alternatives };
}

/** Says a mismatch in one sentence without a full stop: `detail.market is "us", wanted "eu" or "ru"`. */
export function describeMismatch({ alternatives, ...mismatch }: Mismatch): string {
  return [mismatch, ...alternatives].map(describeFailure).join('; or ');
}

type Failure = Omit<Mismatch, 'alternatives'>;

/** The leaves of a branch that fail by themselves; when none does, the fields that no element of an array joins. */
function failuresOf(tree: PathNode, event: JsonObject): readonly Failure[] {
  const found = collectValues(event, tree);
  const valuesOf = (leaf: IndexedLeaf): readonly Scalar[] => (found.get(leaf) ?? []).map(({ value }) => value);
  const failed = tree.leaves.filter((leaf) => {
    const values = valuesOf(leaf);
    return values.length === 0 ? !leaf.mayBeAbsent : !values.some(leaf.test);
  });
  if (failed.length > 0) {
    return failed
      .toSorted((a, b) => a.path.split('.').length - b.path.split('.').length)
      .map((leaf) => ({ path: leaf.path, found: valuesOf(leaf), wanted: describeConditions(leaf.conditions) }));
  }
  const inArrays = tree.leaves.filter((leaf) => found.get(leaf)?.some(({ elements }) => elements !== null));
  const [first] = inArrays;
  if (first === undefined) return [];
  const wanted = inArrays.map(({ path, conditions }) => `${path} ${describeConditions(conditions)}`).join(' and ');
  return [{ path: first.path, found: valuesOf(first), wanted: `in one element of the array: ${wanted}` }];
}

function distinct(failures: readonly Failure[]): readonly Failure[] {
  return [...new Map(failures.map((failure) => [JSON.stringify([failure.path, failure.wanted]), failure])).values()];
}

/** Values named in a sentence; more are counted. */
const namedValues = 5;

function describeFailure({ path, found, wanted }: Failure): string {
  const place = path === '' ? 'the event' : path;
  if (found.length === 0) return path === '' ? `${place} is not ${wanted}` : `${place} is absent, wanted ${wanted}`;
  const named = found.slice(0, namedValues).map((value) => JSON.stringify(value));
  const more = found.length > namedValues ? ` and ${found.length - namedValues} more` : '';
  return `${place} is ${named.join(', ')}${more}, wanted ${wanted}`;
}
