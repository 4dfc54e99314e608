import type { EventPattern } from '@eventloom/engine';
import { sortedTree } from './canonical.ts';
import type { FilterTree } from './filter-tree.ts';
import { writeTree } from './write-tree.ts';

/**
 * Leaves out fields of a tree, the longest first, until what is left is not too much. What is left lets more through.
 * @returns the filter; null when nothing is left
 */
export function fitTree(tree: FilterTree, isTooMuch: (filter: EventPattern) => boolean): EventPattern | null {
  let left = sortedTree(tree);
  while (left.length > 0) {
    const filter = writeTree(left);
    if (filter !== null && !isTooMuch(filter)) return filter;
    const largest = longest(left);
    left = left.filter((_, index) => index !== largest);
  }
  return null;
}

/** Of fields that are equally long the later goes. */
function longest(tree: FilterTree): number {
  const lengths = tree.map((entry) => JSON.stringify(writeTree([entry]))?.length ?? 0);
  return lengths.lastIndexOf(Math.max(...lengths));
}
