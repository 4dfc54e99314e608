import { own } from '../../model/schema/json.ts';
import type { Leaves } from './expand.ts';
import type { Search, Spot } from './search.ts';

/** Numbers within the limits of schemas: from the lowest natural one up, or from the highest down. */
export function* numberCandidates(leaves: Leaves, { variant }: Spot, { size }: Search): Generator<unknown> {
  const { least, most, step, start, direction } = rangeOf(leaves, size);
  for (let index = 0; index < 12; index++) yield multiple(start, direction * (index + variant), step);
  for (let index = 0; index < 6; index++) yield multiple(start, -direction * index, step);
  if (Number.isFinite(least) && Number.isFinite(most)) yield (least + most) / 2;
  for (const value of [least, most]) if (Number.isFinite(value)) yield value;
  yield* [0.5, -0.5, 1.5, 0, 1, -1, 2, 10, 100];
}

/** The first of them. */
export function firstNumber(leaves: Leaves, { variant }: Spot, { size }: Search): number {
  const { step, start, direction } = rangeOf(leaves, size);
  return multiple(start, direction * variant, step);
}

function rangeOf(leaves: Leaves, size: Search['size']) {
  const step = stepOf(leaves);
  const { least, most } = limitsOf(leaves);
  const isSmall = size === 'smallest';
  return { least, most, step, start: startOf({ least, most, step, isSmall }), direction: isSmall ? 1 : -1 };
}

interface Limits {
  readonly least: number;
  readonly most: number;
}

interface Range extends Limits {
  readonly step: number;
  readonly isSmall: boolean;
}

/** Exclusive limits count as limits: the values themselves are refused later. */
function limitsOf(leaves: Leaves): Limits {
  const values = (...keywords: readonly string[]): readonly number[] =>
    leaves
      .flatMap((leaf) => keywords.map((keyword) => own(leaf, keyword)))
      .filter((value) => typeof value === 'number');
  return {
    least: Math.max(Number.NEGATIVE_INFINITY, ...values('minimum', 'exclusiveMinimum')),
    most: Math.min(Number.POSITIVE_INFINITY, ...values('maximum', 'exclusiveMaximum')),
  };
}

/** What all values are multiples of: of 1 unless fractions are asked for. */
function stepOf(leaves: Leaves): number {
  const steps = leaves.map((leaf) => own(leaf, 'multipleOf')).filter((value) => typeof value === 'number');
  const whole = steps.filter((step) => Number.isInteger(step));
  if (whole.length === steps.length) return whole.reduce(leastCommonMultiple, 1);
  const isInteger = leaves.some((leaf) => own(leaf, 'type') === 'integer');
  return Math.max(...(isInteger ? [...steps, 1] : steps));
}

function leastCommonMultiple(left: number, right: number): number {
  let [a, b] = [left, right];
  while (b !== 0) [a, b] = [b, a % b];
  const product = (left / a) * right;
  return Number.isSafeInteger(product) && product > 0 ? product : left;
}

/** Counts the steps from 0 to the first value. */
function startOf({ least, most, step, isSmall }: Range): number {
  const natural = isSmall ? 0 : naturalLarge(least, step);
  const inside = Math.min(Math.max(isSmall || most > unnatural ? natural : most, least), most);
  const count = inside / step;
  if (!Number.isFinite(count)) return 0;
  const rounded = isSmall || inside === least ? Math.ceil(count - 1e-9) : Math.floor(count + 1e-9);
  return Object.is(rounded, -0) ? 0 : rounded;
}

/** No limit above this one is meant as a value. */
const unnatural = 1_000_000;

function naturalLarge(least: number, step: number): number {
  const base = step < 1 ? 1249.99 : 1250;
  return least >= base ? least + 10 * step : base;
}

/** Many steps, without the digits that binary fractions add. */
function multiple(start: number, index: number, step: number): number {
  const value = (start + index) * step;
  if (Number.isInteger(step)) return value;
  const digits = /(?:\.(\d+))?(?:e-(\d+))?$/.exec(String(step));
  const decimals = (digits?.[1]?.length ?? 0) + Number(digits?.[2] ?? 0);
  return decimals > 0 && decimals <= 20 ? Number(value.toFixed(decimals)) : value;
}
