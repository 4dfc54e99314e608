import type { JsonValue } from '../event-pattern.ts';
import { type CompiledPattern, matchesPattern } from './compile-pattern.ts';
import { describeConditions } from './describe-condition.ts';
import { isArray, isObject, type JsonObject, type Scalar } from './json.ts';
import { collectValues } from './match-values.ts';
import type { IndexedLeaf, PathNode } from './path-tree.ts';

/** The first condition of a pattern that an event does not satisfy. */
export interface Mismatch {
  /** Keys from the root of the event, joined with dots; empty for the whole event. */
  readonly path: string;
  /** The values found there, those of arrays one by one; empty when there is none. */
  readonly found: readonly Scalar[];
  /** What stands there instead of a value, in words: `an object`. Null when nothing does, or when there are values. */
  readonly instead: string | null;
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
  if (!isObject(event)) return { path: '', found: [], instead: null, wanted: 'a JSON object', alternatives: [] };
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
  const failures = [mismatch, ...alternatives];
  const more = failures.length > namedAlternatives ? [`${failures.length - namedAlternatives} more alternatives`] : [];
  return [...failures.slice(0, namedAlternatives).map(describeFailure), ...more].join('; or ');
}

/** Alternatives told in a sentence; more are counted. */
const namedAlternatives = 5;

type Failure = Omit<Mismatch, 'alternatives'>;

/**
 * The leaves of a branch that fail by themselves, those that fail for certain before those that an element of an array may
 * yet lack; when none does, the fields that no element of an array joins.
 */
function failuresOf(tree: PathNode, event: JsonObject): readonly Failure[] {
  const found = collectValues(event, tree);
  const valuesOf = (leaf: IndexedLeaf): readonly Scalar[] => (found.get(leaf) ?? []).map(({ value }) => value);
  const isInElement = (leaf: IndexedLeaf): boolean =>
    found.get(leaf)?.some(({ elements }) => elements !== null) ?? false;
  const failed = tree.leaves.filter((leaf) => {
    const values = valuesOf(leaf);
    return values.length === 0 ? !leaf.mayBeAbsent : !values.some(leaf.test);
  });
  const certain = failed.filter((leaf) => !leaf.mayBeAbsent || !isInElement(leaf));
  const told = certain.length > 0 ? certain : failed;
  if (told.length > 0) {
    return told
      .toSorted((a, b) => a.path.split('.').length - b.path.split('.').length)
      .map((leaf) => toFailure(leaf, valuesOf(leaf), event));
  }
  const [first, ...others] = tree.leaves.filter(isInElement);
  if (first === undefined || others.length === 0) return [tooManyWays];
  const wanted = describeConditions(first.conditions);
  const joined = others.map(({ path, conditions }) => `${path} ${describeConditions(conditions)}`).join(' and ');
  const failure = { path: first.path, found: valuesOf(first), instead: null };
  return [{ ...failure, wanted: `${wanted} in the same element of the array as ${joined}` }];
}

/** Each field by itself is right, and no array joins them: the search for a way to read dotted keys was given up. */
const tooManyWays: Failure = {
  path: '',
  found: [],
  instead: null,
  wanted: 'readable in few enough ways to be matched',
};

function toFailure({ path, conditions }: IndexedLeaf, found: readonly Scalar[], event: JsonObject): Failure {
  const wanted = describeConditions(conditions);
  if (found.length > 0) return { path, found, instead: null, wanted };
  const instead = insteadOfValue(event, path);
  // What is absent is not "anything but x" either, which would read as if it were.
  const excludes = conditions.some(({ kind }) => kind === 'anything-but' || kind === 'anything-but-text');
  return { path, found, instead, wanted: excludes ? `a value that is ${wanted}` : wanted };
}

/** What stands where a value is wanted and is none, in words. */
function insteadOfValue(event: JsonObject, path: string): string | null {
  let current: JsonValue | undefined = event;
  for (const key of path.split('.')) {
    if (!isObject(current) || !Object.hasOwn(current, key)) return null;
    current = current[key];
  }
  if (isArray(current)) return current.length === 0 ? 'an empty array' : 'an array without values of its own';
  return isObject(current) ? 'an object' : null;
}

function distinct(failures: readonly Failure[]): readonly Failure[] {
  return [...new Map(failures.map((failure) => [JSON.stringify([failure.path, failure.wanted]), failure])).values()];
}

/** Values named in a sentence; more are counted. */
const namedValues = 5;

/** Characters of a value that a sentence shows. */
const shownCharacters = 80;

function describeFailure({ path, found, instead, wanted }: Failure): string {
  if (path === '') return `the event is not ${wanted}`;
  if (found.length === 0) return `${path} is ${instead ?? 'absent'}, wanted ${wanted}`;
  const named = found.slice(0, namedValues).map(show);
  const more = found.length > namedValues ? ` and ${found.length - namedValues} more` : '';
  return `${path} is ${named.join(', ')}${more}, wanted ${wanted}`;
}

function show(value: Scalar): string {
  if (typeof value !== 'string' || value.length <= shownCharacters) return JSON.stringify(value);
  return `${JSON.stringify(value.slice(0, shownCharacters))}… (${value.length} characters)`;
}
