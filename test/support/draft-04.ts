import { Ajv } from 'ajv';
import type { Validate } from './validators.ts';

/** What draft-04 knows, besides annotations. `format` is not among them: validators differ in what they ask for it. */
const known = new Set(
  [
    '$schema',
    '$ref',
    'type',
    'enum',
    'multipleOf',
    'maximum',
    'exclusiveMaximum',
    'minimum',
    'exclusiveMinimum',
  ].concat(
    ['maxLength', 'minLength', 'pattern', 'maxItems', 'minItems', 'uniqueItems', 'items', 'additionalItems'],
    ['maxProperties', 'minProperties', 'required', 'properties', 'patternProperties', 'additionalProperties'],
    ['dependencies', 'definitions', 'allOf', 'anyOf', 'oneOf', 'not'],
  ),
);

type Keywords = Readonly<Record<string, unknown>>;

/**
 * Judges by a draft-04 schema, written apart from the converter: it refuses what draft-04 does not allow, spells the rest
 * in draft-07, and asks Ajv, with regular expressions as ECMAScript 5 has them and own properties only.
 */
export function runDraft04(schema: unknown): Validate {
  const ajv = new Ajv({
    strict: false,
    logger: false,
    meta: false,
    validateSchema: false,
    unicodeRegExp: false,
    ownProperties: true,
  });
  ajv.addKeyword({
    keyword: 'divisor',
    type: 'number',
    schemaType: 'number',
    compile: (divisor: number) => (value: number) => isMultiple(value, divisor),
  });
  return ajv.compile(respell(schema) as Keywords) as Validate;
}

function respell(schema: unknown): unknown {
  if (!isKeywords(schema)) throw new Error(`${JSON.stringify(schema)} is no schema of draft-04`);
  if (Object.hasOwn(schema, '$ref')) {
    if (!/^#\/definitions\/[A-Za-z0-9]+$/.test(String(schema.$ref))) throw new Error(`odd reference ${schema.$ref}`);
    return { $ref: schema.$ref };
  }
  return Object.fromEntries(
    Object.entries(schema).flatMap(([keyword, value]) => respellKeyword(keyword, value, schema)),
  );
}

function respellKeyword(keyword: string, value: unknown, schema: Keywords): readonly (readonly [string, unknown])[] {
  if (!known.has(keyword)) throw new Error(`${keyword} is no keyword of draft-04`);
  switch (keyword) {
    case '$schema':
      return [];
    case 'minimum':
    case 'maximum':
      return isExclusive(schema, keyword) ? [[exclusive(keyword), value]] : [[keyword, value]];
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      if (typeof value !== 'boolean') throw new Error(`${keyword} must be a boolean`);
      return [];
    case 'multipleOf':
      return [['divisor', value]];
    case 'required':
    case 'enum':
      return [[keyword, filled(keyword, value)]];
    case 'items':
      return [[keyword, Array.isArray(value) ? filled(keyword, value).map(respell) : respell(value)]];
    case 'not':
      return [[keyword, respell(value)]];
    case 'additionalItems':
    case 'additionalProperties':
      return [[keyword, typeof value === 'boolean' ? value : respell(value)]];
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return [[keyword, filled(keyword, value).map(respell)]];
    case 'definitions':
    case 'properties':
    case 'patternProperties':
      return [[keyword, mapped(value, respell)]];
    case 'dependencies':
      return [[keyword, mapped(value, (part) => (Array.isArray(part) ? filled(keyword, part) : respell(part)))]];
    default:
      return [[keyword, value]];
  }
}

/** Divides decimal texts, as validators with decimal numbers do. */
function isMultiple(value: number, divisor: number): boolean {
  const [left, right] = [decimal(value), decimal(divisor)];
  const power = Math.min(left.power, right.power);
  const scaled = ({ digits, power: own }: Decimal): bigint => digits * 10n ** BigInt(own - power);
  return scaled(left) % scaled(right) === 0n;
}

interface Decimal {
  readonly digits: bigint;
  readonly power: number;
}

function decimal(value: number): Decimal {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), power: Number(exponent) - fraction.length };
}

function filled(keyword: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw new Error(`${keyword} must be a list of at least one`);
  return value;
}

function mapped(value: unknown, change: (part: unknown) => unknown): Keywords {
  if (!isKeywords(value)) throw new Error('must be an object of schemas');
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(part)]));
}

function exclusive(keyword: string): string {
  return `exclusive${keyword[0]?.toUpperCase()}${keyword.slice(1)}`;
}

function isExclusive(schema: Keywords, keyword: string): boolean {
  return schema[exclusive(keyword)] === true;
}

function isKeywords(value: unknown): value is Keywords {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
