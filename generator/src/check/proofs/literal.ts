import type { Condition, Leaf, Scalar } from '@eventloom/engine';

/** What a leaf wants, without where. */
export type Test = Pick<Leaf, 'conditions' | 'test' | 'mayBeAbsent'>;

/**
 * Something that must hold for the values that a filter finds at a path (in any element of arrays):
 * - `some`: one of them passes the test.
 * - `none`: none of them does.
 * - `optional`: one of them does, or there is none.
 * - `array`: an array is met on the way or at the end.
 */
export interface Literal {
  readonly kind: 'some' | 'none' | 'optional' | 'array';
  /** The part of the path that is still ahead. */
  readonly keys: readonly string[];
  readonly test: Test;
  /** Which filter it belongs to: within one, values in an array must come from the same element. */
  readonly filter: number;
}

/** Tells whether a value at the very place of a literal meets it. */
export function passes(value: Scalar, { kind, test }: Literal): boolean {
  return test.test(value) === (kind !== 'none');
}

/** Passes whatever is there. */
export const anything: Test = {
  conditions: [{ kind: 'exists', wanted: true, needsContent: false }],
  test: () => true,
  mayBeAbsent: false,
};

/** Passes a value and no other. */
export function exactly(value: Scalar): Test {
  return { conditions: [{ kind: 'exact', value }], test: (other) => other === value, mayBeAbsent: false };
}

/** Passes every value but these. */
export function anythingBut(values: readonly Scalar[]): Test {
  const texts = values.filter((value) => typeof value === 'string' || typeof value === 'number');
  const condition: Condition = { kind: 'anything-but', values: texts };
  return { conditions: [condition], test: (value) => !values.includes(value), mayBeAbsent: false };
}

/** What holds when a leaf is satisfied. */
export function satisfied(leaf: Leaf, filter = 0): Literal {
  return { kind: leaf.mayBeAbsent ? 'optional' : 'some', keys: leaf.path.split('.'), test: leaf, filter };
}

/** What holds when a leaf is not satisfied, were it alone. */
export function unsatisfied(leaf: Leaf): readonly Literal[] {
  const keys = leaf.path.split('.');
  const none: Literal = { kind: 'none', keys, test: leaf, filter: 0 };
  return leaf.mayBeAbsent ? [none, { kind: 'some', keys, test: anything, filter: 0 }] : [none];
}
