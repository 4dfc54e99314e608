import type { Branch, Leaf } from '@eventloom/engine';

/** The fields of one way through a filter, by the keys of their paths. */
export interface FilterNode {
  /** Conditions on the very value here; null when only fields below it have some. */
  readonly leaf: Leaf | null;
  readonly children: ReadonlyMap<string, FilterNode>;
  /** The filter also matches where there is nothing at and below this node. */
  readonly mayBeAbsent: boolean;
}

/** Levels of nesting beyond which fields are left out of account, so that types stay readable. */
const mostLevels = 10;

/**
 * Arranges the leaves of a branch by keys. EventBridge takes a dot in a key for another level. What lies too deep is
 * left out: the tree matches more.
 */
export function filterTree(branch: Branch): FilterNode {
  const located = branch.map((leaf) => ({ leaf, keys: leaf.path.split('.', mostLevels + 1) }));
  return toNode(
    located.filter(({ keys }) => keys.length <= mostLevels),
    0,
  );
}

/**
 * Keys with dots by which an object may spell what a filter looks for below one of its properties: `a.b` and `a.b.c` for
 * the property `a` of a filter on `{ a: { b: { c } } }`.
 */
export function joinedKeys(key: string, node: FilterNode): readonly string[] {
  return [...node.children].flatMap(([next, child]) => {
    const joined = `${key}.${next}`;
    return [joined, ...joinedKeys(joined, child)];
  });
}

interface Located {
  readonly leaf: Leaf;
  readonly keys: readonly string[];
}

function toNode(located: readonly Located[], depth: number): FilterNode {
  const groups = new Map<string, Located[]>();
  for (const one of located) {
    const key = one.keys[depth];
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return {
    leaf: located.find(({ keys }) => keys.length === depth)?.leaf ?? null,
    children: new Map([...groups].map(([key, group]) => [key, toNode(group, depth + 1)])),
    mayBeAbsent: located.every(({ leaf }) => leaf.mayBeAbsent),
  };
}
