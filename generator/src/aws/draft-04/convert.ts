import { childPointer, isObject, type JsonObject, own, ownList } from '../json.ts';
import { arrays } from './arrays.ts';
import { combinations } from './combinations.ts';
import { type Conversion, type Converted, kept, nothing, type Rewriter } from './conversion.ts';
import { numbers } from './numbers.ts';
import { objects } from './objects.ts';
import { texts } from './texts.ts';
import { types, values } from './types.ts';

/** Converts a schema and what is below it. References stay references. */
export function convert(schema: unknown, pointer: string, conversion: Conversion): Converted {
  if (schema === false) return { schema: nothing, exact: true };
  if (!isObject(schema)) return { schema: {}, exact: true };
  const below = (value: unknown, ...path: readonly (string | number)[]): Converted =>
    convert(
      value,
      path.reduce<string>((place, key) => childPointer(place, key), pointer),
      conversion,
    );
  const site = { schema, pointer, conversion, below };
  const parts = rewriters.flatMap((rewrite) => rewrite(site));
  return { schema: merge(parts.map((part) => part.schema)), exact: parts.every(({ exact }) => exact) };
}

const annotations: Rewriter = ({ schema, conversion }) =>
  conversion.use === 'document' ? kept(schema, ['title', 'description', 'default']) : [];

const references: Rewriter = ({ schema, conversion }) => {
  const reference = own(schema, '$ref');
  if (typeof reference !== 'string') return [];
  const name = conversion.names.get(reference);
  if (name === undefined) return [];
  return [{ schema: { $ref: `#/definitions/${name}` }, exact: !conversion.inexact.has(reference) }];
};

const rewriters: readonly Rewriter[] = [
  references,
  annotations,
  types,
  values,
  numbers,
  texts,
  arrays,
  objects,
  combinations,
];

/** One schema for all of the parts. A part that has a keyword of an earlier one goes below `allOf`. */
function merge(parts: readonly JsonObject[]): JsonObject {
  const merged = new Map<string, unknown>();
  const others: unknown[] = [];
  for (const part of parts) {
    const keywords = Object.keys(part);
    if (keywords.length === 0) continue;
    if (keywords.length === 1 && Object.hasOwn(part, 'allOf')) others.push(...ownList(part, 'allOf'));
    else if (keywords.some((keyword) => merged.has(keyword))) others.push(part);
    else for (const keyword of keywords) merged.set(keyword, part[keyword]);
  }
  if (others.length > 0) merged.set('allOf', others);
  if (!merged.has('$ref') || merged.size === 1) return Object.fromEntries(merged);
  const { $ref, allOf, ...rest } = Object.fromEntries(merged);
  const beside = Object.keys(rest).length > 0 ? [rest] : [];
  return { allOf: [{ $ref }, ...beside, ...(Array.isArray(allOf) ? allOf : [])] };
}
