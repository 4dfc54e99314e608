/** A schema of draft-07, its keywords still unread. */
export type Schema = boolean | Keywords;

/** The keywords of a schema by name. */
export type Keywords = { readonly [keyword: string]: unknown };

/** The types of JSON, `integer` counted in. */
export type TypeName = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/** Tells whether a JSON value is an object: no array, not null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of an own property; undefined when there is none, whatever the key is called. */
export function own(object: Keywords, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The list at a keyword; an empty one when there is none. */
export function listAt(object: Keywords, key: string): readonly unknown[] {
  const value = own(object, key);
  return Array.isArray(value) ? value : [];
}

/** The object at a keyword; an empty one when there is none. */
export function objectAt(object: Keywords, key: string): Keywords {
  const value = own(object, key);
  return isObject(value) ? value : {};
}

/** The number at a keyword; undefined when there is none. */
export function numberAt(object: Keywords, key: string): number | undefined {
  const value = own(object, key);
  return typeof value === 'number' ? value : undefined;
}

/** The text at a keyword; undefined when there is none. */
export function textAt(object: Keywords, key: string): string | undefined {
  const value = own(object, key);
  return typeof value === 'string' ? value : undefined;
}

/** The types that a schema allows by its `type`, and by `nullable` as Ajv reads it; undefined when it allows all. */
export function typesOf(schema: Keywords): readonly TypeName[] | undefined {
  const declared = own(schema, 'type');
  if (declared === undefined) return undefined;
  const types = (Array.isArray(declared) ? declared : [declared]) as readonly TypeName[];
  return own(schema, 'nullable') === true && !types.includes('null') ? [...types, 'null'] : types;
}

/** Finds what a reference of a self-contained schema points to. Throws when that is nothing. */
export function resolve(root: Schema, reference: string): Schema {
  let found: unknown = root;
  for (const token of reference.replace(/^#\/?/, '').split('/')) {
    if (token === '') continue;
    const key = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
    found = isObject(found) || Array.isArray(found) ? own(found as Keywords, key) : undefined;
  }
  if (reference.startsWith('#') && (isObject(found) || typeof found === 'boolean')) return found;
  throw new Error(`The schema refers to ${reference}, which is not in it`);
}

/** A JSON pointer one step further down. */
export function pointerTo(path: string, key: string | number): string {
  return `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** One text for a JSON value: equal for equal values, whatever the order of keys. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, item) =>
    isObject(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  );
}
