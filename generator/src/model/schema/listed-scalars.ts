import type { Scalar } from '@eventloom/engine';
import type { Lookup } from './in-place.ts';
import { isObject, type JsonObject, own, ownList } from './json.ts';
import { kindsOf } from './kinds.ts';
import { accepts } from './violation.ts';

/**
 * The scalars that a schema of a bundle accepts, when listing them says all that it accepts: each once, in the order of
 * the schema, truth values and null last. Null when there are others (any string of a pattern, any object or array).
 * @param lookup finds definitions; of the bundle that the schema belongs to.
 */
export function listedScalars(schema: unknown, lookup: Lookup): readonly Scalar[] | null {
  const candidates = candidatesOf(schema, lookup);
  if (candidates === null) return null;
  const accepted = candidates.filter((value) => accepts(schema, value, lookup));
  return accepted.every(isScalar) ? [...new Set(accepted)] : null;
}

/** Values among which all that a schema accepts are; null when no list of it holds them. */
function candidatesOf(schema: unknown, lookup: Lookup): readonly unknown[] | null {
  if (schema === false) return [];
  if (!isObject(schema)) return null;
  return lookup.once('listed', schema, () => candidatesOfObject(schema, lookup));
}

function candidatesOfObject(schema: JsonObject, lookup: Lookup): readonly unknown[] | null {
  const listed = shortest(listsOf(schema, lookup));
  if (listed !== null) return listed;
  const kinds = [...kindsOf(schema, lookup)];
  if (!kinds.every((kind) => kind === 'boolean' || kind === 'null')) return null;
  return kinds.flatMap((kind) => (kind === 'boolean' ? [true, false] : [null]));
}

/** One list for each keyword that has one: all of them hold. */
function listsOf(schema: JsonObject, lookup: Lookup): readonly (readonly unknown[] | null)[] {
  const reference = own(schema, '$ref');
  return [
    ...(Object.hasOwn(schema, 'const') ? [[own(schema, 'const')]] : []),
    ...(Array.isArray(own(schema, 'enum')) ? [ownList(schema, 'enum')] : []),
    ...(typeof reference === 'string' ? [candidatesOf(lookup(reference)?.schema, lookup)] : []),
    ...ownList(schema, 'allOf').map((part) => candidatesOf(part, lookup)),
    ...['anyOf', 'oneOf'].flatMap((keyword) =>
      own(schema, keyword) === undefined ? [] : [union(schema, keyword, lookup)],
    ),
  ];
}

function union(schema: JsonObject, keyword: string, lookup: Lookup): readonly unknown[] | null {
  const lists = ownList(schema, keyword).map((part) => candidatesOf(part, lookup));
  return lists.every((list) => list !== null) ? [...new Set(lists.flat())] : null;
}

function shortest(lists: readonly (readonly unknown[] | null)[]): readonly unknown[] | null {
  return lists.reduce(
    (least, list) => (list !== null && (least === null || list.length < least.length) ? list : least),
    null,
  );
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
