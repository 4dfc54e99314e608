import { countWhile } from './count-while.ts';

/** A range of numbers, both ends included, and what it stands for. */
export interface Range<T> {
  readonly low: number;
  readonly high: number;
  readonly item: T;
}

/** Ranges, ready to be looked up by a number in them. */
export interface RangeList<T> {
  /** Sorted by `low`. */
  readonly ranges: readonly Range<T>[];
  /** For the middle of each part that halving gives, the greatest `high` of the part. */
  readonly highest: readonly number[];
}

/** Sorts ranges for {@link addContaining}. */
export function toRangeList<T>(ranges: readonly Range<T>[]): RangeList<T> {
  const sorted = ranges.toSorted((a, b) => a.low - b.low);
  const highest: number[] = Array(sorted.length).fill(Number.NEGATIVE_INFINITY);
  fillHighest(sorted, 0, sorted.length, highest);
  return { ranges: sorted, highest };
}

/** Adds the items of all ranges that contain a number, in time logarithmic in the number of ranges for each. */
export function addContaining<T>(list: RangeList<T>, value: number, add: (item: T) => void): void {
  addWithin(list, value, { from: 0, to: list.ranges.length }, add);
}

/** Adds the items of all ranges that contain any of some numbers, which are sorted: each range once, however many do. */
export function addContainingAny<T>(
  { ranges }: RangeList<T>,
  numbers: readonly number[],
  add: (item: T) => void,
): void {
  for (const { low, high, item } of ranges) {
    const least = numbers[countWhile(numbers, (number) => number < low)];
    if (least !== undefined && least <= high) add(item);
  }
}

interface Part {
  readonly from: number;
  readonly to: number;
}

function addWithin<T>(list: RangeList<T>, value: number, { from, to }: Part, add: (item: T) => void): void {
  if (from >= to) return;
  const middle = (from + to) >> 1;
  const range = list.ranges[middle];
  if (range === undefined || value > (list.highest[middle] ?? value)) return;
  addWithin(list, value, { from, to: middle }, add);
  if (value < range.low) return;
  if (value <= range.high) add(range.item);
  addWithin(list, value, { from: middle + 1, to }, add);
}

function fillHighest(ranges: readonly Range<unknown>[], from: number, to: number, highest: number[]): number {
  if (from >= to) return Number.NEGATIVE_INFINITY;
  const middle = (from + to) >> 1;
  const most = Math.max(
    ranges[middle]?.high ?? Number.NEGATIVE_INFINITY,
    fillHighest(ranges, from, middle, highest),
    fillHighest(ranges, middle + 1, to, highest),
  );
  highest[middle] = most;
  return most;
}
