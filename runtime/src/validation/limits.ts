import type { Broken } from './found.ts';
import { ucs2length } from './ucs2length.ts';

/** `maximum` */
export const above = (value: number, limit: number): Broken =>
  !(value <= limit) && ['maximum', { comparison: '<=', limit }];

/** `minimum` */
export const below = (value: number, limit: number): Broken =>
  !(value >= limit) && ['minimum', { comparison: '>=', limit }];

/** `exclusiveMaximum` */
export const notBelow = (value: number, limit: number): Broken =>
  !(value < limit) && ['exclusiveMaximum', { comparison: '<', limit }];

/** `exclusiveMinimum` */
export const notAbove = (value: number, limit: number): Broken =>
  !(value > limit) && ['exclusiveMinimum', { comparison: '>', limit }];

/** `multipleOf`: in floating point, so that 0.3 is no multiple of 0.1, and nothing is one beyond 1e21 times the factor. */
export function noMultiple(value: number, multipleOf: number): Broken {
  const quotient = value / multipleOf;
  return (multipleOf === 0 || quotient !== Number.parseInt(`${quotient}`, 10)) && ['multipleOf', { multipleOf }];
}

/** `maxLength`, in code points, of which a text has at most as many as units. */
export const tooLong = (text: string, limit: number): Broken =>
  text.length > limit && ucs2length(text) > limit && ['maxLength', { limit }];

/** `minLength`, in code points, of which a text has at least half as many as units. */
export const tooShort = (text: string, limit: number): Broken =>
  text.length < limit * 2 && ucs2length(text) < limit && ['minLength', { limit }];

/** `maxItems` */
export const tooMany = ({ length }: readonly unknown[], limit: number): Broken =>
  length > limit && ['maxItems', { limit }];

/** `minItems` */
export const tooFew = ({ length }: readonly unknown[], limit: number): Broken =>
  length < limit && ['minItems', { limit }];

/** `maxProperties` */
export const tooWide = (object: object, limit: number): Broken =>
  Object.keys(object).length > limit && ['maxProperties', { limit }];

/** `minProperties` */
export const tooNarrow = (object: object, limit: number): Broken =>
  Object.keys(object).length < limit && ['minProperties', { limit }];
