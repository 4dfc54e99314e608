import type { TypeExpression } from '../../type-expression.ts';
import { intersectionOf, never, unionOf } from '../types/expressions.ts';
import type { ObjectAlternative } from './alternatives.ts';
import { type Case, constraintOf } from './cases.ts';
import { groupBy } from './group-by.ts';
import { isNamed, selectionOf } from './selection.ts';
import { anything, objectOf, spellLists } from './spelling.ts';

/** What cases leave of an object, to be intersected with the object's own type. */
export function spellConstraint(cases: readonly Case[], objects: readonly ObjectAlternative[]): TypeExpression {
  const common = constraintOf(cases, objects.length);
  if (common !== null && common.length > 0) return objectOf(common);
  if (common !== null && !objects.every(isNamed)) return anything;
  return unionOf(
    cases.map(({ variants, properties }) =>
      intersectionOf([selected(variants, objects), ...(properties.length === 0 ? [] : [objectOf(properties)])]),
    ),
  );
}

/** What cases leave of a payload, as a type of its own; `whole` is the payload's type. */
export function spellPayload(
  cases: readonly Case[],
  objects: readonly ObjectAlternative[],
  whole: TypeExpression,
): TypeExpression {
  const groups = groupBy(cases, ({ variants }) => variants.join());
  return unionOf(
    groups.map((group) => {
      const variants = group[0]?.variants ?? [];
      const base = variants.length === objects.length ? [whole] : selectedFrom(whole, variants, objects);
      return intersectionOf([...base, ...spellLists(group.map(({ properties }) => properties))]);
    }),
  );
}

/** Names beyond which the payload's own says more to a reader. */
const mostSelected = 30;

function selectedFrom(
  whole: TypeExpression,
  variants: readonly number[],
  objects: readonly ObjectAlternative[],
): readonly TypeExpression[] {
  if (variants.length > mostSelected) return [whole];
  const chosen = selected(variants, objects);
  return variants.every((index) => objects[index] !== undefined && isNamed(objects[index]))
    ? [chosen]
    : [whole, chosen];
}

function selected(variants: readonly number[], objects: readonly ObjectAlternative[]): TypeExpression {
  if (variants.length > mostSelected) return anything;
  const names = variants.map((index) => {
    const object = objects[index];
    return object === undefined ? never : (selectionOf(object) ?? anything);
  });
  return unionOf(names);
}
