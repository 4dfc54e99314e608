import { compareByFormat, knownFormat } from './formats.ts';
import { canonicalText, isObject, type JsonObject, own } from './json.ts';

/** What draft-07, or Ajv, demands of the value of a keyword. */
interface KeywordShape {
  /** Completes "must be …". */
  readonly expected: string;
  /** The values allowed, when they can be listed. */
  readonly values?: readonly string[];
  accepts(value: unknown, schema: JsonObject): boolean;
}

/** The types of JSON as `type` spells them. */
export const typeNames = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] as const;

/** The shape of a keyword's value; undefined for keywords that may hold anything, or schemas. */
export function shapeOf(keyword: string): KeywordShape | undefined {
  return shapes.get(keyword);
}

/** What is wrong with a regular expression; null when Ajv compiles it, which it does with the flag `u`. */
export function patternProblem(pattern: string): string | null {
  try {
    new RegExp(pattern, 'u');
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error);
  }
}

/** Tells whether a name has half of a surrogate pair, of which Ajv can make no path. */
export function isBroken(name: string): boolean {
  return /\p{Surrogate}/u.test(name);
}

const text: KeywordShape = { expected: 'a text', accepts: (value) => typeof value === 'string' };
const flag: KeywordShape = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };
const number: KeywordShape = { expected: 'a number', accepts: (value) => typeof value === 'number' };
const count: KeywordShape = {
  expected: 'a whole number of at least 0',
  accepts: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
};
const names: KeywordShape = {
  expected: 'a list of different texts',
  accepts: (value) => Array.isArray(value) && value.every((name) => typeof name === 'string') && areDifferent(value),
};
const list: KeywordShape = { expected: 'a list', accepts: Array.isArray };
const schema: KeywordShape = { expected: 'a schema: an object, true or false', accepts: isSchema };
const schemas: KeywordShape = {
  expected: 'a list of at least one schema',
  accepts: (value) => Array.isArray(value) && value.length > 0,
};
const map: KeywordShape = { expected: 'an object of schemas', accepts: isObject };

const shapes: ReadonlyMap<string, KeywordShape> = new Map<string, KeywordShape>([
  ...each('title description $comment contentMediaType contentEncoding format', text),
  ...each('readOnly uniqueItems', flag),
  ...each('maximum exclusiveMaximum minimum exclusiveMinimum', number),
  ...each('maxLength minLength maxItems minItems maxProperties minProperties', count),
  ...each('additionalItems contains additionalProperties propertyNames if then else not', schema),
  ...each('allOf anyOf oneOf', schemas),
  ...each('definitions properties patternProperties dependencies', map),
  ...each('formatMinimum formatMaximum formatExclusiveMinimum formatExclusiveMaximum', {
    expected: 'a text beside a `format` of dates or times',
    accepts: isFormatLimit,
  }),
  ['$ref', text],
  ['$id', text],
  ['$schema', text],
  ['examples', list],
  ['multipleOf', { expected: 'a number greater than 0', accepts: (value) => typeof value === 'number' && value > 0 }],
  ['pattern', text],
  ['required', names],
  ['items', { expected: 'a schema or a list of schemas', accepts: isItems }],
  ['enum', { expected: 'a list of at least one value, all different', accepts: isEnum }],
  ['type', { expected: 'a type of JSON or a list of different ones', values: typeNames, accepts: isType }],
  ['nullable', { expected: 'true or false beside a `type`, and not false beside `null`', accepts: isNullable }],
]);

function each(keywords: string, shape: KeywordShape): [string, KeywordShape][] {
  return keywords.split(' ').map((keyword) => [keyword, shape]);
}

function isSchema(value: unknown): boolean {
  return typeof value === 'boolean' || isObject(value);
}

function isItems(value: unknown): boolean {
  return isSchema(value) || schemas.accepts(value, {});
}

function isEnum(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && areDifferent(value);
}

function isType(value: unknown): boolean {
  const types: readonly unknown[] = Array.isArray(value) ? value : [value];
  return types.length > 0 && areDifferent(types) && types.every((type) => typeNames.some((name) => name === type));
}

function isNullable(value: unknown, schema: JsonObject): boolean {
  const type = own(schema, 'type');
  if (type === undefined || typeof value !== 'boolean') return false;
  return value || !(type === 'null' || (Array.isArray(type) && type.includes('null')));
}

/** Ajv refuses a limit without a format, and one of a format that has no order; it ignores one of an unknown format. */
function isFormatLimit(value: unknown, schema: JsonObject): boolean {
  const format = own(schema, 'format');
  if (typeof value !== 'string' || typeof format !== 'string') return false;
  const known = knownFormat(format);
  return known === undefined || known === true || compareByFormat(known) !== null;
}

function areDifferent(values: readonly unknown[]): boolean {
  return new Set(values.map(canonicalText)).size === values.length;
}
