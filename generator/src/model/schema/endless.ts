import type { JsonSchema } from '../event-model.ts';
import { inPlaceParts, type Lookup, lookupIn, type Part } from './in-place.ts';
import { isObject, type JsonObject, ownObject } from './json.ts';

/**
 * Pointers to the schemas whose `$ref` closes a circle in which nothing goes down into the value: validating would
 * never end. Each circle is found once.
 */
export function findEndless(root: JsonSchema): readonly string[] {
  const lookup = lookupIn(root);
  const finished = new Set<string>();
  const open = new Set<string>();
  const closing = new Set<string>();
  const visit = (part: Part): void => {
    if (finished.has(part.pointer)) return;
    open.add(part.pointer);
    for (const next of inPlaceParts(part, lookup)) {
      if (!open.has(next.pointer)) visit(next);
      else closing.add(part.pointer);
    }
    open.delete(part.pointer);
    finished.add(part.pointer);
  };
  for (const part of everyPart(root, lookup)) visit(part);
  return [...closing];
}

/** A copy of a bundle without the `$ref` of the schemas at these pointers. */
export function withoutReferences(root: JsonSchema, pointers: ReadonlySet<string>): JsonSchema {
  const copy = (value: unknown, pointer: string): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => copy(item, `${pointer}/${index}`));
    if (!isObject(value)) return value;
    const entries = Object.entries(value).filter(([keyword]) => keyword !== '$ref' || !pointers.has(pointer));
    return Object.fromEntries(
      entries.map(([key, item]) => [key, copy(item, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)]),
    );
  };
  return copy(root, '') as JsonSchema;
}

/** Where schemas can be entered from outside: the bundle, its definitions, and what stands below them. */
function everyPart(root: JsonSchema, lookup: Lookup): Part[] {
  const definitions: JsonObject = isObject(root) ? ownObject(root, 'definitions') : {};
  return [
    { pointer: '', schema: root },
    ...Object.keys(definitions).flatMap((key) => lookup(`#/definitions/${key}`) ?? []),
  ];
}
