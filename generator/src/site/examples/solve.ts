import type { JsonSchema } from '../../model/event-model.ts';
import { isObject } from '../../model/schema/json.ts';
import { candidatesOf, firstCandidate } from './candidates.ts';
import { commonKinds, expand, isPlain } from './expand.ts';
import { type Bounds, type Found, isAccepted, type Search, type Spot } from './search.ts';

/** Looks for a small or a large payload that a bundle accepts; null when none is found within a fixed effort. */
export function samplePayload(
  payload: JsonSchema,
  name: string,
  { lookup, size, bounds }: Omit<Search, 'solve'>,
): Found | null {
  const state: State = {
    open: new Map(),
    known: new Map(),
    idOf: numbering(),
    lengthOf: measuring(),
    effort: mostEffort,
  };
  const search: Search = {
    lookup,
    size,
    bounds,
    solve: (schemas, spot) => solve(schemas, spot, search, state),
  };
  return search.solve([payload], { name, path: '', level: 0, variant: 0 });
}

/** Steps of a search, of some ten microseconds each. */
const mostEffort = 12_000;
/** After this effort a schema that was solved before is not solved again. */
const freshEffort = 10_000;
const deepest = 120;
/** Characters of JSON beyond which nothing is made, even where the schema demands it. */
const longestPayload = 200_000;
/** Expansions that are tried until one is found, and those of which the fittest is taken. */
const mostExpansions = 60;
const comparedExpansions = 8;
const mostOpenings = 400;
const mostCandidates = 30;

interface State {
  /** How often schemas are being solved around the current spot, by key. */
  readonly open: Map<string, number>;
  readonly known: Map<string, Found>;
  readonly idOf: (schema: object) => number;
  /** Length of a value's JSON, in about. */
  readonly lengthOf: (value: unknown) => number;
  effort: number;
}

function numbering(): (schema: object) => number {
  const ids = new WeakMap<object, number>();
  let count = 0;
  return (schema) => {
    const id = ids.get(schema) ?? count++;
    ids.set(schema, id);
    return id;
  };
}

/** Parts that come again are measured once: a payload of few parts may be too long for any text. */
function measuring(): (value: unknown) => number {
  const lengths = new WeakMap<object, number>();
  const lengthOf = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value)?.length ?? 0;
    const known = lengths.get(value);
    if (known !== undefined) return known;
    const length = Object.entries(value).reduce((sum, [key, part]) => sum + key.length + 4 + lengthOf(part), 2);
    lengths.set(value, length);
    return length;
  };
  return lengthOf;
}

function solve(schemas: readonly unknown[], spot: Spot, search: Search, state: State): Found | null {
  const [only, ...others] = schemas;
  if (schemas.includes(false) || spot.level > deepest || state.effort-- <= 0) return null;
  const first = others.length === 0 && isObject(only) ? firstCandidate(only, spot, search) : undefined;
  if (first !== undefined && isAccepted(first, schemas, search)) {
    state.effort -= 2;
    return { value: first };
  }
  const objects = schemas.filter(isObject);
  const key = objects.map(state.idOf).join(' ');
  const around = state.open.get(key) ?? 0;
  if (objects.length > 0 && around > (search.size === 'largest' && spot.level <= search.bounds.levels ? 1 : 0)) {
    return null;
  }
  const known = state.effort < freshEffort && spot.variant === 0 ? state.known.get(key) : undefined;
  if (known !== undefined) return known;
  state.open.set(key, around + 1);
  const found = fittest(schemas, spot, search, state);
  state.open.set(key, around);
  if (found !== null && spot.variant === 0 && objects.length > 0) state.known.set(key, found);
  return found;
}

/** The shortest of the first values found, or the longest; elements of a list take turns. */
function fittest(schemas: readonly unknown[], spot: Spot, search: Search, state: State): Found | null {
  const [only] = schemas;
  // Most fields: one expansion, which is the schema itself.
  if (schemas.length === 1 && isObject(only) && isPlain(only)) {
    state.effort -= 1;
    const leaves = commonKinds([only], search.lookup).length === 0 ? null : [only];
    return leaves === null ? null : firstAccepted(candidatesOf(leaves, schemas, spot, search), schemas, search, state);
  }
  const found: Found[] = [];
  let tried = 0;
  let steps = mostOpenings;
  const spend = (): boolean => steps-- > 0 && state.effort-- > 0;
  for (const leaves of expand(schemas, { lookup: search.lookup, spend })) {
    tried += 1;
    if (tried > mostExpansions || (found.length > 0 && tried > comparedExpansions) || state.effort <= 0) break;
    const value = firstAccepted(candidatesOf(leaves, schemas, spot, search), schemas, search, state);
    if (value !== null) found.push(value);
  }
  if (found.length < 2) return found[0] ?? null;
  const sized = found.map((one) => ({ one, length: state.lengthOf(one.value) }));
  const direction = search.size === 'smallest' ? 1 : -1;
  sized.sort((a, b) => direction * (a.length - b.length));
  return sized[spot.variant % sized.length]?.one ?? null;
}

function firstAccepted(
  candidates: Iterable<unknown>,
  schemas: readonly unknown[],
  search: Search,
  state: State,
): Found | null {
  let tried = 0;
  for (const value of candidates) {
    tried += 1;
    state.effort -= 1;
    if (tried > mostCandidates || state.effort <= 0) return null;
    if (state.lengthOf(value) <= longestPayload && isAccepted(value, schemas, search)) return { value };
  }
  return null;
}

/** Bounds that give a payload of believable size, from generous to meagre. */
export const largeBounds: readonly Bounds[] = [
  { elements: 2, characters: 40, levels: 12, fields: 400 },
  { elements: 2, characters: 40, levels: 5, fields: 200 },
  { elements: 2, characters: 20, levels: 3, fields: 100 },
  { elements: 1, characters: 12, levels: 2, fields: 60 },
  { elements: 1, characters: 12, levels: 1, fields: 20 },
];

/** Bounds of the smallest payload. */
export const smallBounds: Bounds = { elements: 0, characters: 12, levels: 0, fields: 0 };
