/** The paths that rules look at, by their keys: paths that start alike share the way. */
export interface PathTrie {
  /** The number of the path that ends here, or -1. */
  readonly number: number;
  readonly children: ReadonlyMap<string, PathTrie>;
}

interface Growing extends PathTrie {
  number: number;
  readonly children: Map<string, Growing>;
}

/** Numbers the distinct paths, in their order, and arranges them by their keys. */
export function toPathTrie(paths: Iterable<string>): {
  readonly trie: PathTrie;
  readonly numbers: ReadonlyMap<string, number>;
} {
  const trie: Growing = { number: -1, children: new Map() };
  const numbers = new Map<string, number>();
  for (const path of paths) {
    if (numbers.has(path)) continue;
    const end = path.split('.').reduce(child, trie);
    end.number = numbers.size;
    numbers.set(path, end.number);
  }
  return { trie, numbers };
}

function child({ children }: Growing, key: string): Growing {
  const existing = children.get(key);
  if (existing !== undefined) return existing;
  const added: Growing = { number: -1, children: new Map() };
  children.set(key, added);
  return added;
}
