import type { JsonValue } from '../event-pattern.ts';
import { limits } from '../limits.ts';
import { isArray, isObject, type JsonObject } from './json.ts';
import type { IndexedLeaf, PathNode } from './path-tree.ts';

/**
 * Matches a branch against an event by walking both together, in time linear in the size of what it visits.
 *
 * Fields inside one array must match in the same element. event-ruler reaches that by taking the fields in the order of
 * their paths and keeping, for each array, the element that the first of them matched in; a field that must be absent
 * is looked for in the elements kept so far, and in all elements of an array where none is. The functions here do the
 * same without trying combinations. `from` is the index of the first leaf that is still to be satisfied; `must` that of
 * the leaf for whose sake an element was entered (it has to have a value there), or -1.
 *
 * Returns null when the event spells a path with joined keys (`"a.b"`): then a leaf may be found in several places, and
 * the caller takes the general way.
 */
export function matchTree(event: JsonObject, root: PathNode): boolean | null {
  const walk: Walk = { sawJoinedKey: false, openArrays: 0 };
  const matched = matchObject(event, root, 0, -1, walk);
  return walk.sawJoinedKey ? null : matched;
}

interface Walk {
  sawJoinedKey: boolean;
  openArrays: number;
}

function matchObject(object: JsonObject, node: PathNode, from: number, must: number, walk: Walk): boolean {
  if (hasJoinedKey(object, node, walk)) return false;
  for (const [key, child] of node.children) {
    const matched = Object.hasOwn(object, key)
      ? matchValue(object[key] as JsonValue, child, from, must, walk)
      : acceptsAbsence(child.leaves, from, must);
    if (!matched) return false;
  }
  return true;
}

function matchValue(value: JsonValue, node: PathNode, from: number, must: number, walk: Walk): boolean {
  if (isArray(value)) return matchArray(value, node, from, must, walk);
  const { leaf } = node;
  if (isObject(value)) {
    if (leaf !== null && !isAbsenceAccepted(leaf, from, must)) return false;
    return matchObject(value, node, from, must, walk);
  }
  if (leaf === null) return acceptsAbsence(node.leaves, from, must);
  if (leaf.index >= from && !leaf.test(value)) return false;
  return node.leaves.length === 1 || acceptsAbsence(node.leaves.slice(1), from, must);
}

function matchArray(array: readonly JsonValue[], node: PathNode, from: number, must: number, walk: Walk): boolean {
  if (walk.openArrays >= limits.eventDetailDepth.value) return false;
  walk.openArrays++;
  const matched = matchElements(array, node, from, must, walk);
  walk.openArrays--;
  return matched;
}

function matchElements(array: readonly JsonValue[], node: PathNode, from: number, must: number, walk: Walk): boolean {
  const pending = node.leaves.find((leaf) => leaf.index >= from && !isSatisfiedOutside(array, leaf, node, must, walk));
  if (pending === undefined) return true;
  if (matchesInElement(array, node, pending, walk)) return true;
  // The leaf of the array itself matched one of its scalars; a scalar of a nested array would keep an element too.
  const { leaf } = node;
  return leaf !== null && leaf.index >= from && leaf !== pending && matchesInElement(array, node, leaf, walk);
}

/** Looks for an element that satisfies `first` with a value, and all leaves after it. */
function matchesInElement(array: readonly JsonValue[], node: PathNode, first: IndexedLeaf, walk: Walk): boolean {
  const { index } = first;
  return array.some((element) => {
    if (isArray(element)) return matchArray(element, node, index, index, walk);
    return isObject(element) && first !== node.leaf && matchObject(element, node, index, index, walk);
  });
}

/** Tells whether a leaf is satisfied before any element of the array is kept. */
function isSatisfiedOutside(
  array: readonly JsonValue[],
  leaf: IndexedLeaf,
  node: PathNode,
  must: number,
  walk: Walk,
): boolean {
  if (leaf === node.leaf && array.some((element) => isScalar(element) && leaf.test(element))) return true;
  if (!leaf.mayBeAbsent || leaf.index === must) return false;
  return !array.some((element) => isPresent(element, leaf, node, walk));
}

/** Tells whether a leaf has a value anywhere in the JSON found at a node at or above it. */
function isPresent(value: JsonValue, leaf: IndexedLeaf, node: PathNode, walk: Walk): boolean {
  if (isArray(value)) return isPresentInArray(value, leaf, node, walk);
  if (!isObject(value)) return leaf === node.leaf;
  if (hasJoinedKey(value, node, walk)) return true;
  for (const [key, child] of node.children) {
    if (!child.leaves.includes(leaf)) continue;
    return Object.hasOwn(value, key) && isPresent(value[key] as JsonValue, leaf, child, walk);
  }
  return false;
}

function isPresentInArray(array: readonly JsonValue[], leaf: IndexedLeaf, node: PathNode, walk: Walk): boolean {
  if (walk.openArrays >= limits.eventDetailDepth.value) return false;
  walk.openArrays++;
  const present = array.some((element) => isPresent(element, leaf, node, walk));
  walk.openArrays--;
  return present;
}

function hasJoinedKey(object: JsonObject, node: PathNode, walk: Walk): boolean {
  const { joinedKeys } = node;
  if (joinedKeys === null) walk.sawJoinedKey ||= Object.keys(object).some((key) => key.includes('.'));
  else if (joinedKeys.length > 0) walk.sawJoinedKey ||= joinedKeys.some((key) => Object.hasOwn(object, key));
  return walk.sawJoinedKey;
}

function acceptsAbsence(leaves: readonly IndexedLeaf[], from: number, must: number): boolean {
  return leaves.every((leaf) => isAbsenceAccepted(leaf, from, must));
}

function isAbsenceAccepted(leaf: IndexedLeaf, from: number, must: number): boolean {
  return leaf.index < from || (leaf.mayBeAbsent && leaf.index !== must);
}

function isScalar(value: JsonValue): value is string | number | boolean | null {
  return typeof value !== 'object' || value === null;
}
