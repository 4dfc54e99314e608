import { inPlaceParts, type Lookup, type Part } from '../in-place.ts';
import { isObject } from '../json.ts';
import { propertyParts } from '../types/parts.ts';

/** Schemas that may apply to one value, however they are combined: enough to tell which keys somebody has in mind. */
export type Level = readonly Part[];

/** The level of a schema: with all that it refers to and combines, each once. */
export function levelOf(parts: readonly Part[], lookup: Lookup): Level {
  const found = new Map(parts.map((part) => [part.pointer, part]));
  for (const part of found.values()) {
    for (const next of inPlaceParts(part, lookup)) if (!found.has(next.pointer)) found.set(next.pointer, next);
  }
  return [...found.values()];
}

/** The level of a property. */
export function levelBelow(level: Level, name: string, lookup: Lookup): Level {
  const parts = level.flatMap(({ pointer, schema }) =>
    isObject(schema) ? propertyParts({ pointer, schema }, name) : [],
  );
  return levelOf(parts, lookup);
}

/** Tells whether one of the schemas describes a property by its name or by a pattern. */
export function describesKey(level: Level, name: string): boolean {
  return level.some(({ pointer, schema }) => {
    if (!isObject(schema)) return false;
    const { additionalProperties: _, ...described } = schema;
    return propertyParts({ pointer, schema: described }, name).length > 0;
  });
}
