import type { JsonSchema } from '../../model/event-model.ts';
import { type Lookup, lookupIn } from '../../model/schema/in-place.ts';
import { isObject, type JsonObject, own, ownList, ownObject } from '../../model/schema/json.ts';
import { keywords } from '../../model/schema/keywords.ts';
import { type Kinds, kindsOf } from '../../model/schema/kinds.ts';

/** A bundle to read, and short names for its schemas. */
export interface Book {
  readonly lookup: Lookup;
  /** A number for each schema, the same whenever it is asked. */
  readonly idOf: (schema: JsonObject) => number;
}

/** Schemas that hold together for one value: references and `allOf` are opened, and alternatives of which one is left. */
export interface View {
  readonly parts: readonly JsonObject[];
  /** Choices between schemas that are left, in the order of the spec. */
  readonly choices: readonly (readonly unknown[])[];
  readonly kinds: Kinds;
  /** Equal for views of the same shape, whatever their texts; empty for one without a shape. */
  readonly key: string;
}

/** Opens a bundle. */
export function openBook(schema: JsonSchema): Book {
  const ids = new WeakMap<JsonObject, number>();
  let count = 0;
  const idOf = (object: JsonObject): number => {
    const id = ids.get(object) ?? count++;
    ids.set(object, id);
    return id;
  };
  return { lookup: lookupIn(schema), idOf };
}

/** Looks at schemas that hold for one value. */
export function viewOf(schemas: readonly unknown[], book: Book): View {
  const parts = new Set<JsonObject>();
  const choices: (readonly unknown[])[] = [];
  const queue = [...schemas];
  for (const schema of queue) {
    if (!isObject(schema) || parts.has(schema)) continue;
    parts.add(schema);
    const reference = own(schema, '$ref');
    if (typeof reference === 'string') queue.push(book.lookup(reference)?.schema);
    queue.push(...ownList(schema, 'allOf'));
    for (const keyword of ['oneOf', 'anyOf']) {
      const branches = ownList(schema, keyword).filter((branch) => !isOnlyNull(branch, book));
      if (branches.length === 1) queue.push(branches[0]);
      else if (branches.length > 1) choices.push(branches);
    }
  }
  const found = [...parts];
  const shaping = found.filter(hasShape).map(book.idOf);
  return { parts: found, choices, kinds: commonKinds(schemas, book), key: shaping.sort((a, b) => a - b).join(' ') };
}

/** The schemas that parts have for the field of a name. */
export function fieldSchemas(parts: readonly JsonObject[], name: string): readonly unknown[] {
  return parts.flatMap((part) => {
    const properties = ownObject(part, 'properties');
    if (!Object.hasOwn(part, 'patternProperties') && Object.hasOwn(properties, name)) return [properties[name]];
    const patterns = Object.entries(ownObject(part, 'patternProperties'));
    const matching = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(name)).map(([, schema]) => schema);
    const declared = Object.hasOwn(properties, name) ? [properties[name], ...matching] : matching;
    const others = own(part, 'additionalProperties');
    return declared.length > 0 || !isObject(others) ? declared : [others];
  });
}

/** The names that parts declare as properties; those required come first, then by name. */
export function fieldNames(parts: readonly JsonObject[]): readonly string[] {
  const names = [...new Set(parts.flatMap((part) => Object.keys(ownObject(part, 'properties'))))].sort();
  const required = requiredNames(parts);
  return [...names.filter((name) => required.has(name)), ...names.filter((name) => !required.has(name))];
}

/** The names that parts require, declared or not. */
export function requiredNames(parts: readonly JsonObject[]): ReadonlySet<string> {
  return new Set(parts.flatMap((part) => ownList(part, 'required').map(String)));
}

/** The values that parts list by `const` or `enum`, those that all of them have; null when none lists any. */
export function listedValues(parts: readonly JsonObject[]): readonly unknown[] | null {
  if (!parts.some((part) => Object.hasOwn(part, 'const') || Object.hasOwn(part, 'enum'))) return null;
  const lists = parts.flatMap((part) => [
    ...(Object.hasOwn(part, 'const') ? [[own(part, 'const')]] : []),
    ...(Array.isArray(own(part, 'enum')) ? [ownList(part, 'enum')] : []),
  ]);
  const [first, ...others] = lists;
  if (first === undefined) return null;
  const texts = others.map((values) => new Set(values.map((value) => JSON.stringify(value))));
  return first.filter((value) => texts.every((allowed) => allowed.has(JSON.stringify(value))));
}

function isOnlyNull(schema: unknown, { lookup }: Book): boolean {
  const kinds = kindsOf(schema, lookup);
  return kinds.size === 1 && kinds.has('null');
}

function commonKinds(schemas: readonly unknown[], { lookup }: Book): Kinds {
  if (schemas.length === 1) return kindsOf(schemas[0], lookup);
  const [first, ...others] = schemas.map((schema) => kindsOf(schema, lookup));
  const kinds = [...(first ?? kindsOf(true, lookup))];
  return new Set(kinds.filter((kind) => others.every((other) => other.has(kind))));
}

/** Tells whether a schema says more than where to look, and texts. */
function hasShape(schema: JsonObject): boolean {
  return Object.keys(schema).some((keyword) => {
    const content = keywords.get(keyword) ?? 'annotation';
    return keyword !== '$ref' && content !== 'annotation' && content !== 'definitions';
  });
}
