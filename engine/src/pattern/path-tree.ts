import type { Branch, Leaf } from './branches.ts';

/** A leaf within its branch; `index` is its place in the order of paths. */
export interface IndexedLeaf extends Leaf {
  readonly index: number;
}

/** The leaves of a branch by the keys of their paths. */
export interface PathNode {
  /** The leaf at this very path, if any. It comes first in {@link leaves}. */
  readonly leaf: IndexedLeaf | null;
  /** All leaves at and below this node, in order. */
  readonly leaves: readonly IndexedLeaf[];
  readonly children: ReadonlyMap<string, PathNode>;
  /**
   * Keys of the nodes more than one key further down, joined with dots. An event that has such a key spells a path in
   * another way: `{ "a.b": 1 }` is `{ "a": { "b": 1 } }` to EventBridge. Null when they would be too many to list.
   */
  readonly joinedKeys: readonly string[] | null;
}

/** Pairs of keys in a path, over all paths, up to which joined keys are listed. */
const maximumListedPairs = 20_000;

/** Arranges the leaves of a branch by the keys of their paths. */
export function pathTree(branch: Branch): PathNode {
  const located = branch.map((leaf, index) => ({ leaf: { ...leaf, index }, keys: leaf.path.split('.') }));
  const pairs = located.reduce((sum, { keys }) => sum + keys.length * keys.length, 0);
  return toNode(located, 0, pairs <= maximumListedPairs);
}

/** Finds the node that an event's key leads to: a child, or one further down when the key has dots. */
export function nodeAt(node: PathNode, key: string): PathNode | undefined {
  const child = node.children.get(key);
  if (child !== undefined || !key.includes('.')) return child;
  let current: PathNode | undefined = node;
  for (const part of key.split('.')) {
    current = current.children.get(part);
    if (current === undefined) return undefined;
  }
  return current;
}

interface Located {
  readonly leaf: IndexedLeaf;
  readonly keys: readonly string[];
}

function toNode(located: readonly Located[], depth: number, listsJoinedKeys: boolean): PathNode {
  const groups = new Map<string, Located[]>();
  for (const one of located) {
    const key = one.keys[depth];
    if (key === undefined) continue;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(one);
  }
  const children = new Map([...groups].map(([key, group]) => [key, toNode(group, depth + 1, listsJoinedKeys)]));
  return {
    leaf: located.find(({ keys }) => keys.length === depth)?.leaf ?? null,
    leaves: located.map(({ leaf }) => leaf),
    children,
    joinedKeys: listsJoinedKeys ? joinKeys(children) : null,
  };
}

function joinKeys(children: PathNode['children']): readonly string[] {
  return [...children].flatMap(([key, child]) =>
    [...child.children.keys(), ...(child.joinedKeys ?? [])].map((rest) => `${key}.${rest}`),
  );
}
