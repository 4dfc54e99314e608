import type { PropertyType, TypeExpression } from '../../type-expression.ts';
import { unionOf } from '../types/expressions.ts';
import { groupBy } from './group-by.ts';
import { limitedUnion, objectOf } from './spelling.ts';

/** Properties that hold together. Alternatives of one place are lists of them. */
type Properties = readonly PropertyType[];

/** Comparisons of lists beyond which looking for what can be joined takes longer than a reader would thank for. */
const mostCompared = 4000;

/**
 * Brings alternatives together as far as that loses nothing: those that differ in one property become one with the union
 * of its types, and those that say no more than another are left out.
 */
export function mergeLists(lists: readonly Properties[]): readonly Properties[] {
  if (lists.length < 2) return lists;
  const unique = groupBy(lists, (list) => JSON.stringify(list)).flatMap(([first]) =>
    first === undefined ? [] : [first],
  );
  const names = [...new Set(unique.flatMap((list) => list.map(({ name }) => name)))];
  if (names.length * unique.length > mostCompared) return unique;
  const merged = names.reduce<readonly Properties[]>(mergeBy, unique);
  const left = withoutImplied(merged);
  return left.length < lists.length ? mergeLists(left) : left;
}

/** The properties that all lists have, each as wide as it is anywhere. */
export function shared(lists: readonly Properties[]): Properties {
  const [first = [], ...others] = lists;
  return first.flatMap((property) => {
    const found = others.map((list) => list.find(({ name }) => name === property.name));
    return found.every((other) => other !== undefined) ? [either([property, ...found])] : [];
  });
}

/** The union of types, where objects that differ in one property become one. */
export function joinTypes(types: readonly TypeExpression[]): TypeExpression {
  const all = unionOf(types);
  if (all.kind !== 'union') return all;
  const limited = limitedUnion(all);
  if (limited !== all) return limited;
  const constraints = all.members.filter((member) => member.kind === 'object' && member.index === null);
  const others = all.members.filter((member) => !constraints.includes(member));
  const lists = constraints.flatMap((member) => (member.kind === 'object' ? [member.properties] : []));
  return unionOf([...others, ...mergeLists(lists).map(objectOf)]);
}

/** Joins lists that differ in nothing but the property of a name. */
function mergeBy(lists: readonly Properties[], name: string): readonly Properties[] {
  const rest = (list: Properties): string =>
    JSON.stringify(list.map((property) => (property.name === name ? name : property)));
  return groupBy(lists, rest).flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length === 1) return group;
    const found = group.flatMap((list) => list.filter((property) => property.name === name));
    return [first.map((property) => (property.name === name ? either(found) : property))];
  });
}

function either(properties: Properties): PropertyType {
  const [first] = properties;
  if (first === undefined) throw new TypeError('no property to choose from');
  return {
    ...first,
    type: joinTypes(properties.map(({ type }) => type)),
    required: properties.every(({ required }) => required),
  };
}

function withoutImplied(lists: readonly Properties[]): readonly Properties[] {
  if (lists.length ** 2 > mostCompared) return lists;
  const sets = lists.map((list) => new Set(list.map((property) => JSON.stringify(property))));
  return lists.filter((_, index) => {
    const own = sets[index] ?? new Set();
    return !sets.some(
      (other, at) => other.size < own.size && [...other].every((property) => own.has(property)) && at !== index,
    );
  });
}
