import { type Branch, compilePattern, type EventPattern, type Leaf, type Scalar } from '@eventloom/engine';
import { listedAt } from '../check/proofs/allowed-values.ts';
import type { Space } from '../check/proofs/space.ts';
import { declaredAt, declaredField, isRequired, schemasInPlace } from '../model/payload-facts.ts';

/** What part of the events of a message a filter lets through. */
export interface FilterShare {
  /** 0 to 1. */
  readonly share: number;
  /**
   * - `none`: there is no filter.
   * - `given`: by the user.
   * - `schema`: the schema lists or bounds every field that is compared; its values are taken to be equally frequent.
   * - `assumed`: some condition cannot be weighed by the schema, and is taken to hold for one event in two.
   */
  readonly basis: 'none' | 'given' | 'schema' | 'assumed';
}

/** How often a condition holds of which the schema tells nothing. */
const assumedShare = 0.5;

/** Estimates what part of the valid payloads a filter lets through, as if all that the schema allows were equally frequent. */
export function filterShare(filter: EventPattern | null, space: Space): FilterShare {
  if (filter === null || Object.keys(filter).length === 0) return { share: 1, basis: 'none' };
  const compiled = compilePattern(filter);
  if (!compiled.ok) return { share: assumedShare, basis: 'assumed' };
  const { branches } = compiled.pattern;
  const fields = fieldsOf(branches, space);
  const basis = fields.every(({ isKnown }) => isKnown) ? 'schema' : 'assumed';
  const share = isCountable(fields) ? weigh(branches, fields, new Map()) : independentShare(branches, fields);
  return { share: Math.min(1, share), basis };
}

/** A field that a filter compares, or a condition of which nothing is known: what it may be, and how often. */
interface Field {
  readonly isKnown: boolean;
  readonly leaves: ReadonlySet<Leaf>;
  readonly cells: readonly Cell[];
}

interface Cell {
  readonly weight: number;
  readonly passes: (leaf: Leaf) => boolean;
}

function fieldsOf(branches: readonly Branch[], space: Space): readonly Field[] {
  const leaves = [...new Set(branches.flat())];
  const paths = [...new Set(leaves.map(({ path }) => path))];
  return paths.flatMap((path) => {
    const own = leaves.filter((leaf) => leaf.path === path);
    const values = valuesAt(path, own, space);
    if (values === null) return own.map(unknownField);
    return [{ isKnown: true, leaves: new Set(own), cells: values.map(toCell) }];
  });
}

function unknownField(leaf: Leaf): Field {
  const cells = [true, false].map((passes) => ({
    weight: passes ? assumedShare : 1 - assumedShare,
    passes: () => passes,
  }));
  return { isKnown: false, leaves: new Set([leaf]), cells };
}

interface WeighedValue {
  readonly weight: number;
  /** Undefined where the field is absent. */
  readonly value: Scalar | undefined;
}

function toCell({ weight, value }: WeighedValue): Cell {
  return { weight, passes: (leaf) => (value === undefined ? leaf.mayBeAbsent : leaf.test(value)) };
}

/** The values of a field with their weights, which sum up to 1; null when the schema neither lists nor bounds them. */
function valuesAt(path: string, leaves: readonly Leaf[], space: Space): readonly WeighedValue[] | null {
  const present = onlyExistence(leaves)
    ? [{ weight: 1, value: '?' }]
    : (listedValues(path, space) ?? ranges(path, leaves, space));
  if (present === null) return null;
  if (!leaves.some(asksForAbsence) || isAlwaysThere(path, space)) return present;
  // One that may be missing is taken to be there in one event of two.
  return [
    { weight: 1 - assumedShare, value: undefined },
    ...present.map(({ weight, value }) => ({ weight: weight * assumedShare, value })),
  ];
}

function onlyExistence(leaves: readonly Leaf[]): boolean {
  return leaves.every(({ conditions }) => conditions.every(({ kind }) => kind === 'exists'));
}

