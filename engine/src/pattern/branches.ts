import { limits } from '../limits.ts';
import type { Condition } from './condition.ts';
import { type LeafTest, leafTest } from './leaf-test.ts';
import type { PatternPart } from './parse-pattern.ts';
import type { PatternError } from './pattern-error.ts';

/** A field of a pattern and what it may be. Branches of one pattern share the leaves that stand outside `$or`. */
export interface Leaf {
  /** Keys from the root of the event, joined with dots. */
  readonly path: string;
  /** JSON pointer into the pattern. */
  readonly pointer: string;
  /** Alternatives, any of which suffices. */
  readonly conditions: readonly Condition[];
  /** True when `exists: false` is among the conditions. */
  readonly mayBeAbsent: boolean;
  /** Tells whether a value satisfies one of the conditions. */
  readonly test: LeafTest;
}

/** One way through the alternatives of all `$or`: fields that must all match, sorted by path. */
export type Branch = readonly Leaf[];

/**
 * Counts the ways through the `$or` of a pattern: the product over the `$or` that stand side by side, each counting the
 * sum of its alternatives.
 */
export function countBranches(parts: readonly PatternPart[]): number {
  let product = 1;
  for (const part of parts) {
    if (part.kind === 'leaf') continue;
    let sum = 0;
    for (const alternative of part.alternatives) sum += countBranches(alternative);
    product *= sum;
  }
  return product;
}

/** Multiplies out the `$or` of a pattern. Where a branch names one path twice, the later one counts, as in event-ruler. */
export function toBranches(parts: readonly PatternPart[]): readonly Branch[] | PatternError {
  const count = countBranches(parts);
  const { eventPatternOrProduct, eventPatternFields } = limits;
  if (count > eventPatternOrProduct.value) {
    return tooMany(
      `the alternatives of "$or" multiply to ${count}, more than ${eventPatternOrProduct.value}`,
      'eventPatternOrProduct',
    );
  }
  const branches = expand(parts, [new Map()]);
  if (branches !== null) return branches.map((leaves) => [...leaves.values()].sort(byPath));
  return tooMany(`${countFields(parts)} fields are more than ${eventPatternFields.value}`, 'eventPatternFields');
}

/** Counts the fields that the largest branch names. */
function countFields(parts: readonly PatternPart[]): number {
  let count = 0;
  for (const part of parts) {
    count += part.kind === 'leaf' ? 1 : part.alternatives.reduce((most, one) => Math.max(most, countFields(one)), 0);
  }
  return count;
}

type Fields = Map<string, Leaf>;

/**
 * Adds the fields of parts to each of the branches given, which become its own, and multiplies these at each `$or`. Null
 * as soon as a branch has too many fields, so that a huge pattern is refused before it takes memory and time.
 */
function expand(parts: readonly PatternPart[], before: readonly Fields[]): readonly Fields[] | null {
  let branches = before;
  for (const part of parts) {
    if (part.kind === 'or') {
      const expanded: Fields[] = [];
      for (const alternative of part.alternatives) {
        const copies = branches.map((fields) => new Map(fields));
        const those = expand(alternative, copies);
        if (those === null) return null;
        for (const one of those) expanded.push(one);
      }
      branches = expanded;
      continue;
    }
    const leaf = toLeaf(part);
    for (const fields of branches) {
      if (fields.set(leaf.path, leaf).size > limits.eventPatternFields.value) return null;
    }
  }
  return branches;
}

function toLeaf({ path, pointer, conditions }: PatternPart & { readonly kind: 'leaf' }): Leaf {
  const mayBeAbsent = conditions.some((condition) => condition.kind === 'exists' && !condition.wanted);
  return { path, pointer, conditions, mayBeAbsent, test: leafTest(conditions) };
}

function byPath(a: Leaf, b: Leaf): number {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}

function tooMany(message: string, limit: 'eventPatternOrProduct' | 'eventPatternFields'): PatternError {
  return { pointer: '', message, limit };
}
