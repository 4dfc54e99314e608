import type { Comparison } from '@eventloom/engine';

/** Numbers between two bounds. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** True when the bound itself is not among them. */
  readonly isLowOpen: boolean;
  readonly isHighOpen: boolean;
}

/** Numbers of any of the intervals, which are sorted and apart. */
export type Intervals = readonly Interval[];

/** Every number. */
export const anyNumber: Intervals = [
  { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, isLowOpen: false, isHighOpen: false },
];

/** A single number. */
export function point(value: number): Intervals {
  return [{ low: value, high: value, isLowOpen: false, isHighOpen: false }];
}

/** The numbers for which a comparison holds. */
export function satisfying({ operator, value }: Comparison): Intervals {
  switch (operator) {
    case '=':
      return point(value);
    case '<':
    case '<=':
      return below(value, operator === '<');
    case '>':
    case '>=':
      return above(value, operator === '>');
    default:
      return operator satisfies never;
  }
}

/** Numbers up to a bound. */
export function below(high: number, isHighOpen: boolean): Intervals {
  return [{ low: Number.NEGATIVE_INFINITY, high, isLowOpen: false, isHighOpen }];
}

/** Numbers from a bound on. */
export function above(low: number, isLowOpen: boolean): Intervals {
  return [{ low, high: Number.POSITIVE_INFINITY, isLowOpen, isHighOpen: false }];
}

/** The numbers in both. */
export function intersect(left: Intervals, right: Intervals): Intervals {
  return left.flatMap((one) => right.flatMap((other) => overlap(one, other)));
}

/** The numbers in none. */
export function outside(intervals: Intervals): Intervals {
  return intervals.reduce<Intervals>((rest, { low, high, isLowOpen, isHighOpen }) => {
    return intersect(rest, [...below(low, !isLowOpen), ...above(high, !isHighOpen)].filter(isPossible));
  }, anyNumber);
}

function overlap(one: Interval, other: Interval): Intervals {
  const lower = one.low > other.low || (one.low === other.low && one.isLowOpen) ? one : other;
  const upper = one.high < other.high || (one.high === other.high && one.isHighOpen) ? one : other;
  const both = { low: lower.low, high: upper.high, isLowOpen: lower.isLowOpen, isHighOpen: upper.isHighOpen };
  return isPossible(both) ? [both] : [];
}

function isPossible({ low, high, isLowOpen, isHighOpen }: Interval): boolean {
  return low < high || (low === high && !isLowOpen && !isHighOpen);
}
