import type { Doc, TypeExpression } from '../type-expression.ts';
import type { Lookup, Part } from './in-place.ts';
import { isObject, type JsonObject, own, ownList } from './json.ts';
import { flatten } from './types/parts.ts';

/**
 * What the schemas of a property tell its reader. Where the type has a name of its own, what a `$ref` leads to is told
 * there.
 */
export function docOf(parts: readonly Part[], type: TypeExpression, lookup: Lookup): Doc {
  if (type.kind !== 'reference') return schemaDoc((flatten(parts, lookup) ?? []).map(({ schema }) => schema));
  const schemas = parts.map(({ schema }) => schema).filter(isObject);
  return { ...schemaDoc(schemas), examples: [] };
}

/** What schemas that hold together tell: the first description, and the facts of all. */
export function schemaDoc(schemas: readonly JsonObject[]): Doc {
  const deprecated = schemas
    .map((schema) => own(schema, 'deprecated'))
    .find((value) => value === true || typeof value === 'string');
  return {
    description: firstText(schemas, 'description') ?? firstText(schemas, 'title'),
    facts: [...new Set(schemas.flatMap(factsOf))],
    examples: [
      ...new Set(schemas.flatMap((schema) => ownList(schema, 'examples')).map((example) => JSON.stringify(example))),
    ],
    deprecated: deprecated === undefined ? false : typeof deprecated === 'string' ? deprecated : '',
  };
}

function firstText(schemas: readonly JsonObject[], keyword: string): string | null {
  const texts = schemas.map((schema) => own(schema, keyword));
  return texts.find((text): text is string => typeof text === 'string' && text.trim() !== '')?.trim() ?? null;
}

/** Limits, units and the like as sentences. What the type says already is left out. */
function factsOf(schema: JsonObject): string[] {
  return [
    ...formatFacts(schema),
    ...numberFacts(schema),
    ...countFact(schema, ['minLength', 'maxLength'], 'character'),
    ...(typeof own(schema, 'pattern') === 'string' ? [`Pattern: ${code(String(own(schema, 'pattern')))}.`] : []),
    ...countFact(schema, ['minItems', 'maxItems'], 'element'),
    ...(own(schema, 'uniqueItems') === true ? ['No two elements are equal.'] : []),
    ...countFact(schema, ['minProperties', 'maxProperties'], 'property'),
    ...['unit', 'x-unit'].flatMap((keyword) =>
      typeof own(schema, keyword) === 'string' ? [`Unit: ${String(own(schema, keyword))}.`] : [],
    ),
    ...(Object.hasOwn(schema, 'default') ? [`Default: ${code(JSON.stringify(own(schema, 'default')))}.`] : []),
  ];
}

function formatFacts(schema: JsonObject): string[] {
  const named = [
    ['format', 'Format'],
    ['contentEncoding', 'Encoding'],
    ['contentMediaType', 'Content'],
  ] as const;
  return named.flatMap(([keyword, word]) => {
    const value = own(schema, keyword);
    return typeof value === 'string' ? [`${word}: ${value}.`] : [];
  });
}

function numberFacts(schema: JsonObject): string[] {
  const type = own(schema, 'type');
  const isInteger = type === 'integer' || (Array.isArray(type) && type.includes('integer') && !type.includes('number'));
  const bounds = [
    ...numberFact(schema, 'minimum', 'at least'),
    ...numberFact(schema, 'exclusiveMinimum', 'greater than'),
    ...numberFact(schema, 'maximum', 'at most'),
    ...numberFact(schema, 'exclusiveMaximum', 'less than'),
    ...numberFact(schema, 'multipleOf', 'a multiple of'),
  ];
  const phrases = isInteger ? ['an integer', ...bounds] : bounds;
  const text = phrases.join(', ');
  return text === '' ? [] : [`${text.charAt(0).toUpperCase()}${text.slice(1)}.`];
}

function numberFact(schema: JsonObject, keyword: string, words: string): string[] {
  const value = own(schema, keyword);
  return typeof value === 'number' ? [`${words} ${value}`] : [];
}

function countFact(schema: JsonObject, [least, most]: readonly [string, string], noun: string): string[] {
  const minimum = own(schema, least);
  const maximum = own(schema, most);
  const nouns = (count: unknown): string =>
    `${String(count)} ${count === 1 ? noun : noun === 'property' ? 'properties' : `${noun}s`}`;
  const hasMinimum = typeof minimum === 'number' && minimum > 0;
  if (typeof maximum !== 'number') return hasMinimum ? [`At least ${nouns(minimum)}.`] : [];
  if (minimum === maximum) return [`Exactly ${nouns(maximum)}.`];
  return [hasMinimum ? `${minimum} to ${nouns(maximum)}.` : `At most ${nouns(maximum)}.`];
}

/** Code in prose. A text with backticks has no simple spelling there and stays as it is. */
function code(text: string): string {
  return text.includes('`') ? text : `\`${text}\``;
}
