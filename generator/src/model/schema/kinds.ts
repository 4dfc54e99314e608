import type { JsonSchema } from '../event-model.ts';
import { type Lookup, lookupIn } from './in-place.ts';
import { isObject, type JsonObject, own, ownList } from './json.ts';

/** The kinds of JSON values. Integers are numbers. */
export type Kind = 'array' | 'boolean' | 'null' | 'number' | 'object' | 'string';

export type Kinds = ReadonlySet<Kind>;

/** Every kind, in the order in which types list them. */
export const allKinds: readonly Kind[] = ['string', 'number', 'boolean', 'array', 'object', 'null'];

/** The kind of a JSON value. */
export function kindOf(value: unknown): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object';
}

/** The kinds that `type` and `nullable` of this schema alone allow. */
export function declaredKinds(schema: JsonObject): Kinds {
  const type = own(schema, 'type');
  if (type === undefined) return new Set(allKinds);
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const kinds = allKinds.filter((kind) => types.includes(kind) || (kind === 'number' && types.includes('integer')));
  return new Set(own(schema, 'nullable') === true ? [...kinds, 'null'] : kinds);
}

/**
 * The kinds of values that a schema of a bundle may accept: at least those that it does.
 * @param lookup finds definitions; of the bundle that the schema belongs to.
 */
export function kindsOf(schema: unknown, lookup: Lookup): Kinds {
  if (schema === false) return new Set();
  if (!isObject(schema)) return new Set(allKinds);
  return lookup.once('kinds', schema, () => kindsOfObject(schema, lookup));
}

function kindsOfObject(schema: JsonObject, lookup: Lookup): Kinds {
  const reference = own(schema, '$ref');
  const parts = [
    declaredKinds(schema),
    ...(typeof reference === 'string' ? [kindsOf(lookup(reference)?.schema, lookup)] : []),
    ...ownList(schema, 'allOf').map((part) => kindsOf(part, lookup)),
    ...['anyOf', 'oneOf'].flatMap((keyword) => unionOf(schema, keyword, lookup)),
    ...(Array.isArray(own(schema, 'enum')) ? [new Set(ownList(schema, 'enum').map(kindOf))] : []),
    ...(Object.hasOwn(schema, 'const') ? [new Set([kindOf(own(schema, 'const'))])] : []),
    ...(Object.hasOwn(schema, 'not') ? [complement(own(schema, 'not'))] : []),
  ];
  return new Set(allKinds.filter((kind) => parts.every((part) => part.has(kind))));
}

/** Tells whether every value that a payload accepts is a JSON object, as EventBridge demands of `detail`. */
export function canBeOnlyObjects(payload: JsonSchema): boolean {
  return [...kindsOf(payload, lookupIn(payload))].every((kind) => kind === 'object');
}

function unionOf(schema: JsonObject, keyword: string, lookup: Lookup): Kinds[] {
  const branches = ownList(schema, keyword);
  if (branches.length === 0) return [];
  return [new Set(branches.flatMap((branch) => [...kindsOf(branch, lookup)]))];
}

/** What `not` leaves: whole kinds go only when it refuses them by nothing but their type. */
function complement(schema: unknown): Kinds {
  if (schema === true) return new Set();
  if (!isObject(schema)) return new Set(allKinds);
  const refused = refusedKinds(schema);
  return new Set(allKinds.filter((kind) => !refused.has(kind)));
}

function refusedKinds(schema: JsonObject): Kinds {
  const meaningful = Object.keys(schema).filter((keyword) => keyword !== 'description' && keyword !== 'title');
  if (meaningful.length === 0) return new Set(allKinds);
  const type = own(schema, 'type');
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  if (meaningful.some((keyword) => keyword !== 'type')) return new Set();
  return new Set(allKinds.filter((kind) => types.includes(kind)));
}
