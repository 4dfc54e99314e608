import { drawOf } from '../make/example-kit.ts';
import { isObject, pointerTo } from '../schema/schema.ts';

/** Changes of one payload that are looked at. */
const mostMutations = 60;

/**
 * Changes of a valid payload, one place and one thing at a time, chosen by `seed` where there are many; which of them
 * are invalid is for a check.
 */
export function mutationsOf(payload: unknown, schema: unknown, seed: number): readonly unknown[] {
  const words = wordsOf(schema);
  const all = placesOf(payload).flatMap(({ value, replace }) =>
    changesOf(value, words).map((change) => (): unknown => replace(change)),
  );
  const { pick } = drawOf(seed + 1);
  const chosen = all.length <= mostMutations ? all : Array.from({ length: mostMutations }, () => all[pick(all.length)]);
  return chosen.flatMap((make) => (make === undefined ? [] : [make()]));
}

interface Place {
  readonly path: string;
  readonly value: unknown;
  /** The whole payload with something else in this place. */
  readonly replace: (value: unknown) => unknown;
}

function placesOf(payload: unknown): readonly Place[] {
  const visit = (value: unknown, path: string, replace: Place['replace']): Place[] => [
    { path, value, replace },
    ...(Array.isArray(value)
      ? value.flatMap((item, index) =>
          visit(item, pointerTo(path, index), (next) => replace(value.map((old, at) => (at === index ? next : old)))),
        )
      : []),
    ...(isObject(value)
      ? Object.keys(value).flatMap((key) =>
          visit(value[key], pointerTo(path, key), (next) =>
            replace(Object.fromEntries(Object.entries(value).map(([name, old]) => [name, name === key ? next : old]))),
          ),
        )
      : []),
  ];
  return visit(payload, '', (next) => next);
}

/** What the schema mentions somewhere: bounds to step over, and names to add. */
interface Words {
  readonly numbers: readonly number[];
  readonly names: readonly string[];
  /** Those of them that bound texts, and lists. */
  readonly maxLength: readonly number[];
  readonly maxItems: readonly number[];
  /** Texts before and behind the bounds of formats. */
  readonly moments: readonly string[];
}

function wordsOf(schema: unknown): Words {
  const numbers = new Set<number>();
  const names = new Set<string>();
  const moments = new Set<string>();
  const longest = { maxLength: new Set<number>(), maxItems: new Set<number>() };
  const visit = (value: unknown): void => {
    if (typeof value === 'number') numbers.add(value);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      if (key === 'properties' && isObject(item)) for (const name of Object.keys(item)) names.add(name);
      if (/^format(Exclusive)?(Minimum|Maximum)$/.test(key) && typeof item === 'string') {
        for (const text of [item, ...besideMoment(item)]) moments.add(text);
      }
      if ((key === 'maxLength' || key === 'maxItems') && typeof item === 'number') longest[key].add(item);
      visit(item);
    }
  };
  visit(schema);
  const [maxLength, maxItems] = [[...longest.maxLength], [...longest.maxItems]];
  return { numbers: [...numbers], names: [...names], moments: [...moments], maxLength, maxItems };
}

/** A time of day, a date or a date with a time, half a second, a day and a year away, as the bound is written. */
function besideMoment(bound: string): readonly string[] {
  const isTime = /^\d\d:/.test(bound);
  const moment = Date.parse(isTime ? `2000-01-01T${bound}` : bound);
  if (Number.isNaN(moment)) return [];
  return [-365 * day, -day, -500, 500, day, 365 * day].map((step) => {
    const text = new Date(moment + step).toISOString();
    return isTime ? text.slice(11) : bound.includes(':') ? text : text.slice(0, 10);
  });
}

const day = 86_400_000;

const undeclared = ['undeclared', '', '0', 'UNDECLARED NAME'];

function changesOf(value: unknown, words: Words): readonly unknown[] {
  const others = [null, true, 'text', 0, [], {}].filter((other) => typeOf(other) !== typeOf(value));
  if (typeof value === 'number') return [...others, ...numbersNear(value, words.numbers)];
  if (typeof value === 'string') return [...others, ...textsNear(value, words)];
  if (Array.isArray(value)) return [...others, ...listsNear(value, words)];
  if (isObject(value)) return [...others, ...objectsNear(value, words.names)];
  return others;
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

function numbersNear(value: number, mentioned: readonly number[]): readonly number[] {
  const beside = mentioned.flatMap((bound) => [bound - 1, bound, bound + 1, bound - 0.5]);
  return [...beside, value + 0.5, value + 1, value / 3, -value - 1].filter(Number.isFinite);
}

/** What no enumeration holds, and what is no regular expression. */
const odd = ['no-such-value', '['];

/** Longer texts and lists are not made: each that is made is judged too. */
const longestText = 300_000;
const longestList = 5000;

function within(lengths: readonly number[], most: number, least = 0): readonly number[] {
  return lengths.filter((length) => Number.isInteger(length) && length >= least && length < most);
}

function textsNear(value: string, { numbers, maxLength, moments }: Words): readonly string[] {
  const lengths = [...within(numbers, 10_000), ...within(maxLength, longestText, 10_000)];
  const cut = lengths.map((length) => [...value].slice(0, Math.max(0, length - 1)).join(''));
  const grown = lengths.map((length) => value + 'x'.repeat(Math.max(0, length + 1 - [...value].length)));
  return [...cut, ...grown, '', `${value}~`, ` ${value}`, value.toUpperCase(), value.toLowerCase(), ...odd, ...moments];
}

function listsNear(value: readonly unknown[], { numbers, maxItems }: Words): readonly unknown[] {
  const longest = [...within(numbers, 1000), ...within(maxItems, longestList, 1000)];
  const grown = value.length === 0 ? [] : longest.map((length) => grownTo(value, length + 1));
  return [[], value.slice(1), value.slice(0, -1), [...value, null], [...value, ...value.slice(0, 1)], ...grown];
}

/** Longer by copies of its last item that differ where that is easy. */
function grownTo(value: readonly unknown[], length: number): readonly unknown[] {
  const last = value.at(-1);
  const another = (index: number): unknown => (typeof last === 'number' ? last + index : last);
  return [...value, ...Array.from({ length: Math.max(0, length - value.length) }, (_, index) => another(index + 1))];
}

function objectsNear(value: Readonly<Record<string, unknown>>, names: readonly string[]): readonly unknown[] {
  const entries = Object.entries(value);
  const fewer = entries.map(([gone]) => Object.fromEntries(entries.filter(([key]) => key !== gone)));
  const more = [...undeclared, ...names]
    .filter((name) => !Object.hasOwn(value, name))
    .flatMap((name) => [null, 'text', 1].map((item) => Object.fromEntries([...entries, [name, item]])));
  return [{}, ...fewer, ...more];
}
