import type { EventPattern } from '@eventloom/engine';
import { sortedTree } from './canonical.ts';
import type { FilterTree } from './filter-tree.ts';
import { writeTree } from './write-tree.ts';

/**
 * Leaves out fields of a tree, the longest first, until what is left is not too much. What is left lets more through.
 * @returns the filter; null when nothing is left
 */
export function fitTree(tree: FilterTree, isTooMuch: (filter: EventPattern) => boolean): EventPattern | null {
  const entries = sortedTree(tree);
  const byLength = entries
    .map((entry, index) => ({ index, length: JSON.stringify(writeTree([entry]))?.length ?? 0 }))
    .sort((left, right) => left.length - right.length || left.index - right.index);
  const shortest = (count: number): EventPattern | null => {
    const kept = new Set(byLength.slice(0, count).map(({ index }) => index));
    return writeTree(entries.filter((_, index) => kept.has(index)));
  };
  // More fields are never less, so that halving finds the most that fit.
  let [fits, tooMany] = [0, entries.length + 1];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    const filter = shortest(middle);
    if (filter !== null && !isTooMuch(filter)) fits = middle;
    else tooMany = middle;
  }
  return fits === 0 ? null : shortest(fits);
}
