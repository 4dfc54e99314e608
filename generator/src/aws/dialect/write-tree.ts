import type { EventPattern, JsonValue } from '@eventloom/engine';
import type { FilterOr, FilterTree } from './filter-tree.ts';

/**
 * Writes a tree as a pattern, nested, with sorted keys. Null when two of its parts claim one place: a field that is a
 * leaf and has fields below, or two `$or` in one object.
 */
export function writeTree(tree: FilterTree): EventPattern | null {
  return writeBelow(tree, 0);
}

type Node = Map<string, Node | readonly JsonValue[]>;

function writeBelow(tree: FilterTree, depth: number): EventPattern | null {
  const root: Node = new Map();
  for (const entry of tree) {
    const path = entry.kind === 'leaf' ? entry.path : [...entry.place, '$or'];
    const value = entry.kind === 'leaf' ? entry.alternatives.map((one) => one.value) : branchesOf(entry);
    if (value === null || !put(root, path.slice(depth), value)) return null;
  }
  return toObject(root) as EventPattern;
}

function branchesOf({ branches, place }: FilterOr): readonly JsonValue[] | null {
  const written = branches.map((branch) => writeBelow(branch, place.length));
  return written.every((branch) => branch !== null) ? written : null;
}

function put(root: Node, path: readonly string[], value: readonly JsonValue[]): boolean {
  let node = root;
  for (const key of path.slice(0, -1)) {
    const next = node.get(key) ?? new Map();
    if (!(next instanceof Map)) return false;
    node.set(key, next);
    node = next;
  }
  const last = path.at(-1) ?? '';
  if (node.has(last)) return false;
  node.set(last, value);
  return true;
}

/** `fromEntries` makes `__proto__` a property like any other. */
function toObject(node: Node): JsonValue {
  const entries = [...node].sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, value instanceof Map ? toObject(value) : value]));
}
