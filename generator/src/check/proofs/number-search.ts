import type { Condition } from '@eventloom/engine';
import { anyNumber, type Intervals, intersect, outside, point, satisfying } from './intervals.ts';
import type { Literal } from './literal.ts';
import { mayHaveNumber, type NumberFacts } from './schema-numbers.ts';

/**
 * Tells whether a number that the facts describe may meet all literals: false only when there is none.
 * @param isAccepted tells whether the schema accepts a number, more exactly than the facts say.
 */
export function mayHaveNumberFor(
  facts: NumberFacts,
  literals: readonly Literal[],
  isAccepted: (value: number) => boolean,
): boolean {
  const wanted = literals.map(({ kind, test }) => {
    const refused = test.conditions.map((condition) => outside(passing(condition))).reduce(intersect, anyNumber);
    return kind === 'none' ? refused : outside(refused);
  });
  const numbers = wanted.reduce(intersect, anyNumber);
  return numbers.some((interval) => {
    const isPoint = interval.low === interval.high;
    return mayHaveNumber([interval], facts) && (!isPoint || isAccepted(interval.low));
  });
}

/** The numbers that pass a condition. */
function passing(condition: Condition): Intervals {
  switch (condition.kind) {
    case 'exact':
      return typeof condition.value === 'number' ? point(condition.value) : [];
    case 'numeric':
      return condition.comparisons.map(satisfying).reduce(intersect, anyNumber);
    case 'anything-but':
      return condition.values
        .map((value) => (typeof value === 'number' ? outside(point(value)) : anyNumber))
        .reduce(intersect, anyNumber);
    case 'anything-but-text':
      return anyNumber;
    case 'exists':
      return condition.wanted ? anyNumber : [];
    case 'text':
    case 'address':
    case 'cidr':
      return [];
    default:
      return condition satisfies never;
  }
}
