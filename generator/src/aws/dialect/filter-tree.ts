import type { EventPattern, JsonValue } from '@eventloom/engine';

/*
 * A filter with its paths resolved, so that leaves can be replaced or left out before it is written down again. Paths
 * are absolute: from the root of the payload, also inside `$or`.
 */

/** One alternative of a leaf. */
export interface Alternative {
  readonly value: JsonValue;
  /** JSON pointer into the filter as the spec has it. */
  readonly pointer: string;
}

/** A field and what it may be. */
export interface FilterLeaf {
  readonly kind: 'leaf';
  readonly path: readonly string[];
  readonly pointer: string;
  readonly alternatives: readonly Alternative[];
}

/** A `$or`, and the object that it stands in. */
export interface FilterOr {
  readonly kind: 'or';
  readonly place: readonly string[];
  readonly pointer: string;
  readonly branches: readonly FilterTree[];
}

/** Entries that must all hold. */
export type FilterTree = readonly (FilterLeaf | FilterOr)[];

/**
 * Reads a filter that the language allows. A key with dots is a path, as for EventBridge.
 * @param splitsDots false where a key with dots is a name: message attributes are flat.
 */
export function readTree(filter: EventPattern, splitsDots: boolean): FilterTree {
  return entriesOf(filter, { place: [], pointer: '', splitsDots });
}

interface Reading {
  readonly place: readonly string[];
  readonly pointer: string;
  readonly splitsDots: boolean;
}

function entriesOf(object: EventPattern, reading: Reading): FilterTree {
  return Object.entries(object).flatMap(([key, value]): FilterTree => {
    const pointer = below(reading.pointer, key);
    if (key === '$or' && isList(value)) return [orOf(value, pointer, reading)];
    const path = [...reading.place, ...(reading.splitsDots ? key.split('.') : [key])];
    if (isObject(value)) return entriesOf(value, { ...reading, place: path, pointer });
    const values = isList(value) ? value : [value];
    const alternatives = values.map((one, index) => ({ value: one, pointer: below(pointer, index) }));
    return [{ kind: 'leaf', path, pointer, alternatives }];
  });
}

function orOf(values: readonly JsonValue[], pointer: string, reading: Reading): FilterOr {
  const branches = values.map((value, index) =>
    isObject(value) ? entriesOf(value, { ...reading, pointer: below(pointer, index) }) : [],
  );
  return { kind: 'or', place: reading.place, pointer, branches };
}

/** Tells whether some way through the `$or`s names a path twice. EventBridge then keeps the last; others do not say. */
export function namesPathTwice(tree: FilterTree): boolean {
  const seen = new Set<string>();
  return tree.some((entry) => {
    const paths = pathsOf([entry]);
    const twice = paths.some((path) => seen.has(path));
    for (const path of paths) seen.add(path);
    return twice || (entry.kind === 'or' && entry.branches.some(namesPathTwice));
  });
}

/** Every leaf, those inside `$or` too. */
export function leavesOf(tree: FilterTree): readonly FilterLeaf[] {
  return tree.flatMap((entry) => (entry.kind === 'leaf' ? [entry] : entry.branches.flatMap(leavesOf)));
}

function pathsOf(tree: FilterTree): readonly string[] {
  return [...new Set(leavesOf(tree).map(({ path }) => path.join('.')))];
}

function below(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Tells whether a JSON value is an object. */
export function isObject(value: JsonValue): value is EventPattern {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells whether a JSON value is a list. */
export function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