function asksForAbsence({ conditions }: Leaf): boolean {
  return conditions.some(({ kind }) => kind === 'exists');
}

function listedValues(path: string, space: Space): readonly WeighedValue[] | null {
  const values = listedAt(space, path);
  if (values === null || values.length === 0) return null;
  return values.map((value) => ({ weight: 1 / values.length, value }));
}

/** Cuts the numbers that the schema allows where the filter does, and takes the middle of each piece for all of it. */
function ranges(path: string, leaves: readonly Leaf[], space: Space): readonly WeighedValue[] | null {
  const bounds = boundsAt(path, space);
  const cuts = leaves.map(cutsOf);
  if (bounds === null || cuts.includes(null)) return null;
  const { low, high } = bounds;
  const inside = cuts.flatMap((own) => own ?? []).filter((cut) => cut > low && cut < high);
  const edges = [low, ...[...new Set(inside)].sort((one, other) => one - other), high];
  return edges.slice(1).map((end, index) => {
    const start = edges[index] ?? low;
    return { weight: (end - start) / (high - low), value: (start + end) / 2 };
  });
}

/** Where the numbers that pass a leaf start and end; null when it compares with something else. */
function cutsOf({ conditions }: Leaf): readonly number[] | null {
  const cuts = conditions.map((condition) => {
    if (condition.kind === 'numeric') return condition.comparisons.map(({ value }) => value);
    return condition.kind === 'exists' ? [] : null;
  });
  return cuts.includes(null) ? null : cuts.flatMap((own) => own ?? []);
}

function boundsAt(path: string, { root }: Space): { readonly low: number; readonly high: number } | null {
  const schemas = declaredAt(root, path.split('.')).flatMap((schema) => schemasInPlace(root, schema));
  const numbers = (...keywords: readonly string[]) =>
    schemas
      .flatMap((schema) => keywords.flatMap((keyword) => schema[keyword] ?? []))
      .filter((one) => typeof one === 'number');
  const low = Math.max(...numbers('minimum', 'exclusiveMinimum'));
  const high = Math.min(...numbers('maximum', 'exclusiveMaximum'));
  return Number.isFinite(low) && Number.isFinite(high) && low < high ? { low, high } : null;
}

function isAlwaysThere(path: string, { root }: Space): boolean {
  let schemas: readonly unknown[] = [root];
  return path.split('.').every((name) => {
    const isThere = schemas.some((schema) => isRequired(root, schema as Space['root'], name));
    const own = schemas.flatMap((schema) => schemasInPlace(root, schema));
    schemas = declaredField(own, name);
    return isThere;
  });
}

/** Combinations beyond which conditions are taken to be independent of each other. */
const maximumCombinations = 20_000;

function isCountable(fields: readonly Field[]): boolean {
  return fields.reduce((product, { cells }) => product * cells.length, 1) <= maximumCombinations;
}

/** Sums the weights of all combinations of values that match some branch. */
function weigh(branches: readonly Branch[], fields: readonly Field[], taken: ReadonlyMap<Leaf, boolean>): number {
  const [field, ...others] = fields;
  if (field === undefined) return branches.some((branch) => branch.every((leaf) => taken.get(leaf) === true)) ? 1 : 0;
  return field.cells.reduce((sum, { weight, passes }) => {
    const verdicts = [...field.leaves].map((leaf) => [leaf, passes(leaf)] as const);
    return sum + weight * weigh(branches, others, new Map([...taken, ...verdicts]));
  }, 0);
}

function independentShare(branches: readonly Branch[], fields: readonly Field[]): number {
  const shareOf = (leaf: Leaf): number => {
    const cells = fields.find(({ leaves }) => leaves.has(leaf))?.cells ?? [];
    return cells.reduce((sum, { weight, passes }) => sum + (passes(leaf) ? weight : 0), 0);
  };
  const missed = branches.reduce((product, branch) => {
    return product * (1 - branch.reduce((share, leaf) => share * shareOf(leaf), 1));
  }, 1);
  return 1 - missed;
}
