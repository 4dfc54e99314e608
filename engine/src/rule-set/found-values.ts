import type { JsonValue } from '../event-pattern.ts';
import { limits } from '../limits.ts';
import { isArray, isObject, type Scalar } from '../pattern/json.ts';
import type { PathTrie } from './path-trie.ts';

/** The values that an event has at one path. */
export interface ValuesAtPath {
  /** Distinct when they are many. */
  readonly values: readonly Scalar[];
  /** The same arranged for looking up, when they are many. */
  readonly many: ManyValues | null;
  /** True when a value stands inside an element of an array that is itself an object or an array. */
  readonly isInElement: boolean;
}

/** Values of an array that has so many that they are not to be gone through for each rule. */
export interface ManyValues {
  readonly distinct: ReadonlySet<Scalar>;
  /** The numbers among them, sorted. */
  readonly numbers: readonly number[];
}

/** What an event has at the paths that the rules ask for. */
export interface FoundValues {
  /** By the number of the path. */
  readonly byPath: ReadonlyMap<number, ValuesAtPath>;
  /**
   * True when the event has keys with dots or levels beyond the limit, which the two ways of matching a rule treat
   * each in its own manner. Every value that either would see is found all the same.
   */
  readonly isUnusual: boolean;
}

/** As many values of one path are gone through one by one. */
const few = 8;

interface Collecting extends ValuesAtPath {
  values: Scalar[];
  many: ManyValues | null;
  isInElement: boolean;
}

interface Collected {
  readonly byPath: Map<number, Collecting>;
  isUnusual: boolean;
}

/** Collects the values at all paths of the trie, in one walk over the event. */
export function findValues(event: JsonValue, trie: PathTrie): FoundValues {
  const collected: Collected = { byPath: new Map(), isUnusual: false };
  collect(event, trie, 0, 0, false, collected);
  for (const found of collected.byPath.values()) {
    if (found.values.length > few) arrange(found);
  }
  return collected;
}

function arrange(found: Collecting): void {
  const distinct = new Set(found.values);
  found.values = [...distinct];
  const numbers = found.values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  found.many = { distinct, numbers };
}

function collect(
  value: JsonValue,
  node: PathTrie,
  depth: number,
  openArrays: number,
  isInElement: boolean,
  collected: Collected,
): void {
  if (depth > limits.eventDetailDepth.value) collected.isUnusual = true;
  if (isArray(value)) {
    if (openArrays >= limits.eventDetailDepth.value) return;
    for (const element of value) {
      const within = isInElement || (typeof element === 'object' && element !== null);
      collect(element, node, depth + 1, openArrays + 1, within, collected);
    }
  } else if (isObject(value)) {
    if (node.children.size === 0) return;
    for (const key of Object.keys(value)) {
      const child = node.children.get(key) ?? joined(node, key, collected);
      if (child !== undefined) collect(value[key] as JsonValue, child, depth + 1, openArrays, isInElement, collected);
    }
  } else if (node.number >= 0) {
    add(node.number, value, isInElement, collected);
  }
}

function joined(node: PathTrie, key: string, collected: Collected): PathTrie | undefined {
  if (!key.includes('.')) return undefined;
  let current: PathTrie | undefined = node;
  for (const part of key.split('.')) {
    current = current.children.get(part);
    if (current === undefined) return undefined;
  }
  collected.isUnusual = true;
  return current;
}

function add(path: number, value: Scalar, isInElement: boolean, { byPath }: Collected): void {
  const found = byPath.get(path);
  if (found === undefined) {
    byPath.set(path, { values: [value], many: null, isInElement });
    return;
  }
  found.values.push(value);
  found.isInElement ||= isInElement;
}
