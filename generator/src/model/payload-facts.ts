import type { JsonSchema } from './event-model.ts';

/*
 * What a bundled payload schema declares, without judging whether an instance is valid.
 * Every `$ref` in it is `#` or `#/definitions/<key>`.
 */

/** A schema that is an object of keywords. */
export type SchemaObject = { readonly [keyword: string]: unknown };

/** A plain value that a message attribute can carry, or a list of texts. */
export type ScalarKind = 'string' | 'number' | 'boolean' | 'string list';

/** Follows the schema's `$ref`s. As in draft-07, keywords beside a `$ref` do not count. Undefined for a circle. */
export function resolveSchema(root: JsonSchema, schema: unknown): JsonSchema | undefined {
  let current = schema;
  for (let steps = 0; steps < 100; steps++) {
    if (typeof current === 'boolean') return current;
    if (!isSchemaObject(current)) return undefined;
    if (typeof current.$ref !== 'string') return current;
    current = current.$ref === '#' ? root : definition(root, current.$ref);
  }
  return undefined;
}

/**
 * Returns the schema and all that apply to the same value, or to elements of it when it is an array, since a filter
 * sees through arrays: through `$ref` (and what stands beside it), `allOf`, `anyOf`, `oneOf`, `if`, `then`, `else`, `items`.
 */
export function schemasInPlace(root: JsonSchema, schema: unknown): readonly SchemaObject[] {
  return inPlace(root, schema, [...sameValue, 'items', 'additionalItems', 'contains']);
}

/** Returns the schema and all that apply to the very same value: what a JSON pointer leads to, elements left out. */
export function schemasOfValue(root: JsonSchema, schema: unknown): readonly SchemaObject[] {
  return inPlace(root, schema, sameValue);
}

const sameValue: readonly string[] = ['allOf', 'anyOf', 'oneOf', 'if', 'then', 'else'];

function inPlace(root: JsonSchema, schema: unknown, keywords: readonly string[]): readonly SchemaObject[] {
  const found = new Set<SchemaObject>();
  const visit = (next: unknown): void => {
    if (!isSchemaObject(next) || found.has(next)) return;
    found.add(next);
    if (typeof next.$ref === 'string') visit(resolveSchema(root, next));
    for (const keyword of keywords) list(next[keyword]).forEach(visit);
  };
  visit(schema);
  return [...found];
}

/** Returns the schemas declared for a field of any of `schemas`; none when the field is not declared. */
export function declaredField(schemas: readonly SchemaObject[], name: string): readonly unknown[] {
  return schemas.flatMap((schema) => {
    const exact = isSchemaObject(schema.properties) && Object.hasOwn(schema.properties, name);
    const own = exact ? [(schema.properties as SchemaObject)[name]] : [];
    const matching = patterns(schema).filter(([pattern]) => matches(pattern, name));
    const named = [...own, ...matching.map(([, value]) => value)];
    if (named.length > 0) return named;
    return isSchemaObject(schema.additionalProperties) ? [schema.additionalProperties] : [];
  });
}

/** Returns the names of the properties that any of `schemas` declares, sorted. */
export function declaredNames(schemas: readonly SchemaObject[]): readonly string[] {
  const names = schemas.flatMap(({ properties }) => (isSchemaObject(properties) ? Object.keys(properties) : []));
  return [...new Set(names)].sort();
}

/** Returns the schemas declared at a path of fields below a payload's root; none when the path is not declared. */
export function declaredAt(root: JsonSchema, path: readonly string[]): readonly unknown[] {
  return path.reduce<readonly unknown[]>(
    (schemas, name) =>
      declaredField(
        schemas.flatMap((schema) => schemasInPlace(root, schema)),
        name,
      ),
    [root],
  );
}

/** Returns the schemas declared for the value that a JSON pointer leads to, in which no token is an index. */
export function declaredValue(root: JsonSchema, path: readonly string[]): readonly unknown[] {
  return path.reduce<readonly unknown[]>(
    (schemas, name) =>
      declaredField(
        schemas.flatMap((schema) => schemasOfValue(root, schema)),
        name,
      ),
    [root],
  );
}

/** Tells whether every valid payload that is an object has the property. */
export function isRequired(root: JsonSchema, schema: unknown, name: string, depth = 0): boolean {
  const resolved = resolveSchema(root, schema);
  if (typeof resolved !== 'object' || depth > maximumDepth) return false;
  const requires = (part: unknown) => isRequired(root, part, name, depth + 1);
  const { required, allOf, anyOf, oneOf } = resolved;
  const branches = [anyOf, oneOf].map(list).filter((parts) => parts.length > 0);
  return list(required).includes(name) || list(allOf).some(requires) || branches.some((parts) => parts.every(requires));
}

/** Schemas nested deeper than this are taken to promise nothing. */
const maximumDepth = 50;

/** Returns what kind of plain value a schema allows beside null; null when it allows several kinds, or others. */
export function scalarKind(root: JsonSchema, schema: unknown): ScalarKind | null {
  const resolved = resolveSchema(root, schema);
  if (typeof resolved !== 'object') return null;
  const kinds = new Set(typesOf(resolved).map(kindOfType));
  if (kinds.size === 1 && kinds.has('array')) {
    const items = list(resolved.items).length === 1 ? scalarKind(root, list(resolved.items)[0]) : null;
    return items === 'string' ? 'string list' : null;
  }
  const [kind] = kinds;
  if (kinds.size === 1 && (kind === 'string' || kind === 'number' || kind === 'boolean')) return kind;
  if (kinds.size > 0) return null;
  const parts = list(resolved.allOf).flatMap((part) => scalarKind(root, part) ?? []);
  return parts[0] ?? null;
}

/** Tells whether a value is a schema of keywords. */
export function isSchemaObject(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a keyword's schemas as a list; a single schema is a list of one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** The types a schema names other than null, or those of its `enum` or `const`. */
function typesOf(schema: SchemaObject): readonly string[] {
  const named = list(schema.type).filter((type) => typeof type === 'string');
  const values = Object.hasOwn(schema, 'const') ? [schema.const] : list(schema.enum);
  const types =
    named.length > 0
      ? named
      : values.map((value) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value));
  return types.filter((type) => type !== 'null');
}

function kindOfType(type: string): string {
  return type === 'integer' ? 'number' : type;
}

function patterns(schema: SchemaObject): readonly (readonly [string, unknown])[] {
  return isSchemaObject(schema.patternProperties) ? Object.entries(schema.patternProperties) : [];
}

function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(name);
  } catch {
    return false;
  }
}

function definition(root: JsonSchema, reference: string): unknown {
  const key = reference.slice('#/definitions/'.length).replaceAll('~1', '/').replaceAll('~0', '~');
  const definitions = typeof root === 'object' ? root.definitions : undefined;
  return isSchemaObject(definitions) && Object.hasOwn(definitions, key) ? definitions[key] : undefined;
}
