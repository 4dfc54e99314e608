import type { JsonValue } from '../event-pattern.ts';
import { limits } from '../limits.ts';
import type { Condition } from './condition.ts';
import type { Dialect } from './dialect.ts';
import { isArray, isObject, type JsonObject, typeInWords } from './json.ts';
import { parseCondition } from './parse-condition.ts';
import type { ParseContext } from './parse-operand.ts';
import { below, collectErrors, type PatternError } from './pattern-error.ts';

/** A pattern as it is written, with its paths resolved. */
export type PatternPart =
  | {
      readonly kind: 'leaf';
      readonly path: string;
      readonly pointer: string;
      readonly conditions: readonly Condition[];
    }
  | { readonly kind: 'or'; readonly pointer: string; readonly alternatives: readonly (readonly PatternPart[])[] };

/** What became of a pattern. */
export type ParsedPattern =
  | { readonly ok: true; readonly parts: readonly PatternPart[]; readonly orIsField: boolean }
  | { readonly ok: false; readonly errors: readonly PatternError[] };

/**
 * Reads a pattern and reports every error in it.
 *
 * A pattern whose `$or` is malformed but that is well-formed once all its `$or` are ordinary field names is read so,
 * as event-ruler does (`orIsField`).
 */
export function parsePattern(pattern: unknown, dialect: Dialect): ParsedPattern {
  const result = parseAs(pattern, dialect, true);
  if (result.ok || !result.usesOr) return result;
  const plain = parseAs(pattern, dialect, false);
  return plain.ok ? plain : result;
}

/** Field names that an object inside `$or` must not have, so that a list of conditions is not taken for one of objects. */
const reservedInOr: ReadonlySet<string> = new Set([
  ...['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric', 'cidr'],
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case', 'date-after', 'date-on-or-after'],
  ...['date-before', 'date-on-or-before', 'in-date-range', 'ip-address-in-range', 'ip-address-not-in-range'],
]);

interface Reading extends ParseContext {
  readonly recognisesOr: boolean;
  usesOr: boolean;
}

interface Place {
  /** Null at the root of the event. */
  readonly path: string | null;
  readonly pointer: string;
  /** Objects entered so far, those inside `$or` included. */
  readonly level: number;
  readonly insideOr: boolean;
}

function parseAs(
  pattern: unknown,
  dialect: Dialect,
  recognisesOr: boolean,
): ParsedPattern & { readonly usesOr: boolean } {
  const { errors, report } = collectErrors();
  const reading: Reading = { dialect, report, recognisesOr, usesOr: false };
  const root: Place = { path: null, pointer: '', level: 0, insideOr: false };
  if (!isObject(pattern)) report('', `${dialect.name} must be a JSON object, not ${typeInWords(pattern)}`);
  const parts = isObject(pattern) ? parseObject(pattern, root, reading) : [];
  const { usesOr } = reading;
  return errors.length > 0 ? { ok: false, errors, usesOr } : { ok: true, parts, orIsField: !recognisesOr, usesOr };
}

function parseObject(object: JsonObject, place: Place, reading: Reading): PatternPart[] {
  const parts: PatternPart[] = [];
  readObject(object, place, reading, parts);
  return parts;
}

/** Adds the parts of an object. Loops rather than callbacks, so that a thousand levels fit on any stack. */
function readObject(object: JsonObject, place: Place, reading: Reading, parts: PatternPart[]): void {
  const entries = Object.entries(object);
  if (entries.length === 0) reading.report(place.pointer, 'an empty object is not allowed: name at least one field');
  if (place.level >= limits.eventDetailDepth.value) {
    reportDepth(place.pointer, reading);
    return;
  }
  for (const [key, value] of entries) {
    if (key !== '$or' || !reading.recognisesOr) readField(key, value, place, reading, parts);
    else parts.push(parseOr(value, place, reading));
  }
}

function readField(key: string, value: JsonValue, place: Place, reading: Reading, parts: PatternPart[]): void {
  const pointer = below(place.pointer, key);
  const path = place.path === null ? key : `${place.path}.${key}`;
  if (place.insideOr && reservedInOr.has(key)) {
    reading.report(pointer, `"${key}" is an operator and cannot be a field name inside "$or"`);
  } else if (isObject(value)) {
    readObject(value, { ...place, path, pointer, level: place.level + 1 }, reading, parts);
  } else if (isArray(value)) {
    if (path.split('.').length > limits.eventDetailDepth.value) reportDepth(pointer, reading);
    parts.push({ kind: 'leaf', path, pointer, conditions: parseLeaf(value, pointer, reading) });
  } else {
    reading.report(pointer, `"${key}" must be an array of values or an object of fields, not ${typeInWords(value)}`);
  }
}

function parseLeaf(values: readonly JsonValue[], pointer: string, reading: Reading): readonly Condition[] {
  if (values.length === 0) reading.report(pointer, 'an empty array is not allowed: it would match nothing');
  return values.flatMap((value, index) => parseCondition(value, below(pointer, index), reading) ?? []);
}

function parseOr(value: JsonValue, place: Place, reading: Reading): PatternPart {
  reading.usesOr = true;
  const pointer = below(place.pointer, '$or');
  const alternatives: PatternPart[][] = [];
  if (!isArray(value) || value.length < 2) {
    reading.report(pointer, '"$or" takes an array of at least two objects');
    return { kind: 'or', pointer, alternatives };
  }
  for (const [index, alternative] of value.entries()) {
    const at = { ...place, pointer: below(pointer, index), level: place.level + 1, insideOr: true };
    if (isObject(alternative)) alternatives.push(parseObject(alternative, at, reading));
    else reading.report(at.pointer, `an alternative of "$or" must be an object, not ${typeInWords(alternative)}`);
  }
  return { kind: 'or', pointer, alternatives };
}

function reportDepth(pointer: string, { report }: Reading): void {
  report(pointer, `nested deeper than ${limits.eventDetailDepth.value} levels`, 'eventDetailDepth');
}
