import type { Lookup } from '../../model/schema/in-place.ts';
import { isObject, type JsonObject, own, ownList } from '../../model/schema/json.ts';

/** What a schema allows, in words that follow "it is"; null when that takes more than a few words. */
export function wordsOfSchema(schema: unknown, lookup: Lookup, depth = 0): string | null {
  if (!isObject(schema) || depth > 10) return null;
  const below = (part: unknown): string | null => wordsOfSchema(part, lookup, depth + 1);
  const reference = own(schema, '$ref');
  const unions = ['anyOf', 'oneOf'].flatMap((keyword) => (ownList(schema, keyword).length > 0 ? [keyword] : []));
  const parts = [
    ...(typeof reference === 'string' ? [below(lookup(reference)?.schema)] : []),
    ...ownList(schema, 'allOf').map(below),
    ...unions.map((keyword) => alternatives(ownList(schema, keyword).map(below))),
    ...(Object.hasOwn(schema, 'type') ? [ownWords(schema, below)] : []),
  ];
  const [only, ...others] = parts;
  return others.length === 0 ? (only ?? null) : null;
}

function alternatives(words: readonly (string | null)[]): string | null {
  const known = [...new Set(words)].filter((word) => word !== null);
  return words.includes(null) || known.length > 4 ? null : known.join(' or ');
}

function ownWords(schema: JsonObject, below: (part: unknown) => string | null): string | null {
  return alternatives([own(schema, 'type')].flat().map((type) => typeWords(schema, String(type), below)));
}

function typeWords(schema: JsonObject, type: string, below: (part: unknown) => string | null): string | null {
  switch (type) {
    case 'string':
      return withFacts('a string', textFacts(schema));
    case 'number':
    case 'integer':
      return withFacts(type === 'integer' ? 'a whole number' : 'a number', numberFacts(schema));
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    case 'object':
      return 'an object';
    case 'array': {
      const items = Array.isArray(own(schema, 'items')) ? null : below(own(schema, 'items'));
      return items === null ? 'a list' : `a list whose elements are each ${items}`;
    }
    default:
      return null;
  }
}

function withFacts(kind: string, facts: readonly string[]): string {
  return facts.length === 0 ? kind : `${kind} ${facts.join(' and ')}`;
}

function textFacts({ pattern, format, minLength, maxLength }: JsonObject): readonly string[] {
  return [
    ...(typeof format === 'string' ? [`of the format ${format}`] : []),
    ...(typeof pattern === 'string' && pattern.length <= 60 ? [`that matches ${pattern}`] : []),
    ...lengthFacts(minLength, maxLength),
  ];
}

function lengthFacts(minimum: unknown, maximum: unknown): readonly string[] {
  if (typeof minimum === 'number' && typeof maximum === 'number') {
    return [minimum === maximum ? `of ${minimum} characters` : `of ${minimum} to ${maximum} characters`];
  }
  if (typeof minimum === 'number') return [`of at least ${minimum} characters`];
  return typeof maximum === 'number' ? [`of at most ${maximum} characters`] : [];
}

function numberFacts(schema: JsonObject): readonly string[] {
  const bounds = [
    ['minimum', 'at least'],
    ['exclusiveMinimum', 'greater than'],
    ['maximum', 'at most'],
    ['exclusiveMaximum', 'less than'],
    ['multipleOf', 'a multiple of'],
  ] as const;
  const facts = bounds.flatMap(([keyword, words]) => {
    const value = own(schema, keyword);
    return typeof value === 'number' ? [`${words} ${value}`] : [];
  });
  return facts.length === 0 ? [] : [`that is ${facts.join(' and ')}`];
}
