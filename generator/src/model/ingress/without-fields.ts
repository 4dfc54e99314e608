import type { LostKeyword } from '../../aws/draft-04/conversion.ts';
import type { JsonSchema } from '../event-model.ts';
import { childPointer } from '../pointer.ts';
import { type Lookup, lookupIn } from '../schema/in-place.ts';
import { isObject, type JsonObject, own, ownList, ownObject } from '../schema/json.ts';

/** Fields of a payload that its sender does not write. */
export interface OtherFields {
  /** They come from elsewhere, always: a body must not have them. */
  readonly given: readonly string[];
  /** They come from elsewhere when a body lacks them. */
  readonly optional: readonly string[];
}

/** What is left of a payload, and what cannot be asked of the rest alone. */
export interface Rest {
  readonly schema: JsonSchema;
  readonly lost: readonly LostKeyword[];
}

/**
 * Returns a schema of what a sender writes: the payload without some of its fields. It accepts every object that, with
 * those fields put in, the payload's schema may accept; what depends on them is left out, and told.
 */
export function withoutFields(payload: JsonSchema, fields: OtherFields): Rest {
  if (fields.given.length + fields.optional.length === 0 || !isObject(payload)) return { schema: payload, lost: [] };
  const lost: LostKeyword[] = [];
  const { schema } = strip(payload, '', { names: fields, lookup: lookupIn(payload), lost });
  const absent = Object.fromEntries(fields.given.map((name) => [name, false]));
  const rest = isObject(schema) ? schema : {};
  const { definitions, ...own } = rest;
  const whole = { ...ownObject(payload, 'definitions'), [wholeKey]: withoutDefinitions(payload) };
  const body = { allOf: [{ type: 'object', properties: absent }, own], definitions: whole };
  return { schema: towardsWhole(body) as JsonSchema, lost };
}

/** Holds the payload with all of its fields, for what refers to it from below. Keys of bundles have no space. */
const wholeKey = 'whole payload';

interface Stripping {
  readonly names: OtherFields;
  readonly lookup: Lookup;
  readonly lost: LostKeyword[];
}

interface Stripped {
  readonly schema: unknown;
  /** True when it accepts more than before. */
  readonly changed: boolean;
}

function strip(schema: unknown, pointer: string, stripping: Stripping): Stripped {
  if (!isObject(schema)) return { schema, changed: false };
  let changed = false;
  const entries = Object.entries(schema).flatMap(([keyword, value]): (readonly [string, unknown])[] => {
    const left = stripKeyword(keyword, value, { schema, pointer, stripping });
    if (left.changed) changed = true;
    return left.schema === undefined ? [] : [[left.as ?? keyword, left.schema]];
  });
  return { schema: combine(entries), changed };
}

/** `oneOf` may have become `anyOf`, beside another. */
function combine(entries: readonly (readonly [string, unknown])[]): JsonObject {
  const merged = new Map<string, unknown>();
  const others: unknown[] = [];
  for (const [keyword, value] of entries) {
    if (merged.has(keyword)) others.push({ [keyword]: value });
    else merged.set(keyword, value);
  }
  if (others.length > 0) merged.set('allOf', [...((merged.get('allOf') as unknown[] | undefined) ?? []), ...others]);
  return Object.fromEntries(merged);
}

interface Place {
  readonly schema: JsonObject;
  readonly pointer: string;
  readonly stripping: Stripping;
}

type Left = Stripped & { readonly as?: string };

const dropped: Left = { schema: undefined, changed: true };

function stripKeyword(keyword: string, value: unknown, place: Place): Left {
  const { schema, pointer, stripping } = place;
  const { names, lookup } = stripping;
  const all = [...names.given, ...names.optional];
  switch (keyword) {
    case '$ref': {
      const target = strip(lookup(String(value))?.schema, String(value).slice(1), stripping);
      return target.changed
        ? { schema: [target.schema], changed: true, as: 'allOf' }
        : { schema: value, changed: false };
    }
    case 'properties': {
      const kept = Object.entries(ownObject(schema, keyword)).filter(([name]) => !names.given.includes(name));
      const changed = Object.keys(ownObject(schema, keyword)).some((name) => all.includes(name));
      return { schema: Object.fromEntries(kept), changed };
    }
    case 'required': {
      const kept = ownList(schema, keyword).filter((name) => !all.includes(String(name)));
      return { schema: kept, changed: kept.length < ownList(schema, keyword).length };
    }
    case 'dependencies':
      return stripDependencies(place, all);
    case 'allOf':
    case 'anyOf':
    case 'oneOf': {
      const parts = ownList(schema, keyword).map((part, index) =>
        strip(part, `${pointer}/${keyword}/${index}`, stripping),
      );
      const changed = parts.some((part) => part.changed);
      if (changed && keyword === 'oneOf') lose(place, keyword);
      return {
        schema: parts.map((part) => part.schema),
        changed,
        ...(changed && keyword === 'oneOf' && { as: 'anyOf' }),
      };
    }
    case 'not':
    case 'if':
      return speaksOf(value, `${pointer}/${keyword}`, stripping)
        ? lose(place, keyword)
        : { schema: value, changed: false };
    case 'then':
    case 'else':
      if (speaksOf(own(schema, 'if'), `${pointer}/if`, stripping)) return dropped;
      return strip(value, `${pointer}/${keyword}`, stripping);
    case 'additionalProperties':
    case 'patternProperties':
    case 'propertyNames':
    case 'maxProperties':
      // They ask less while a field is not there.
      return { schema: value, changed: true };
    case 'minProperties':
    case 'enum':
    case 'const':
      return lose(place, keyword);
    default:
      return { schema: value, changed: false };
  }
}

/** What hangs on a field that comes from elsewhere cannot be asked of the body. */
function stripDependencies({ schema, pointer, stripping }: Place, all: readonly string[]): Left {
  let changed = false;
  const kept = Object.entries(ownObject(schema, 'dependencies')).flatMap(([name, value]) => {
    if (all.includes(name)) changed = true;
    if (all.includes(name)) return [];
    if (Array.isArray(value)) {
      const names = value.filter((other) => !all.includes(String(other)));
      if (names.length < value.length) changed = true;
      return [[name, names] as const];
    }
    const part = strip(value, childPointer(`${pointer}/dependencies`, name), stripping);
    if (part.changed) changed = true;
    return [[name, part.schema] as const];
  });
  return { schema: Object.fromEntries(kept), changed };
}

/** Tells whether a schema would say less without the fields. Nothing is noted for it. */
function speaksOf(schema: unknown, pointer: string, stripping: Stripping): boolean {
  return strip(schema, pointer, { ...stripping, lost: [] }).changed;
}

function lose({ pointer, stripping }: Place, keyword: string): Left {
  stripping.lost.push({ keyword, pointer: `${pointer}/${keyword}` });
  return dropped;
}

function withoutDefinitions(payload: JsonObject): JsonObject {
  const { definitions: _, ...rest } = payload;
  return rest;
}

/** References to the root are to the whole payload, which is now a definition. */
function towardsWhole(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(towardsWhole);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      if (key === '$ref' && part === '#') return [key, `#/definitions/${wholeKey}`];
      return [key, data.has(key) ? part : towardsWhole(part)];
    }),
  );
}

const data: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'examples', 'required']);
