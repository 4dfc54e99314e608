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
  const branches = expand(parts, [new Map()]).map((leaves) => [...leaves.values()].sort(byPath));
  const largest = branches.reduce((most, { length }) => Math.max(most, length), 0);
  if (largest > eventPatternFields.value) {
    return tooMany(`${largest} fields are more than ${eventPatternFields.value}`, 'eventPatternFields');
  }
  return branches;
}

type Fields = ReadonlyMap<string, Leaf>;

function expand(parts: readonly PatternPart[], before: readonly Fields[]): readonly Fields[] {
  let fields = before;
  for (const part of parts) {
    if (part.kind === 'or') {
      const expanded: Fields[] = [];
      for (const alternative of part.alternatives) expanded.push(...expand(alternative, fields));
      fields = expanded;
    } else {
      const leaf = toLeaf(part);
      fields = fields.map((leaves) => new Map(leaves).set(leaf.path, leaf));
    }
  }
  return fields;
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
