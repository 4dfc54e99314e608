import type { Scalar } from '../pattern/json.ts';
import type { ValuesAtPath } from './found-values.ts';
import { addStarts, type PrefixList, toPrefixList } from './prefix-list.ts';
import { addContaining, addContainingAny, type Range, type RangeList, toRangeList } from './range-list.ts';
import type { Term } from './term.ts';
import { type View, viewOf } from './view.ts';

/** Items by terms, ready to be looked up by the values at a path. */
export interface ValueIndex<T> {
  readonly exact: ReadonlyMap<Scalar, T>;
  readonly starts: readonly { readonly view: View; readonly list: PrefixList<T> }[];
  readonly ranges: RangeList<T> | null;
  /** What any value leads to. */
  readonly any: T | null;
}

/** Indexes entries whose terms are distinct. */
export function toValueIndex<T>(entries: readonly (readonly [term: Term, item: T])[]): ValueIndex<T> {
  const exact = new Map<Scalar, T>();
  const texts = new Map<View, [string, T][]>();
  const ranges: Range<T>[] = [];
  let any: T | null = null;
  for (const [term, item] of entries) {
    if (term.kind === 'exact') exact.set(term.value, item);
    else if (term.kind === 'range') ranges.push({ low: term.low, high: term.high, item });
    else if (term.kind === 'any') any = item;
    else group(texts, term.view).push([term.text, item]);
  }
  const starts = [...texts].map(([view, ofView]) => ({ view, list: toPrefixList(ofView) }));
  return { exact, starts, ranges: ranges.length === 0 ? null : toRangeList(ranges), any };
}

/** The distinct items whose terms any of the values satisfies. */
export function itemsFor<T>(index: ValueIndex<T>, found: ValuesAtPath): Iterable<T> {
  if (found.values.length > 1) {
    const items = new Set<T>();
    addItems(index, found, (item) => items.add(item));
    return items;
  }
  const items: T[] = [];
  addItems(index, found, (item) => items.push(item));
  return items;
}

function addItems<T>({ any, exact, starts, ranges }: ValueIndex<T>, found: ValuesAtPath, add: (item: T) => void): void {
  if (any !== null) add(any);
  addExact(exact, found, add);
  if (ranges !== null) addRanges(ranges, found, add);
  for (const { view, list } of starts) {
    for (const value of found.values) {
      const read = typeof value === 'string' ? viewOf(view, value, list.longest) : null;
      if (read !== null) addStarts(list, read, add);
    }
  }
}

function addExact<T>(exact: ReadonlyMap<Scalar, T>, { values, many }: ValuesAtPath, add: (item: T) => void): void {
  if (many !== null && exact.size < many.distinct.size) {
    for (const [value, item] of exact) if (many.distinct.has(value)) add(item);
    return;
  }
  for (const value of values) {
    const item = exact.get(value);
    if (item !== undefined) add(item);
  }
}

function addRanges<T>(ranges: RangeList<T>, { values, many }: ValuesAtPath, add: (item: T) => void): void {
  if (many !== null) addContainingAny(ranges, many.numbers, add);
  else for (const value of values) if (typeof value === 'number') addContaining(ranges, value, add);
}

function group<T>(texts: Map<View, [string, T][]>, view: View): [string, T][] {
  const existing = texts.get(view) ?? [];
  texts.set(view, existing);
  return existing;
}
