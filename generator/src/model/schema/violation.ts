import type { JsonSchema } from '../event-model.ts';
import { compareByFormat, knownFormat, satisfiesFormat } from './formats.ts';
import { type Lookup, lookupIn } from './in-place.ts';
import { canonicalText, isObject, type JsonObject, own, ownList, ownObject } from './json.ts';
import { kindOf } from './kinds.ts';

/** The first thing found wrong with a value. */
export interface Violation {
  /** Keys and indexes that lead to the value that is wrong. */
  readonly path: readonly (string | number)[];
  /** Completes "it …": "must be a string". */
  readonly problem: string;
}

/**
 * What is wrong with a JSON value by a schema of a bundle; null when it is valid. The verdict is Ajv's. Made for the few
 * values that stand in a spec, for which compiling would take longer.
 */
export function findViolation(root: JsonSchema, schema: unknown, value: unknown): Violation | null {
  return violation(schema, value, lookupIn(root));
}

/** Tells whether a schema of a bundle accepts a JSON value. */
export function accepts(schema: unknown, value: unknown, lookup: Lookup): boolean {
  return violation(schema, value, lookup) === null;
}

function violation(schema: unknown, value: unknown, lookup: Lookup): Violation | null {
  if (schema === false) return wrong('is not allowed');
  if (!isObject(schema)) return null;
  return (
    checkReference(schema, value, lookup) ??
    checkType(schema, value) ??
    checkValues(schema, value) ??
    checkByKind(schema, value, lookup) ??
    checkCombinations(schema, value, lookup)
  );
}

function checkByKind(schema: JsonObject, value: unknown, lookup: Lookup): Violation | null {
  if (typeof value === 'string') return checkString(schema, value) ?? checkFormat(schema, value);
  if (typeof value === 'number') return checkNumber(schema, value) ?? checkFormat(schema, value);
  if (Array.isArray(value)) return checkArray(schema, value, lookup);
  return isObject(value) ? (checkObject(schema, value, lookup) ?? checkProperties(schema, value, lookup)) : null;
}

function wrong(problem: string): Violation {
  return { path: [], problem };
}

function below(key: string | number, found: Violation | null): Violation | null {
  return found === null ? null : { ...found, path: [key, ...found.path] };
}

/** A definition judges a value once, however many ways lead to it. */
function checkReference(schema: JsonObject, value: unknown, lookup: Lookup): Violation | null {
  const reference = own(schema, '$ref');
  if (typeof reference !== 'string') return null;
  const target = lookup(reference)?.schema;
  if (!isObject(target)) return violation(target, value, lookup);
  const verdicts = lookup.once('violations', target, () => new Map<unknown, Violation | null>());
  const known = verdicts.get(value);
  const found = known === undefined ? violation(target, value, lookup) : known;
  verdicts.set(value, found);
  return found;
}

function checkType(schema: JsonObject, value: unknown): Violation | null {
  const type = own(schema, 'type');
  if (type === undefined) return null;
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const kind = kindOf(value);
  const isInteger = kind === 'number' && Number.isInteger(value);
  if (types.includes(kind) || (isInteger && types.includes('integer'))) return null;
  if (kind === 'null' && own(schema, 'nullable') === true) return null;
  return wrong(`must be ${types.map((name) => typeWords[String(name)] ?? String(name)).join(' or ')}`);
}

const typeWords: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'a text',
};

