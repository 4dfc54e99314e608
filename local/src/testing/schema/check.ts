import { equal, ucs2length } from '@eventloom/runtime/validation';
import { brokenComparison, hasFormat } from './formats.ts';
import {
  isObject,
  type Keywords,
  listAt,
  numberAt,
  objectAt,
  own,
  pointerTo,
  resolve,
  type Schema,
  textAt,
  typesOf,
} from './schema.ts';

/** One rule that a value breaks. Alternatives (`anyOf`, `oneOf`, `not`, `contains`, `propertyNames`) break as one. */
export interface BrokenRule {
  /** JSON pointer to the place in the value; empty for the whole. */
  readonly path: string;
  /** The keyword of JSON Schema. */
  readonly keyword: string;
}

/** Says which rules of a schema (the root by default) a value breaks; none for a valid value. */
export type Check = (value: unknown, schema?: Schema) => readonly BrokenRule[];

/**
 * Reads a schema of draft-07 as Ajv 8 with ajv-formats does under `strict: false`, without generating code. Slower than
 * a generated validator by far, but it judges any part of a schema.
 */
export function schemaCheck(root: Schema): Check {
  const patterns = new Map<string, RegExp>();
  const regExp = (pattern: string): RegExp => {
    const known = patterns.get(pattern) ?? new RegExp(pattern, 'u');
    patterns.set(pattern, known);
    return known;
  };
  const visit: Visit = (schema, value, path) => {
    if (typeof schema === 'boolean') return schema ? [] : [{ path, keyword: 'false schema' }];
    if (!isObject(schema)) return [];
    const at: At = { path, visit, regExp, passes: (part, item) => visit(part, item, '').length === 0 };
    const target = textAt(schema, '$ref');
    return [
      ...(target === undefined ? [] : visit(resolve(root, target), value, path)),
      ...ofAnyType(schema, value, at),
      ...(typeof value === 'number' ? ofNumber(schema, value, at) : []),
      ...(typeof value === 'string' ? ofText(schema, value, at) : []),
      ...(Array.isArray(value) ? ofList(schema, value, at) : []),
      ...(isObject(value) ? ofObject(schema, value, at) : []),
    ];
  };
  return (value, schema = root) => visit(schema, value, '');
}

type Visit = (schema: unknown, value: unknown, path: string) => BrokenRule[];

/** The place in the value that is judged, and what judging takes. */
interface At {
  readonly path: string;
  readonly visit: Visit;
  readonly passes: (schema: unknown, value: unknown) => boolean;
  readonly regExp: (pattern: string) => RegExp;
}

/** Names the keywords that are broken at a place. */
function broken({ path }: At, rules: Readonly<Record<string, boolean>>): BrokenRule[] {
  return Object.entries(rules).flatMap(([keyword, isBroken]) => (isBroken ? [{ path, keyword }] : []));
}

function ofAnyType(schema: Keywords, value: unknown, at: At): BrokenRule[] {
  const { visit, passes, path } = at;
  const types = typesOf(schema);
  const anyOf = listAt(schema, 'anyOf');
  const oneOf = listAt(schema, 'oneOf');
  const condition = own(schema, 'if');
  const consequence = condition === undefined ? undefined : own(schema, passes(condition, value) ? 'then' : 'else');
  return [
    ...broken(at, {
      type: types !== undefined && !types.some((type) => hasType(type, value)),
      const: Object.hasOwn(schema, 'const') && !equal(schema.const, value),
      enum: Object.hasOwn(schema, 'enum') && !listAt(schema, 'enum').some((item) => equal(item, value)),
      anyOf: anyOf.length > 0 && !anyOf.some((part) => passes(part, value)),
      oneOf: oneOf.length > 0 && oneOf.filter((part) => passes(part, value)).length !== 1,
      not: Object.hasOwn(schema, 'not') && passes(schema.not, value),
      format: !hasFormat(textAt(schema, 'format') ?? '', value),
    }),
    ...listAt(schema, 'allOf').flatMap((part) => visit(part, value, path)),
    ...(consequence === undefined ? [] : visit(consequence, value, path)),
  ];
}

