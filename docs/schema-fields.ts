/** The part of JSON Schema that the extensions are described by. */
export interface Schema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema | readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly examples?: readonly unknown[];
}

/** Schemas by `$id`. */
export type Schemas = ReadonlyMap<string, Schema>;

/** A value that a schema describes, as a table shows it. */
export interface Field {
  /** `archive.retentionDays`; `<name>` stands for any key, `[]` for an element. */
  readonly path: string;
  readonly isRequired: boolean;
  /** In words: `whole number`, `` `queue` or `function` ``. */
  readonly type: string;
  /** In words: `1 to 900`; empty without bounds. */
  readonly range: string;
  /** Undefined when the schema gives none. */
  readonly default: string | undefined;
  readonly description: string;
}

/** What a schema says of the value itself, and of every field below it, in the order of the schema. */
export function fieldsOf(root: Schema, schemas: Schemas): { readonly whole: Field; readonly fields: readonly Field[] } {
  const start: Place = { schema: root, document: root };
  const found = new Map<string, Field>();
  collect(start, '', { schemas, found, open: [] });
  return { whole: toField(start, '', false, schemas), fields: [...found.values()] };
}

/** A schema, and the document that its `#/…` references lead into. */
interface Place {
  readonly schema: Schema;
  readonly document: Schema;
}

interface Walk {
  readonly schemas: Schemas;
  readonly found: Map<string, Field>;
  /** Schemas on the way here: a recursive one is not opened again. */
  readonly open: readonly Schema[];
}

function collect(place: Place, path: string, walk: Walk): void {
  for (const { schema, document } of alternatives(place, walk.schemas)) {
    if (walk.open.includes(schema)) continue;
    const inner: Walk = { ...walk, open: [...walk.open, schema] };
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      const below = path === '' ? name : `${path}.${name}`;
      const isRequired = schema.required?.includes(name) === true;
      // The first of several alternatives speaks for a field that they share.
      if (!walk.found.has(below))
        walk.found.set(below, toField({ schema: field, document }, below, isRequired, walk.schemas));
      collect({ schema: field, document }, below, inner);
    }
    const { additionalProperties: others, items } = schema;
    if (typeof others === 'object')
      collect({ schema: others, document }, path === '' ? '<name>' : `${path}.<name>`, inner);
    if (items !== undefined && !isList(items)) collect({ schema: items, document }, `${path}[]`, inner);
  }
}

/** A schema and all that may or must apply to the same value. */
function alternatives(place: Place, schemas: Schemas): readonly Place[] {
  const resolved = resolve(place, schemas);
  const { schema, document } = resolved;
  const parts = [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  return [resolved, ...parts.flatMap((part) => alternatives({ schema: part, document }, schemas))];
}

function resolve({ schema, document }: Place, schemas: Schemas): Place {
  const { $ref } = schema;
  if ($ref === undefined) return { schema, document };
  const [file = '', pointer = ''] = $ref.split('#');
  const target = file === '' ? document : schemas.get(file);
  if (target === undefined) throw new Error(`${$ref} leads nowhere.`);
  const [, , name] = pointer.split('/');
  const found = name === undefined ? target : target.definitions?.[name];
  if (found === undefined) throw new Error(`${$ref} leads nowhere.`);
  return resolve({ schema: found, document: target }, schemas);
}

function toField(place: Place, path: string, isRequired: boolean, schemas: Schemas): Field {
  const { schema } = resolve(place, schemas);
  const description = place.schema.description ?? schema.description ?? '';
  const found = place.schema.default ?? schema.default;
  return {
    path,
    isRequired,
    type: typeText(place, schemas),
    range: rangeText(schema),
    default: found === undefined ? undefined : code(found),
    description,
  };
}

function typeText(place: Place, schemas: Schemas): string {
  const { schema, document } = resolve(place, schemas);
  const text = (part: Schema) => typeText({ schema: part, document }, schemas);
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return orList(schema.enum.map(code));
  if (schema.type === 'array' && schema.items !== undefined && !isList(schema.items))
    return `list of ${text(schema.items)}`;
  if (schema.type !== undefined) return orList([schema.type].flat().map((name) => typeWords[name] ?? name));
  const options = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  if (options.length > 0) return orList([...new Set(options.map(withRange))]);
  const [first] = schema.allOf ?? [];
  return first === undefined ? 'any value' : text(first);

  function withRange(part: Schema): string {
    const range = rangeText(resolve({ schema: part, document }, schemas).schema);
    return range === '' ? text(part) : `${text(part)} (${range})`;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: '`true` or `false`',
  object: 'object',
  array: 'list',
  null: '`null`',
};

function rangeText({ minimum, maximum, minItems, maxItems, maxLength }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) return `${number(minimum)} to ${number(maximum)}`;
  if (minimum !== undefined) return `from ${number(minimum)}`;
  if (maximum !== undefined) return `up to ${number(maximum)}`;
  if (minItems !== undefined && maxItems !== undefined)
    return minItems === maxItems ? `of ${minItems}` : `${minItems} to ${maxItems}`;
  if (minItems !== undefined && minItems > 0) return `at least ${minItems}`;
  return maxLength === undefined ? '' : `up to ${number(maxLength)} characters`;
}

/** With commas, so that seconds of days can be read. */
function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function orList(texts: readonly string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} or ${last}`;
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
