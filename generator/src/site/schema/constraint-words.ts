import { isObject, type JsonObject, own, ownList, ownObject } from '../../model/schema/json.ts';
import { andList, cut, jsonText } from './texts.ts';
import { literalUnion, typeWords } from './type-words.ts';
import { type Book, listedValues, requiredNames, viewOf } from './view.ts';

/** What parts of a schema demand beyond the type, one plain fact each: `at least 1`, `format uuid`. */
export function constraintWords(parts: readonly JsonObject[], book: Book): readonly string[] {
  const facts = parts
    .filter(demands)
    .flatMap((part) => [
      ...textFacts(part),
      ...numberFacts(part),
      ...countFacts(part, ['minLength', 'maxLength'], ['character', 'characters']),
      ...countFacts(part, ['minItems', 'maxItems'], ['element', 'elements']),
      ...(own(part, 'uniqueItems') === true ? ['unique elements'] : []),
      ...countFacts(part, ['minProperties', 'maxProperties'], ['field', 'fields']),
      ...(own(part, 'additionalProperties') === false ? ['no other fields'] : []),
      ...(Array.isArray(own(part, 'items')) && own(part, 'additionalItems') === false ? ['no further elements'] : []),
      ...nameFacts(part, book),
      ...dependencyFacts(part),
      ...(Object.hasOwn(part, 'not') ? [`not ${negated(own(part, 'not'), book)}`] : []),
      ...['readOnly', 'writeOnly'].flatMap((word) => (own(part, word) === true ? [accessWords[word] ?? word] : [])),
    ]);
  return [...new Set([...undeclared(parts), ...facts])].map((fact) => cut(fact, longestFact));
}

/** Keywords that say nothing here. */
const silent: ReadonlySet<string> = new Set([
  ...[
    'type',
    'properties',
    'required',
    'items',
    'description',
    'title',
    'enum',
    'const',
    'default',
    'examples',
    '$ref',
  ],
]);

function demands(part: JsonObject): boolean {
  return Object.keys(part).some((keyword) => !silent.has(keyword));
}

const longestFact = 300;
const accessWords: Readonly<Record<string, string>> = { readOnly: 'read only', writeOnly: 'write only' };

const textWords: readonly (readonly [string, string])[] = [
  ['format', 'format'],
  ['formatMinimum', 'not before'],
  ['formatExclusiveMinimum', 'after'],
  ['formatMaximum', 'not after'],
  ['formatExclusiveMaximum', 'before'],
  ['pattern', 'pattern'],
  ['contentEncoding', 'encoded as'],
  ['contentMediaType', 'content'],
];

function textFacts(part: JsonObject): readonly string[] {
  return textWords.flatMap(([keyword, word]) => {
    const value = own(part, keyword);
    return typeof value === 'string' ? [`${word} ${value}`] : [];
  });
}

function numberFacts(part: JsonObject): readonly string[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = part;
  const isRange = typeof minimum === 'number' && typeof maximum === 'number';
  return [
    ...(isRange ? [minimum === maximum ? `exactly ${minimum}` : `${minimum} to ${maximum}`] : []),
    ...(!isRange && typeof minimum === 'number' ? [`at least ${minimum}`] : []),
    ...(typeof exclusiveMinimum === 'number' ? [`more than ${exclusiveMinimum}`] : []),
    ...(!isRange && typeof maximum === 'number' ? [`at most ${maximum}`] : []),
    ...(typeof exclusiveMaximum === 'number' ? [`less than ${exclusiveMaximum}`] : []),
    ...(typeof multipleOf === 'number' ? [`multiple of ${multipleOf}`] : []),
  ];
}

function countFacts(
  part: JsonObject,
  [least, most]: readonly [string, string],
  [one, many]: readonly [string, string],
): readonly string[] {
  const [minimum, maximum] = [own(part, least), own(part, most)];
  const counted = (count: number): string => `${count} ${count === 1 ? one : many}`;
  const hasMinimum = typeof minimum === 'number' && minimum > 0;
  if (typeof maximum !== 'number') return hasMinimum ? [`at least ${counted(minimum)}`] : [];
  if (minimum === maximum) return [`exactly ${counted(maximum)}`];
  return [hasMinimum ? `${minimum} to ${counted(maximum)}` : `at most ${counted(maximum)}`];
}

/** What the names of fields must be. */
function nameFacts(part: JsonObject, book: Book): readonly string[] {
  const names = own(part, 'propertyNames');
  if (names === false) return ['no fields at all'];
  if (!isObject(names)) return [];
  const { parts } = viewOf([names], book);
  const values = listedValues(parts);
  const facts = values === null ? constraintWords(parts, book) : [literalUnion(values)];
  return facts.map((fact) => `names of fields: ${fact}`);
}

function dependencyFacts(part: JsonObject): readonly string[] {
  return Object.entries(ownObject(part, 'dependencies')).flatMap(([name, others]) =>
    Array.isArray(others) && others.length > 0 ? [`with ${name} also ${andList(others.map(String))}`] : [],
  );
}

/** Fields that are required and described elsewhere, or nowhere. */
function undeclared(parts: readonly JsonObject[]): readonly string[] {
  if (!parts.some((part) => Object.hasOwn(part, 'required'))) return [];
  const declared = new Set(parts.flatMap((part) => Object.keys(ownObject(part, 'properties'))));
  const names = [...requiredNames(parts)].filter((name) => !declared.has(name));
  return names.length === 0 ? [] : [`requires ${andList(names)}`];
}

/** What a value must not be. */
function negated(schema: unknown, book: Book): string {
  if (!isObject(schema)) return schema === false ? 'nothing' : 'anything';
  const { parts } = viewOf([schema], book);
  const values = listedValues(parts);
  if (values !== null) return literalUnion(values);
  const [keyword, ...others] = Object.keys(schema).filter((word) => word !== 'description' && word !== 'title');
  if (others.length === 0 && keyword === 'required') return `with ${andList(ownList(schema, 'required').map(String))}`;
  if (others.length === 0 && keyword === 'type') return typeWords(viewOf([schema], book), book);
  if (others.length === 0 && keyword === 'pattern') return `of the pattern ${String(own(schema, 'pattern'))}`;
  return `valid by ${jsonText(schema)}`;
}
