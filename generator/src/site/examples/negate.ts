import type { Lookup } from '../../model/schema/in-place.ts';
import { isObject, type JsonObject, own, ownList, ownObject } from '../../model/schema/json.ts';
import { allKinds } from '../../model/schema/kinds.ts';

/**
 * Schemas each of which refuses what a schema accepts, as far as that is said by simple means. Whoever uses one still
 * asks the schema itself. None when nothing is known.
 */
export function negations(schema: unknown, lookup: Lookup): readonly unknown[] {
  return negate(schema, lookup, 0).slice(0, mostWays);
}

const mostWays = 12;

function negate(schema: unknown, lookup: Lookup, depth: number): readonly unknown[] {
  if (schema === true) return [false];
  if (!isObject(schema) || depth > deepest) return [];
  const reference = own(schema, '$ref');
  const below = (part: unknown): readonly unknown[] => negate(part, lookup, depth + 1).slice(0, mostWays);
  return [
    ...(typeof reference === 'string' ? below(lookup(reference)?.schema) : []),
    ...typeNegation(schema),
    ...fieldNegations(schema),
    ...limitNegations(schema),
    ...ownList(schema, 'allOf').flatMap(below),
    ...unionNegation(schema, below),
    ...(Object.hasOwn(schema, 'not') ? [own(schema, 'not')] : []),
    ...kindsJudged.flatMap(([type, judging]) =>
      judging.some((word) => Object.hasOwn(schema, word)) ? [{ type }] : [],
    ),
  ];
}

/** Keywords that accept every value of another kind, so that only a value of theirs can fail them. */
const kindsJudged: readonly (readonly [string, readonly string[]])[] = [
  ['number', ['multipleOf']],
  ['string', ['pattern', 'format']],
  ['array', ['items', 'contains', 'uniqueItems']],
  ['object', ['additionalProperties', 'patternProperties', 'propertyNames', 'dependencies']],
];

const deepest = 3;

function typeNegation(schema: JsonObject): readonly unknown[] {
  const type = own(schema, 'type');
  if (type === undefined) return [];
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const others = allKinds.filter((kind) => !types.includes(kind) && !(kind === 'number' && types.includes('integer')));
  return others.length === 0 ? [] : [{ type: others }];
}

/** Without a required field, or with a field that is not as described. */
function fieldNegations(schema: JsonObject): readonly unknown[] {
  const required = ownList(schema, 'required').map(String);
  const properties = Object.entries(ownObject(schema, 'properties'));
  return [
    ...required.map((name) => ({ type: 'object', properties: Object.fromEntries([[name, false]]) })),
    ...properties.map(([name, property]) => ({
      type: 'object',
      required: [name],
      properties: Object.fromEntries([[name, { not: property }]]),
    })),
  ];
}

function limitNegations(schema: JsonObject): readonly unknown[] {
  return limits.flatMap(([keyword, type, opposite, step]) => {
    const value = own(schema, keyword);
    return typeof value === 'number' && value + step >= lowest(type) ? [{ type, [opposite]: value + step }] : [];
  });
}

const limits: readonly (readonly [string, string, string, number])[] = [
  ['minimum', 'number', 'exclusiveMaximum', 0],
  ['maximum', 'number', 'exclusiveMinimum', 0],
  ['exclusiveMinimum', 'number', 'maximum', 0],
  ['exclusiveMaximum', 'number', 'minimum', 0],
  ['minLength', 'string', 'maxLength', -1],
  ['maxLength', 'string', 'minLength', 1],
  ['minItems', 'array', 'maxItems', -1],
  ['maxItems', 'array', 'minItems', 1],
  ['minProperties', 'object', 'maxProperties', -1],
  ['maxProperties', 'object', 'minProperties', 1],
];

function lowest(type: string): number {
  return type === 'number' ? Number.NEGATIVE_INFINITY : 0;
}

/** Refuses all alternatives: only each by its first means. */
function unionNegation(schema: JsonObject, below: (part: unknown) => readonly unknown[]): readonly unknown[] {
  return ['anyOf', 'oneOf'].flatMap((keyword) => {
    const branches = ownList(schema, keyword);
    if (branches.length === 0) return [];
    return [{ allOf: branches.map((branch) => ({ anyOf: orAnything(below(branch)) })) }];
  });
}

/** Ajv takes an empty list for no demand at all. */
function orAnything(ways: readonly unknown[]): readonly unknown[] {
  return ways.length === 0 ? [true] : ways;
}
