import type { Lookup, Part } from '../in-place.ts';
import { isObject, type JsonObject, own, ownList, ownObject } from '../json.ts';
import { keywords } from '../keywords.ts';

/** A schema that is an object, all references and `allOf` of which are opened: one of several that hold together. */
export interface Leaf extends Part {
  readonly schema: JsonObject;
}

/** Keywords of a schema that decide what it accepts. */
export function meaningfulKeywords(schema: JsonObject): string[] {
  return Object.keys(schema).filter((keyword) => {
    const content = keywords.get(keyword) ?? 'annotation';
    return content !== 'annotation' && content !== 'definitions' && content !== 'identity';
  });
}

/** Tells whether a schema accepts everything without saying so. */
export function isVacuous(schema: unknown): boolean {
  return schema === true || (isObject(schema) && meaningfulKeywords(schema).length === 0);
}

/** The target of a schema that says nothing else; null when it does. A list of one schema is that schema. */
export function onlyReference(part: Part): string | null {
  const { schema } = unwrap(part);
  if (!isObject(schema) || meaningfulKeywords(schema).some((keyword) => keyword !== '$ref')) return null;
  const reference = own(schema, '$ref');
  return typeof reference === 'string' ? reference : null;
}

/** A schema that is only a list of one schema stands for that. */
export function unwrap(part: Part): Part {
  if (!isObject(part.schema)) return part;
  const [keyword, ...others] = meaningfulKeywords(part.schema);
  if (others.length > 0 || (keyword !== 'allOf' && keyword !== 'anyOf' && keyword !== 'oneOf')) return part;
  const list = ownList(part.schema, keyword);
  return list.length === 1 ? unwrap({ pointer: `${part.pointer}/${keyword}/0`, schema: list[0] }) : part;
}

/** Opens references and `allOf`; null when one of the schemas accepts nothing. */
export function flatten(parts: readonly Part[], lookup: Lookup): readonly Leaf[] | null {
  const leaves = new Map<string, Leaf>();
  const queue = [...parts];
  for (const part of queue) {
    const { pointer, schema } = part;
    if (schema === false) return null;
    if (!isObject(schema) || leaves.has(pointer)) continue;
    leaves.set(pointer, { pointer, schema });
    const reference = own(schema, '$ref');
    const target = typeof reference === 'string' ? lookup(reference) : undefined;
    if (target !== undefined) queue.push(target);
    queue.push(
      ...ownList(schema, 'allOf').map((item, index) => ({ pointer: `${pointer}/allOf/${index}`, schema: item })),
    );
  }
  return [...leaves.values()];
}

/** What a schema demands of the property of a name, when there is one. */
export function propertyParts({ pointer, schema }: Leaf, name: string): Part[] {
  if (name === '__proto__') return [];
  const properties = ownObject(schema, 'properties');
  const declared: Part[] = Object.hasOwn(properties, name)
    ? [{ pointer: `${pointer}/properties/${token(name)}`, schema: properties[name] }]
    : [];
  const matching = Object.entries(ownObject(schema, 'patternProperties'))
    .filter(([pattern]) => pattern !== '__proto__' && matches(pattern, name))
    .map(([pattern, part]) => ({ pointer: `${pointer}/patternProperties/${token(pattern)}`, schema: part }));
  const additional = own(schema, 'additionalProperties');
  if (declared.length + matching.length > 0 || additional === undefined) return [...declared, ...matching];
  return [{ pointer: `${pointer}/additionalProperties`, schema: additional }];
}

/** Names that a schema declares or requires. `__proto__` is not one: Ajv does not look at it. */
export function declaredNames({ schema }: Leaf): string[] {
  const required = ownList(schema, 'required').filter((name) => typeof name === 'string');
  return [...new Set([...Object.keys(ownObject(schema, 'properties')), ...required])].filter(
    (name) => name !== '__proto__',
  );
}

/** The single scalar that a value must be by some of these schemas; undefined when they leave a choice. */
export function onlyValue(parts: readonly Part[], lookup: Lookup): string | number | boolean | undefined {
  for (const { schema } of flatten(parts, lookup) ?? []) {
    const values = own(schema, 'enum');
    const value = Object.hasOwn(schema, 'const')
      ? own(schema, 'const')
      : Array.isArray(values) && values.length === 1
        ? values[0]
        : undefined;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  }
  return undefined;
}

function token(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(name);
  } catch {
    return false;
  }
}
