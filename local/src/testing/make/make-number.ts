import { type Keywords, numberAt, textAt } from '../schema/schema.ts';
import { Unmakeable } from './kit.ts';
import type { Making } from './make.ts';

const widest = 2 ** 31;

/** Makes the numbers of a branch: steps of `multipleOf` between its bounds. */
export function makeNumber<Maker>({ kit, branch }: Making<Maker>, integer: boolean): Maker {
  const low = boundOf(branch, ['minimum', 'exclusiveMinimum'], Math.max);
  const high = boundOf(branch, ['maximum', 'exclusiveMaximum'], Math.min);
  const least = low ?? (high === undefined ? -widest : Math.min(-widest, high - widest));
  const most = high ?? (low === undefined ? widest - 1 : Math.max(widest - 1, low + widest));
  const isWhole = integer || branch.some((one) => /^int/.test(textAt(one, 'format') ?? ''));
  const steps = branch.flatMap((one) => numberAt(one, 'multipleOf') ?? []).concat(isWhole ? [1] : []);
  const step = stepOf(steps);
  if (least > most) throw new Unmakeable(JSON.stringify(branch), 'its bounds leave no number');
  if (step === undefined) return kit.number(least, most);
  const excludes = (keyword: string, bound: number): boolean => branch.some((one) => numberAt(one, keyword) === bound);
  const first = Math.ceil(least / step) + (excludes('exclusiveMinimum', Math.ceil(least / step) * step) ? 1 : 0);
  const last = Math.floor(most / step) - (excludes('exclusiveMaximum', Math.floor(most / step) * step) ? 1 : 0);
  if (first > last) throw new Unmakeable(JSON.stringify(branch), 'its bounds leave no multiple');
  const fewest = Math.max(first, -Number.MAX_SAFE_INTEGER);
  return kit.map(kit.integer(fewest, Math.min(last, Number.MAX_SAFE_INTEGER)), (count: number) =>
    rounded(count * step),
  );
}

function boundOf(
  branch: readonly Keywords[],
  keywords: readonly string[],
  narrowest: (...values: number[]) => number,
): number | undefined {
  const found = branch.flatMap((one) => keywords.flatMap((keyword) => numberAt(one, keyword) ?? []));
  return found.length === 0 ? undefined : narrowest(...found);
}

/** The least number that is a multiple of all; what is not found soon is left to the check. */
function stepOf(steps: readonly number[]): number | undefined {
  const [first, ...others] = [...new Set(steps)];
  if (first === undefined) return undefined;
  for (let count = 1; count <= 10_000; count++) {
    if (others.every((other) => Number.isInteger(rounded((count * first) / other)))) return rounded(count * first);
  }
  return first;
}

/** Without the dust of binary fractions, and without -0, which JSON does not know. */
function rounded(value: number): number {
  return Number(value.toPrecision(15)) + 0;
}
