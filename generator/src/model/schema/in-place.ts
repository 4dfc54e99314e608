import type { JsonSchema } from '../event-model.ts';
import { childPointer } from '../pointer.ts';
import { isObject, type JsonObject, own, ownList, ownObject } from './json.ts';

/** Definitions of a bundle, by `$ref`, and what was found out about its schemas. */
export interface Lookup {
  (reference: string): Part | undefined;
  /**
   * The answer to a question about a schema, found out once: a definition that is referred to twice, whose own
   * references are again referred to twice, would else be looked at more often than anyone can wait for.
   * @param schema of the bundle, or made of such; it is never changed.
   */
  readonly once: <T>(question: string, schema: JsonObject, answer: () => T) => T;
}

/** A schema of a bundle and where it stands there. */
export interface Part {
  readonly pointer: string;
  readonly schema: unknown;
}

/** Finds what the references of a bundle lead to. */
export function lookupIn(root: JsonSchema): Lookup {
  const definitions = isObject(root) ? ownObject(root, 'definitions') : {};
  const find = (reference: string): Part | undefined => {
    if (reference === '#') return { pointer: '', schema: root };
    const key = reference.slice('#/definitions/'.length);
    return Object.hasOwn(definitions, key)
      ? { pointer: childPointer('/definitions', key), schema: definitions[key] }
      : undefined;
  };
  return Object.assign(find, { once: remembering() });
}

function remembering(): Lookup['once'] {
  const answers = new WeakMap<JsonObject, Map<string, unknown>>();
  return <T>(question: string, schema: JsonObject, answer: () => T): T => {
    const known = answers.get(schema) ?? new Map<string, unknown>();
    if (known.size === 0) answers.set(schema, known);
    if (!known.has(question)) known.set(question, answer());
    return known.get(question) as T;
  };
}

/** Schemas that a schema applies to the very value it is applied to, its `$ref` among them. */
export function inPlaceParts({ pointer, schema }: Part, lookup: Lookup): Part[] {
  if (!isObject(schema)) return [];
  const reference = own(schema, '$ref');
  const target = typeof reference === 'string' ? lookup(reference) : undefined;
  return [
    ...(target === undefined ? [] : [target]),
    ...['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => partsOfList(schema, keyword, pointer)),
    ...['not', 'if', 'then', 'else'].flatMap((keyword) => partOf(schema, keyword, pointer)),
    ...Object.entries(ownObject(schema, 'dependencies'))
      .filter(([, dependency]) => !Array.isArray(dependency))
      .map(([name, dependency]) => ({ pointer: childPointer(`${pointer}/dependencies`, name), schema: dependency })),
  ];
}

/** Schemas that a schema applies to elements, properties or names of the value. */
export function inwardParts({ pointer, schema }: Part): Part[] {
  if (!isObject(schema)) return [];
  return [
    ...['properties', 'patternProperties'].flatMap((keyword) =>
      Object.entries(ownObject(schema, keyword)).map(([name, property]) => ({
        pointer: childPointer(`${pointer}/${keyword}`, name),
        schema: property,
      })),
    ),
    ...['items', 'additionalItems', 'contains', 'additionalProperties', 'propertyNames'].flatMap((keyword) =>
      partOf(schema, keyword, pointer),
    ),
    ...partsOfList(schema, 'items', pointer),
  ];
}

function partOf(schema: JsonObject, keyword: string, pointer: string): Part[] {
  const value = own(schema, keyword);
  return value === undefined || Array.isArray(value) ? [] : [{ pointer: `${pointer}/${keyword}`, schema: value }];
}

function partsOfList(schema: JsonObject, keyword: string, pointer: string): Part[] {
  return ownList(schema, keyword).map((item, index) => ({ pointer: `${pointer}/${keyword}/${index}`, schema: item }));
}
