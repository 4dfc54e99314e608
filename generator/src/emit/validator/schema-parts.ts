import { isObject, type JsonObject, own } from '../../model/schema/json.ts';
import type { Keyword } from './keyword.ts';
import { applied, reference } from './keywords/applied.ts';
import { arrays } from './keywords/arrays.ts';
import { numbers } from './keywords/numbers.ts';
import { objects } from './keywords/objects.ts';
import { texts } from './keywords/texts.ts';
import { brokenTypes, isGroup, typesOf } from './keywords/types.ts';
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
  const isTold = types.length === 1 && only !== undefined && isGroup(only) && speaksOf(schema, only);
  return [
    ...(types.length > 0 && !isTold ? [brokenTypes(schema, site)] : []),
    ...partsOf([reference, ...values, ...applied], schema, site),
    ...groups.flatMap(([group, keywords]) => {
      if (!speaksOf(schema, group)) return [];
      const wrong = isTold && group === only ? brokenTypes(schema, site) : null;
      return grouped(group, wrong, partsOf(keywords, schema, site), site);
    }),
  ];
}

const groups: readonly (readonly [Group, readonly Keyword[]])[] = [
  ['number', numbers],
  ['string', texts],
  ['array', arrays],
  ['object', objects],
];

function partsOf(keywords: readonly Keyword[], schema: JsonObject, site: Site): readonly Part[] {
  return keywords.flatMap(({ names, parts }) =>
    names.filter((name) => own(schema, name) !== undefined).flatMap((name) => parts(schema, site, name)),
  );
}

function speaksOf(schema: JsonObject, group: Group): boolean {
  const [, keywords = []] = groups.find(([name]) => name === group) ?? [];
  return keywords.some(({ names }) => names.some((name) => own(schema, name) !== undefined));
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
