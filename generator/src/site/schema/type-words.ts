import { isObject, type JsonObject, own, ownList, ownObject } from '../../model/schema/json.ts';
import type { Kind } from '../../model/schema/kinds.ts';
import { jsonText, orList } from './texts.ts';
import { type Book, listedValues, type View, viewOf } from './view.ts';

/** What values a schema takes, in words: `string or null`, `list of objects`, `"eu" | "us"`. */
export function typeWords(view: View, book: Book): string {
  return describe(view, book, 0);
}

/** Listed values as a union, cut when there are many. */
export function literalUnion(values: readonly unknown[]): string {
  const shown: string[] = [];
  let length = 0;
  for (const value of values.slice(0, mostValues)) {
    const text = jsonText(value, longestValue);
    length += text.length + 3;
    if (length > longestUnion && shown.length > 0) break;
    shown.push(text);
  }
  return [...shown, ...(shown.length < values.length ? ['…'] : [])].join(' | ');
}

const mostValues = 12;
const longestValue = 60;
const longestUnion = 160;
const deepest = 4;

function describe(view: View, book: Book, depth: number): string {
  const { parts, kinds } = view;
  if (kinds.size === 0) return 'never allowed';
  const values = listedValues(parts);
  if (values !== null) return valueWords(values, kinds.has('null'));
  const union = depth < deepest ? unionWords(view, book, depth) : null;
  if (union !== null) return union;
  const named = kinds.size === allKindCount ? hintedKinds(parts) : [...kinds];
  if (named.length === 0) return 'any value';
  return orList(named.map((kind) => kindWords(kind, view, { book, depth })));
}

/** Null may come from an alternative beside the one that lists the values. */
function valueWords(values: readonly unknown[], isNullable: boolean): string {
  if (values.length === 0) return 'never allowed';
  return literalUnion(isNullable && !values.includes(null) ? [...values, null] : values);
}

const allKindCount = 6;

/** Words of alternatives that differ in more than their fields; null where the kinds of the whole tell as much. */
function unionWords(view: View, book: Book, depth: number): string | null {
  const { choices, kinds } = view;
  const [branches] = choices;
  if (branches === undefined || choices.length > 1 || branches.length > mostValues) return null;
  const views = branches.map((branch) => viewOf([branch], book));
  const lists = views.map(({ parts }) => listedValues(parts));
  const isNullable = kinds.has('null') && views.every((branch) => !branch.kinds.has('null'));
  if (lists.every((list) => list !== null)) {
    return literalUnion([...new Set(lists.flat()), ...(isNullable ? [null] : [])]);
  }
  if (kinds.size === 1 && !kinds.has('array')) return null;
  const words = views
    .filter((branch) => [...branch.kinds].some((kind) => kinds.has(kind)))
    .map((branch) => describe(branch, book, depth + 1));
  if (words.includes('any value')) return null;
  return orList([...new Set([...words, ...(isNullable ? ['null'] : [])])]);
}

/** What a schema without a type is about, judging by its keywords. */
function hintedKinds(parts: readonly JsonObject[]): readonly Kind[] {
  const has = (...words: readonly string[]): boolean =>
    parts.some((part) => words.some((word) => Object.hasOwn(part, word)));
  const isAbout = { object: objectWords, array: arrayWords, string: stringWords, number: numberWords };
  return (['object', 'array', 'string', 'number'] as const).filter((kind) => has(...isAbout[kind]));
}

const objectWords = ['properties', 'required', 'additionalProperties', 'patternProperties', 'propertyNames'];
const arrayWords = ['items', 'contains', 'minItems', 'maxItems', 'uniqueItems'];
const stringWords = ['pattern', 'minLength', 'maxLength'];
const numberWords = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];

interface Within {
  readonly book: Book;
  readonly depth: number;
}

function kindWords(kind: Kind, { parts }: View, within: Within): string {
  switch (kind) {
    case 'array':
      return listWords(parts, within);
    case 'object':
      return objectWord(parts, within);
    case 'number':
      return parts.some(isInteger) ? 'integer' : 'number';
    default:
      return kind;
  }
}

function isInteger(part: JsonObject): boolean {
  const type = own(part, 'type');
  return type === 'integer' || (Array.isArray(type) && type.includes('integer') && !type.includes('number'));
}

function listWords(parts: readonly JsonObject[], { book, depth }: Within): string {
  if (depth >= deepest) return 'list';
  const tuple = parts.map((part) => ownList(part, 'items')).find((items) => items.length > 0);
  if (tuple !== undefined) {
    const isOpen = parts.every((part) => own(part, 'additionalItems') !== false);
    const words = tuple.slice(0, mostValues).map((item) => describe(viewOf([item], book), book, depth + 1));
    return `list [${[...words, ...(isOpen || words.length < tuple.length ? ['…'] : [])].join(', ')}]`;
  }
  const items = parts.flatMap((part) => (isObject(own(part, 'items')) ? [own(part, 'items')] : []));
  if (items.length === 0) return 'list';
  return `list of ${plural(describe(viewOf(items, book), book, depth + 1))}`;
}

/** An object without fields of its own is a map when other keys have a schema. */
function objectWord(parts: readonly JsonObject[], { book, depth }: Within): string {
  if (depth >= deepest || parts.some((part) => Object.keys(ownObject(part, 'properties')).length > 0)) return 'object';
  const others = parts.flatMap((part) => [
    ...(isObject(own(part, 'additionalProperties')) ? [own(part, 'additionalProperties')] : []),
    ...Object.values(ownObject(part, 'patternProperties')).filter((schema) => schema !== false),
  ]);
  const [only] = others;
  if (only === undefined || others.length > 1) return 'object';
  const words = describe(viewOf([only], book), book, depth + 1);
  return words === 'any value' ? 'object' : `map of ${plural(words)}`;
}

/** Several of what a type's words say. */
export function plural(words: string): string {
  const simple = /^(string|integer|number|boolean|object|any value|list|map)( of .*)?$/s.exec(words);
  if (simple !== null) return `${simple[1]}s${simple[2] ?? ''}`;
  return /^list \[/.test(words) || !/ or /.test(words) ? words : `(${words})`;
}
