// What generated validators share. Each leaves the bundle when no validator uses it.
export { anyOf, clause, oneOf } from './choices.ts';
export { equal } from './equal.ts';
export * from './formats.ts';
export { type Broken, both, type Check, type Found, passes, within } from './found.ts';
export {
  above,
  below,
  noMultiple,
  notAbove,
  notBelow,
  tooFew,
  tooLong,
  tooMany,
  tooNarrow,
  tooShort,
  tooWide,
} from './limits.ts';
export { validator } from './make-validator.ts';
export { dependent, missing, surplus, unfit } from './members.ts';
export { eachItem, eachMatch, eachName, eachOther, someItem } from './parts.ts';
export {
  isInteger,
  isObject,
  notArray,
  notBoolean,
  notInteger,
  notNull,
  notNumber,
  notObject,
  notString,
} from './types.ts';
export { ucs2length } from './ucs2length.ts';
export { irregular, malformed, repeated, repeatedScalar, unequal, unlike, unlisted, unmatched } from './values.ts';
