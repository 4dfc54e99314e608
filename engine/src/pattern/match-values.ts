import type { JsonValue } from '../event-pattern.ts';
import { limits } from '../limits.ts';
import { isArray, isObject, type JsonObject, type Scalar } from './json.ts';
import { type IndexedLeaf, nodeAt, type PathNode } from './path-tree.ts';

/** A value found at the path of a leaf, with the elements of arrays that lead to it. */
export interface FoundValue {
  readonly value: Scalar;
  readonly elements: Elements;
}

/** The innermost element of an array that a value stands in, and those around it; null outside arrays. */
export type Elements = { readonly array: object; readonly index: number; readonly outer: Elements } | null;

/** Steps after which {@link matchValues} gives up, so that no event can keep it busy. */
const maximumSteps = 100_000;

/**
 * Matches a branch against an event in the general way: collects the values of each leaf, however its path is spelled,
 * and looks for a choice in which no array lends two different elements. Leaves are taken in the order of their paths, as
 * event-ruler does. It may try many combinations, so it is kept for events with dotted keys and gives up (no match)
 * after a fixed number of steps.
 */
export function matchValues(event: JsonObject, root: PathNode): boolean {
  const found = collectValues(event, root);
  return choose(root.leaves, 0, found, new Map(), { steps: 0 });
}

/** Collects the values of each leaf in document order, whether its path is spelled with nested or with joined keys. */
export function collectValues(event: JsonObject, root: PathNode): ReadonlyMap<IndexedLeaf, readonly FoundValue[]> {
  const found = new Map<IndexedLeaf, FoundValue[]>(root.leaves.map((leaf) => [leaf, []]));
  collect(event, root, null, 0, found);
  return found;
}

type Found = Map<IndexedLeaf, FoundValue[]>;

function collect(value: JsonValue, node: PathNode, elements: Elements, openArrays: number, found: Found): void {
  if (openArrays > limits.eventDetailDepth.value) return;
  if (isArray(value)) {
    value.forEach((element, index) => {
      const within = isArray(element) || isObject(element) ? { array: value, index, outer: elements } : elements;
      collect(element, node, within, openArrays + 1, found);
    });
  } else if (isObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      const child = nodeAt(node, key);
      if (child !== undefined) collect(member, child, elements, openArrays, found);
    }
  } else if (node.leaf !== null) {
    found.get(node.leaf)?.push({ value, elements });
  }
}

type Kept = ReadonlyMap<object, number>;

function choose(
  leaves: readonly IndexedLeaf[],
  position: number,
  found: ReadonlyMap<IndexedLeaf, readonly FoundValue[]>,
  kept: Kept,
  budget: { steps: number },
): boolean {
  const leaf = leaves[position];
  if (leaf === undefined) return true;
  let isAbsent = true;
  for (const { value, elements } of found.get(leaf) ?? []) {
    if (++budget.steps > maximumSteps) return false;
    const merged = keep(elements, kept);
    if (merged === null) continue;
    isAbsent = false;
    if (leaf.test(value) && choose(leaves, position + 1, found, merged, budget)) return true;
  }
  return isAbsent && leaf.mayBeAbsent && choose(leaves, position + 1, found, kept, budget);
}

/** Adds elements to those kept; null when an array would lend two. */
function keep(elements: Elements, kept: Kept): Kept | null {
  let merged: Map<object, number> | null = null;
  for (let element = elements; element !== null; element = element.outer) {
    const index = kept.get(element.array);
    if (index !== undefined && index !== element.index) return null;
    if (index === undefined) merged = (merged ?? new Map(kept)).set(element.array, element.index);
  }
  return merged ?? kept;
}
