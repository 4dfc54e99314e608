/** Returns a copy sorted by code unit of `key`, so that the order of a topology's lists never shows in a template. */
export function sortedBy<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  return [...items].sort((left, right) => compare(key(left), key(right)));
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
