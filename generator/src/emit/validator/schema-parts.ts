import { isObject, type JsonObject } from '../../model/schema/json.ts';
import type { Keyword } from './keyword.ts';
import { applied, reference } from './keywords/applied.ts';
import { arrays } from './keywords/arrays.ts';
import { numbers } from './keywords/numbers.ts';
import { objects } from './keywords/objects.ts';
import { texts } from './keywords/texts.ts';
import { brokenTypes, typesOf } from './keywords/types.ts';
import { values } from './keywords/values.ts';
import { asRule, asSteps } from './parts.ts';
import type { Site } from './scope.ts';
import { either, type Group, operand, type Part, type Rule, rule } from './step.ts';

/** What applying a schema comes to, in the order in which Ajv applies its keywords, which is that of the errors. */
export function schemaParts(schema: unknown, site: Site): readonly Part[] {
  if (schema === false) return [rule('["false schema", {}]')];
  if (!isObject(schema)) return [];
  const types = typesOf(schema);
  const [only] = types;
  const told = groups.find(([group, keywords]) => group === only && speaksOf(schema, keywords));
  const isTold = types.length === 1 && told !== undefined;
  return [
    ...(types.length > 0 && !isTold ? [brokenTypes(schema, site)] : []),
    ...partsOf(ofAnyType, schema, site),
    ...groups.flatMap(([group, keywords]) => {
      if (!speaksOf(schema, keywords)) return [];
      const wrong = isTold && group === only ? brokenTypes(schema, site) : null;
      return grouped(group, wrong, partsOf(keywords, schema, site), site);
    }),
  ];
}

/** Keywords, and their names: schemas are small, so what they have is looked up, not what there is. */
type Keywords = ReadonlyMap<string, Ranked>;

/** A keyword of a name, with its place in the order of all. */
interface Ranked {
  readonly rank: number;
  readonly name: string;
  readonly parts: Keyword['parts'];
}

function keywordsOf(all: readonly Keyword[]): Keywords {
  const ranked = all.flatMap(({ names, parts }) => names.map((name) => ({ name, parts })));
  return new Map(ranked.map(({ name, parts }, rank) => [name, { rank, name, parts }]));
}

const ofAnyType = keywordsOf([reference, ...values, ...applied]);

const groups: readonly (readonly [Group, Keywords])[] = [
  ['number', keywordsOf(numbers)],
  ['string', keywordsOf(texts)],
  ['array', keywordsOf(arrays)],
  ['object', keywordsOf(objects)],
];

function partsOf(keywords: Keywords, schema: JsonObject, site: Site): readonly Part[] {
  const found: Ranked[] = [];
  for (const name of Object.keys(schema)) {
    const keyword = keywords.get(name);
    if (keyword !== undefined && schema[name] !== undefined) found.push(keyword);
  }
  if (found.length > 1) found.sort((a, b) => a.rank - b.rank);
  return found.flatMap(({ name, parts }) => parts(schema, site, name));
}

function speaksOf(schema: JsonObject, keywords: Keywords): boolean {
  for (const name of Object.keys(schema)) if (keywords.has(name) && schema[name] !== undefined) return true;
  return false;
}

/** What keywords say of values of a type; `wrong` is to be told of others. */
function grouped(group: Group, wrong: Rule | null, parts: readonly Part[], site: Site): readonly Part[] {
  if (parts.length === 0) return wrong === null ? [] : [wrong];
  const all = asRule(parts, site);
  if (all !== null) {
    if (wrong !== null) return [either(wrong, all)];
    const condition = isOf(group, site);
    const about = { group, condition, code: all.code };
    return [{ kind: 'rule', code: `${condition} && ${operand(all)}`, binding: 'and', about }];
  }
  const steps = asSteps(parts, site);
  if (wrong !== null) return [{ kind: 'unless', place: site.place, broken: wrong.code, steps }];
  return [{ kind: 'if', condition: isOf(group, site), steps, otherwise: [] }];
}

function isOf(group: Group, { scope, value }: Site): string {
  if (group === 'array') return `Array.isArray(${value})`;
  return group === 'object' ? `${scope.use('isObject')}(${value})` : `typeof ${value} === "${group}"`;
}