function checkValues(schema: JsonObject, value: unknown): Violation | null {
  if (!Object.hasOwn(schema, 'const') && !Object.hasOwn(schema, 'enum')) return null;
  const text = canonicalText(value);
  if (Object.hasOwn(schema, 'const') && canonicalText(own(schema, 'const')) !== text) {
    return wrong(`must be ${shown(own(schema, 'const'))}`);
  }
  const values = own(schema, 'enum');
  if (!Array.isArray(values) || values.some((allowed) => canonicalText(allowed) === text)) return null;
  return wrong(`must be one of ${values.map(shown).join(', ')}`);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function checkString(schema: JsonObject, value: string): Violation | null {
  const { maxLength, minLength, pattern } = schema;
  const isBounded = typeof maxLength === 'number' || typeof minLength === 'number';
  const length = isBounded ? [...value].length : 0;
  if (typeof maxLength === 'number' && length > maxLength) return wrong(`must have at most ${maxLength} characters`);
  if (typeof minLength === 'number' && length < minLength) return wrong(`must have at least ${minLength} characters`);
  if (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(value)) return null;
  return wrong(`must match the pattern ${pattern}`);
}

function checkFormat(schema: JsonObject, value: unknown): Violation | null {
  const { format } = schema;
  const known = typeof format === 'string' ? knownFormat(format) : undefined;
  if (known === undefined) return null;
  if (!satisfiesFormat(known, value)) return wrong(`must have the format ${String(format)}`);
  const compare = compareByFormat(known);
  if (compare === null || typeof value !== 'string') return null;
  for (const [keyword, fails] of formatLimits) {
    const limit = own(schema, keyword);
    if (typeof limit === 'string' && fails(compare(value, limit))) return wrong(`must satisfy ${keyword} ${limit}`);
  }
  return null;
}

/** Comparing with what is no date gives undefined, which is neither less nor greater. */
const formatLimits: readonly (readonly [string, (order: number | undefined) => boolean])[] = [
  ['formatMaximum', (order) => order !== undefined && order > 0],
  ['formatMinimum', (order) => order !== undefined && order < 0],
  ['formatExclusiveMaximum', (order) => order !== undefined && order >= 0],
  ['formatExclusiveMinimum', (order) => order !== undefined && order <= 0],
];

function checkNumber(schema: JsonObject, value: number): Violation | null {
  const { maximum, minimum, exclusiveMaximum, exclusiveMinimum, multipleOf } = schema;
  if (typeof maximum === 'number' && value > maximum) return wrong(`must be at most ${maximum}`);
  if (typeof minimum === 'number' && value < minimum) return wrong(`must be at least ${minimum}`);
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum)
    return wrong(`must be less than ${exclusiveMaximum}`);
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) {
    return wrong(`must be greater than ${exclusiveMinimum}`);
  }
  if (typeof multipleOf !== 'number' || isMultiple(value / multipleOf)) return null;
  return wrong(`must be a multiple of ${multipleOf}`);
}

/** As Ajv has it, with the digits that `parseInt` reads of the quotient's text. */
function isMultiple(quotient: number): boolean {
  return quotient === Number.parseInt(String(quotient), 10);
}

function checkArray(schema: JsonObject, value: readonly unknown[], lookup: Lookup): Violation | null {
  const { maxItems, minItems, items, additionalItems, contains, uniqueItems } = schema;
  if (typeof maxItems === 'number' && value.length > maxItems) return wrong(`must have at most ${maxItems} elements`);
  if (typeof minItems === 'number' && value.length < minItems) return wrong(`must have at least ${minItems} elements`);
  for (const [index, item] of value.entries()) {
    const rest = index < ownList(schema, 'items').length ? items : additionalItems;
    const element = Array.isArray(items) ? (rest === items ? items[index] : rest) : items;
    const found = element === undefined ? null : below(index, violation(element, item, lookup));
    if (found !== null) return found;
  }
  if (contains !== undefined && !value.some((item) => accepts(contains, item, lookup))) {
    return wrong('must contain an element that `contains` describes');
  }
  const different = uniqueItems !== true || new Set(value.map(canonicalText)).size === value.length;
  return different ? null : wrong('must not have equal elements');
}