function hasType(type: string, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

function ofNumber(schema: Keywords, value: number, at: At): BrokenRule[] {
  const limit = (keyword: string): number => numberAt(schema, keyword) ?? Number.NaN;
  const quotient = value / limit('multipleOf');
  return broken(at, {
    minimum: value < limit('minimum'),
    exclusiveMinimum: value <= limit('exclusiveMinimum'),
    maximum: value > limit('maximum'),
    exclusiveMaximum: value >= limit('exclusiveMaximum'),
    // As Ajv divides, down to what it makes of large numbers.
    multipleOf: !Number.isNaN(quotient) && quotient !== Number.parseInt(String(quotient), 10),
  });
}

function ofText(schema: Keywords, value: string, at: At): BrokenRule[] {
  const length = ucs2length(value);
  const pattern = textAt(schema, 'pattern');
  const comparison = brokenComparison(schema, value);
  return broken(at, {
    minLength: length < (numberAt(schema, 'minLength') ?? 0),
    maxLength: length > (numberAt(schema, 'maxLength') ?? Infinity),
    pattern: pattern !== undefined && !at.regExp(pattern).test(value),
    ...(comparison === null ? {} : { [comparison]: true }),
  });
}

function ofList(schema: Keywords, value: readonly unknown[], at: At): BrokenRule[] {
  const contains = own(schema, 'contains');
  return [
    ...broken(at, {
      minItems: value.length < (numberAt(schema, 'minItems') ?? 0),
      maxItems: value.length > (numberAt(schema, 'maxItems') ?? Infinity),
      uniqueItems: own(schema, 'uniqueItems') === true && !isUnique(value),
      contains: contains !== undefined && !value.some((item) => at.passes(contains, item)),
    }),
    ...ofItems(schema, value, at),
  ];
}

function isUnique(value: readonly unknown[]): boolean {
  return value.every((item, index) => value.slice(0, index).every((other) => !equal(item, other)));
}

function ofItems(schema: Keywords, value: readonly unknown[], at: At): BrokenRule[] {
  const items = own(schema, 'items');
  const rest = Array.isArray(items) ? own(schema, 'additionalItems') : items;
  const positions = Array.isArray(items) ? items : [];
  if (rest === false && Array.isArray(items) && value.length > positions.length) {
    const kept = value.slice(0, positions.length).flatMap((item, index) => ofItem(positions[index], item, index, at));
    return [{ path: at.path, keyword: 'additionalItems' }, ...kept];
  }
  return value.flatMap((item, index) => ofItem(index < positions.length ? positions[index] : rest, item, index, at));
}

function ofItem(schema: unknown, item: unknown, index: number, { visit, path }: At): BrokenRule[] {
  return schema === undefined ? [] : visit(schema, item, pointerTo(path, index));
}

function ofObject(schema: Keywords, value: Readonly<Record<string, unknown>>, at: At): BrokenRule[] {
  const keys = Object.keys(value);
  const names = own(schema, 'propertyNames');
  const missing = listAt(schema, 'required').filter((key) => value[String(key)] === undefined);
  return [
    ...missing.map(() => ({ path: at.path, keyword: 'required' })),
    ...broken(at, {
      minProperties: keys.length < (numberAt(schema, 'minProperties') ?? 0),
      maxProperties: keys.length > (numberAt(schema, 'maxProperties') ?? Infinity),
      propertyNames: names !== undefined && !keys.every((key) => at.passes(names, key)),
    }),
    ...ofProperties(schema, value, at),
    ...ofDependencies(schema, value, at),
  ];
}

function ofProperties(schema: Keywords, value: Readonly<Record<string, unknown>>, at: At): BrokenRule[] {
  const properties = objectAt(schema, 'properties');
  const patterns = Object.entries(objectAt(schema, 'patternProperties'));
  const additional = own(schema, 'additionalProperties');
  const declared = Object.entries(properties).flatMap(([key, part]) =>
    value[key] === undefined ? [] : at.visit(part, value[key], pointerTo(at.path, key)),
  );
  const others = Object.entries(value).flatMap(([key, item]) => {
    const matching = patterns.filter(([pattern]) => at.regExp(pattern).test(key)).map(([, part]) => part);
    const below = matching.flatMap((part) => at.visit(part, item, pointerTo(at.path, key)));
    if (Object.hasOwn(properties, key) || matching.length > 0 || additional === undefined) return below;
    if (additional === false) return [{ path: at.path, keyword: 'additionalProperties' }];
    return at.visit(additional, item, pointerTo(at.path, key));
  });
  return [...declared, ...others];
}

function ofDependencies(schema: Keywords, value: Readonly<Record<string, unknown>>, at: At): BrokenRule[] {
  return Object.entries(objectAt(schema, 'dependencies')).flatMap(([key, dependency]) => {
    if (value[key] === undefined) return [];
    if (!Array.isArray(dependency)) return at.visit(dependency, value, at.path);
    const missing = dependency.filter((other) => value[String(other)] === undefined);
    return missing.map(() => ({ path: at.path, keyword: 'dependencies' }));
  });
}
