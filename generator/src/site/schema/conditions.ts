import { isObject, type JsonObject, own, ownList, ownObject } from '../../model/schema/json.ts';
import { andList, jsonText, orList } from './texts.ts';
import { type Book, fieldNames, fieldSchemas, listedValues, requiredNames, viewOf } from './view.ts';

/** How one of several alternatives is known. */
export interface AlternativeName {
  /** Its title, definition or telling value; null without any. */
  readonly label: string | null;
  /** `when status is "approved"`, `with card`; null where nothing tells it. */
  readonly condition: string | null;
}

/** Names alternatives, each by what the others do not have. */
export function nameAlternatives(branches: readonly unknown[], book: Book): readonly AlternativeName[] {
  const views = branches.map((branch) => viewOf([branch], book).parts);
  const tables = views.map((parts) => valuesOfFields(parts, book));
  const telling = discriminators(tables);
  const required = views.map(requiredNames);
  return views.map((parts, index) => {
    const name = telling.find((field) => tables[index]?.has(field));
    const values = name === undefined ? [] : (tables[index]?.get(name) ?? []);
    const alone = [...(required[index] ?? [])].filter((field) => uses(required, field) === 1);
    const label = titleOf(parts) ?? definitionOf(branches[index]);
    if (name !== undefined)
      return { label: label ?? values.map(plainValue).join(', '), condition: isWords(name, values) };
    return { label, condition: alone.length === 0 ? null : `with ${andList(alone)}` };
  });
}

/** Says when `then` of an `if` applies; null where it takes more than values and presence of fields. */
export function conditionWords(schema: unknown, book: Book): string | null {
  const facts = factsOf(schema, book);
  return facts === null ? null : `when ${facts}`;
}

/** Says when `else` of an `if` applies. */
export function otherwiseWords(schema: unknown, book: Book): string {
  const facts = factsOf(schema, book);
  return facts === null ? 'otherwise' : `unless ${facts}`;
}

function factsOf(schema: unknown, book: Book): string | null {
  const { parts } = viewOf([schema], book);
  const table = valuesOfFields(parts, book);
  const described = fieldNames(parts).every((name) => table.has(name));
  const present = [...requiredNames(parts)].filter((name) => !table.has(name));
  const facts = [...[...table].map(([name, values]) => `${name} is ${valuesText(values)}`), ...present.map(isPresent)];
  return facts.length === 0 || !described || parts.some(saysMore) ? null : andList(facts);
}

const isPresent = (name: string): string => `${name} is present`;

/** Keywords beyond those that {@link factsOf} spells. */
function saysMore(part: JsonObject): boolean {
  return ['not', 'if', 'anyOf', 'oneOf', 'patternProperties', 'pattern', 'minimum', 'maximum'].some((keyword) =>
    Object.hasOwn(part, keyword),
  );
}

type Values = ReadonlyMap<string, readonly unknown[]>;

/** The fields that have but listed values. */
function valuesOfFields(parts: readonly JsonObject[], book: Book): Values {
  const declared = parts.some((part) => Object.keys(ownObject(part, 'properties')).length > 0) ? fieldNames(parts) : [];
  return new Map(
    declared.flatMap((name) => {
      const values = listedValues(viewOf(fieldSchemas(parts, name), book).parts);
      return values === null || values.length === 0 ? [] : [[name, values]];
    }),
  );
}

/** Fields of which no two alternatives have a value in common; those of the most alternatives first, then by name. */
function discriminators(tables: readonly Values[]): readonly string[] {
  const names = [...new Set(tables.flatMap((table) => [...table.keys()]))].sort();
  const telling = names.filter((name) => {
    const lists = tables.flatMap((table) => (table.has(name) ? [new Set(table.get(name)?.map(String))] : []));
    const all = lists.flatMap((list) => [...list]);
    return lists.length > 1 && new Set(all).size === all.length;
  });
  const count = (name: string): number => tables.filter((table) => table.has(name)).length;
  return telling.sort((a, b) => count(b) - count(a));
}

function uses(lists: readonly ReadonlySet<string>[], name: string): number {
  return lists.filter((list) => list.has(name)).length;
}

function isWords(name: string, values: readonly unknown[]): string {
  return `when ${name} is ${valuesText(values)}`;
}

function valuesText(values: readonly unknown[]): string {
  const shown = values.slice(0, 6).map((value) => jsonText(value, 60));
  return orList(values.length > shown.length ? [...shown, '…'] : shown);
}

function plainValue(value: unknown): string {
  return typeof value === 'string' ? value : jsonText(value, 60);
}

function titleOf(parts: readonly JsonObject[]): string | null {
  const titles = parts.map((part) => own(part, 'title'));
  return titles.find((title): title is string => typeof title === 'string' && title.trim() !== '')?.trim() ?? null;
}

function definitionOf(branch: unknown): string | null {
  const references = isObject(branch) ? [own(branch, '$ref'), ...ownList(branch, 'allOf').map(referenceOf)] : [];
  const found = references.find((reference) => typeof reference === 'string' && reference.startsWith(prefix));
  return typeof found === 'string' ? found.slice(prefix.length) : null;
}

const prefix = '#/definitions/';

function referenceOf(schema: unknown): unknown {
  return isObject(schema) ? own(schema, '$ref') : undefined;
}