function checkObject(schema: JsonObject, value: JsonObject, lookup: Lookup): Violation | null {
  const { maxProperties, minProperties } = schema;
  const names = Object.keys(value);
  if (typeof maxProperties === 'number' && names.length > maxProperties) {
    return wrong(`must have at most ${maxProperties} properties`);
  }
  if (typeof minProperties === 'number' && names.length < minProperties) {
    return wrong(`must have at least ${minProperties} properties`);
  }
  const missing = ownList(schema, 'required').find((name) => !isPresent(value, String(name)));
  if (missing !== undefined) return wrong(`must have the property \`${String(missing)}\``);
  for (const [name, dependency] of Object.entries(ownObject(schema, 'dependencies'))) {
    const found =
      name !== '__proto__' && isPresent(value, name) ? checkDependency(name, dependency, value, lookup) : null;
    if (found !== null) return found;
  }
  const { propertyNames } = schema;
  const odd = propertyNames === undefined ? undefined : names.find((name) => !accepts(propertyNames, name, lookup));
  return odd === undefined ? null : wrong(`must not have a property of the name \`${odd}\``);
}

function checkDependency(name: string, dependency: unknown, value: JsonObject, lookup: Lookup): Violation | null {
  if (!Array.isArray(dependency)) return violation(dependency, value, lookup);
  const missing = dependency.find((other) => !isPresent(value, String(other)));
  return missing === undefined ? null : wrong(`must have the property \`${String(missing)}\` beside \`${name}\``);
}

/** As Ajv has it: what every object inherits counts too. */
function isPresent(value: JsonObject, name: string): boolean {
  return value[name] !== undefined;
}

function checkProperties(schema: JsonObject, value: JsonObject, lookup: Lookup): Violation | null {
  const properties = ownObject(schema, 'properties');
  const patterns = Object.entries(ownObject(schema, 'patternProperties')).filter(
    ([pattern]) => pattern !== '__proto__',
  );
  for (const [name, property] of Object.entries(properties)) {
    if (name === '__proto__' || !isPresent(value, name)) continue;
    const found = below(name, violation(property, value[name], lookup));
    if (found !== null) return found;
  }
  if (patterns.length === 0 && !Object.hasOwn(schema, 'additionalProperties')) return null;
  for (const [name, item] of Object.entries(value)) {
    const matching = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(name));
    const isDeclared = name !== '__proto__' && Object.hasOwn(properties, name);
    const additional = isDeclared || matching.length > 0 ? [] : [own(schema, 'additionalProperties')];
    for (const part of [...matching.map(([, found]) => found), ...additional]) {
      const found = below(name, violation(part, item, lookup));
      if (found !== null) return found;
    }
  }
  return null;
}

function checkCombinations(schema: JsonObject, value: unknown, lookup: Lookup): Violation | null {
  const { allOf, anyOf, oneOf, not, if: condition } = schema;
  const isUnion = allOf !== undefined || anyOf !== undefined || oneOf !== undefined;
  if (!isUnion && not === undefined && condition === undefined) return null;
  for (const part of ownList(schema, 'allOf')) {
    const found = violation(part, value, lookup);
    if (found !== null) return found;
  }
  return (
    checkUnion(schema, value, lookup) ??
    (Object.hasOwn(schema, 'not') && accepts(own(schema, 'not'), value, lookup)
      ? wrong('must not be valid by `not`')
      : null) ??
    checkCondition(schema, value, lookup)
  );
}

function checkUnion(schema: JsonObject, value: unknown, lookup: Lookup): Violation | null {
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = ownList(schema, keyword);
    if (branches.length === 0) continue;
    const found = branches.map((branch) => violation(branch, value, lookup));
    const valid = found.filter((problem) => problem === null).length;
    if (valid === 0)
      return branches.length === 1
        ? (found[0] ?? null)
        : wrong(`must be valid by one of the schemas in \`${keyword}\``);
    if (valid > 1 && keyword === 'oneOf') return wrong('must be valid by only one of the schemas in `oneOf`');
  }
  return null;
}

function checkCondition(schema: JsonObject, value: unknown, lookup: Lookup): Violation | null {
  if (!Object.hasOwn(schema, 'if')) return null;
  const branch = accepts(own(schema, 'if'), value, lookup) ? 'then' : 'else';
  return Object.hasOwn(schema, branch) ? violation(own(schema, branch), value, lookup) : null;
}
