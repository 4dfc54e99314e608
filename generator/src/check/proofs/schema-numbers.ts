import { type JsonObject, own } from '../../model/schema/json.ts';
import { above, anyNumber, below, type Interval, type Intervals, intersect } from './intervals.ts';

/** What schemas that hold together say about numbers: at least the numbers that they accept. */
export interface NumberFacts {
  readonly within: Intervals;
  readonly isInteger: boolean;
  readonly divisors: readonly number[];
}

/** What the keywords of schemas allow of numbers. */
export function schemaNumbers(schemas: readonly JsonObject[]): NumberFacts {
  return {
    within: schemas.flatMap(boundsOf).reduce(intersect, anyNumber),
    isInteger: schemas.some(wantsInteger),
    divisors: schemas.flatMap(({ multipleOf }) =>
      typeof multipleOf === 'number' && multipleOf > 0 ? [multipleOf] : [],
    ),
  };
}

/** Tells whether a number in the intervals may be one of those described: false only when there is none. */
export function mayHaveNumber(intervals: Intervals, { within, isInteger, divisors }: NumberFacts): boolean {
  const steps = isInteger ? [1, ...divisors] : divisors;
  return intersect(intervals, within).some((interval) => steps.every((step) => mayHaveMultiple(interval, step)));
}

function boundsOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, format }: JsonObject): readonly Intervals[] {
  return [
    ...(typeof minimum === 'number' ? [above(minimum, false)] : []),
    ...(typeof exclusiveMinimum === 'number' ? [above(exclusiveMinimum, true)] : []),
    ...(typeof maximum === 'number' ? [below(maximum, false)] : []),
    ...(typeof exclusiveMaximum === 'number' ? [below(exclusiveMaximum, true)] : []),
    ...(format === 'int32' ? [above(-(2 ** 31), false), below(2 ** 31 - 1, false)] : []),
  ];
}

function wantsInteger(schema: JsonObject): boolean {
  const type = own(schema, 'type');
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const isTyped = types.includes('integer') && !types.includes('number');
  return isTyped || schema.format === 'int32' || schema.format === 'int64';
}

/**
 * Ajv divides and looks whether the quotient is whole. Division keeps the order of doubles, so the quotients of an
 * interval are between those of its bounds. A bound that is left out is left out of the quotients only where the division
 * is exact: between whole numbers that doubles hold.
 */
function mayHaveMultiple({ low, high, isLowOpen, isHighOpen }: Interval, step: number): boolean {
  const first = Math.ceil(low / step) + (isLowOpen && isWholeMultiple(low, step) ? 1 : 0);
  const last = Math.floor(high / step) - (isHighOpen && isWholeMultiple(high, step) ? 1 : 0);
  return !(first > last);
}

function isWholeMultiple(bound: number, step: number): boolean {
  return Number.isSafeInteger(bound) && Number.isSafeInteger(step) && bound % step === 0;
}
