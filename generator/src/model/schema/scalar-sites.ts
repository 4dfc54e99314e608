import type { Lookup } from './in-place.ts';
import { isObject, type JsonObject, own, ownList } from './json.ts';
import { kindsOf } from './kinds.ts';
import { isDescribed, propertySchema } from './property-schema.ts';

/** Lists within lists are looked into so deep; below that anything may stand. */
const mostNestedLists = 4;

/**
 * Schemas of the values at a path, where filters look: each value there that is neither a list nor an object satisfies
 * one of them. Filters look at the elements of lists one by one, wherever on the path a list stands.
 */
export function scalarSites(schema: unknown, path: readonly string[], lookup: Lookup): readonly unknown[] {
  return path.reduce<readonly unknown[]>(
    (sites, name) => sites.flatMap((site) => throughLists(propertySchema(site, name, lookup), lookup, mostNestedLists)),
    throughLists(schema, lookup, mostNestedLists),
  );
}

/** A schema and those of the elements of its lists, as far as there can be any values of them. */
export function throughLists(schema: unknown, lookup: Lookup, levels: number): readonly unknown[] {
  const kinds = kindsOf(schema, lookup);
  if (kinds.size === 0) return [];
  if (!kinds.has('array')) return [schema];
  if (levels === 0) return [true];
  return [schema, ...throughLists(elementSchema(schema, lookup), lookup, levels - 1)];
}

/** Tells whether a property whose own name has dots could be meant by a path, somewhere on it. */
export function hasJoinedName(schema: unknown, path: readonly string[], lookup: Lookup): boolean {
  return path.some((_, start) => {
    const sites = scalarSites(schema, path.slice(0, start), lookup);
    const names = path.slice(start + 1).map((__, more) => path.slice(start, start + more + 2).join('.'));
    return names.some((name) => sites.some((site) => isDescribed(site, name, lookup)));
  });
}

/** A schema that every element satisfies of the lists that a schema accepts. It may accept more. */
function elementSchema(schema: unknown, lookup: Lookup): unknown {
  if (!isObject(schema)) return schema !== false;
  return lookup.once('elements', schema, () => elementsOf(schema, lookup));
}

function elementsOf(schema: JsonObject, lookup: Lookup): unknown {
  const items = own(schema, 'items');
  const reference = own(schema, '$ref');
  const parts = [
    ...(Array.isArray(items) ? [{ anyOf: [...items, own(schema, 'additionalItems') ?? true] }] : [items ?? true]),
    ...(typeof reference === 'string' ? [elementSchema(lookup(reference)?.schema, lookup)] : []),
    ...ownList(schema, 'allOf').map((part) => elementSchema(part, lookup)),
    ...['anyOf', 'oneOf'].flatMap((keyword) => {
      const branches = ownList(schema, keyword).map((branch) => elementSchema(branch, lookup));
      return branches.length === 0 ? [] : [{ anyOf: branches }];
    }),
  ];
  const [only = true, ...others] = new Set(parts.filter((part) => part !== true));
  return others.length === 0 ? only : { allOf: [only, ...others] };
}
