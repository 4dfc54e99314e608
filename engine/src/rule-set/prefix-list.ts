import { countWhile } from './count-while.ts';

/** Items by texts, ready to be looked up by what starts with the text. */
export interface PrefixList<T> {
  /** Sorted and distinct. */
  readonly texts: readonly string[];
  readonly items: readonly T[];
  /** For each text, the place of the longest other one that it starts with; -1 for none. */
  readonly parents: readonly number[];
  /** Length of the longest text. */
  readonly longest: number;
}

/** Makes a list of entries whose texts are distinct. */
export function toPrefixList<T>(entries: readonly (readonly [text: string, item: T])[]): PrefixList<T> {
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const texts = sorted.map(([text]) => text);
  const parents: number[] = [];
  for (const [index, text] of texts.entries()) {
    let parent = index - 1;
    while (parent >= 0 && !text.startsWith(texts[parent] ?? '')) parent = parents[parent] ?? -1;
    parents.push(parent);
  }
  const longest = texts.reduce((most, { length }) => Math.max(most, length), 0);
  return { texts, items: sorted.map(([, item]) => item), parents, longest };
}

/**
 * Adds the items of all texts that `value` starts with. They are the last text that sorts before the value and the
 * chain of its parents, less those at its end that the value does not start with.
 */
export function addStarts<T>(list: PrefixList<T>, value: string, add: (item: T) => void): void {
  const { texts, parents } = list;
  let index = countWhile(texts, (text) => text <= value) - 1;
  while (index >= 0 && !value.startsWith(texts[index] ?? '')) index = parents[index] ?? -1;
  for (; index >= 0; index = parents[index] ?? -1) add(list.items[index] as T);
}
