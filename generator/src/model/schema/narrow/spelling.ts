import type { PropertyType, TypeExpression } from '../../type-expression.ts';
import { isUnknown, nothing, unionOf, unknown } from '../types/expressions.ts';
import type { OpenType } from './alternatives.ts';

/** The type of objects with these properties, whatever else they have. */
export function objectOf(properties: readonly PropertyType[]): TypeExpression {
  return { kind: 'object', properties, index: null, isClosed: false };
}

/** Everything but null and `undefined`. */
export const anything: TypeExpression = objectOf([]);

/** Everything but `undefined`. */
export const anyJson: TypeExpression = { kind: 'union', members: [anything, nothing] };

/** Members beyond which a union says less to a reader than the field's own type. */
const mostMembers = 100;

/** A union as a property has it; a wider type where it would be long. */
export function limitedUnion(type: TypeExpression): TypeExpression {
  if (type.kind !== 'union' || type.members.length <= mostMembers) return type;
  return type.members.some(isNothing) ? anyJson : anything;
}

/** Tells whether null is all that a type has. */
export function isNothing(type: TypeExpression): boolean {
  return type.kind === 'literal' && type.value === null;
}

/** A type as a property repeats it that only became required: by a wider one where it would be long. */
export function shownType(type: TypeExpression, open: OpenType): TypeExpression {
  if (isShort(type)) return type;
  const admitsNull = open(type).some((one) => one.kind === 'unknown' || (one.kind === 'literal' && one.value === null));
  return admitsNull ? anyJson : anything;
}

/** A type that stays in a union of which others are refused: lists by a wider one where it would be long. */
export function keptType(type: TypeExpression): TypeExpression {
  const isList = type.kind === 'array' || type.kind === 'tuple';
  return isList && !isShort(type) ? { kind: 'array', element: unknown } : type;
}

const mostMembersShown = 6;

function isShort(type: TypeExpression): boolean {
  switch (type.kind) {
    case 'primitive':
      return !isUnknown(type);
    case 'literal':
    case 'template':
    case 'reference':
      return true;
    case 'array':
      return isShort(type.element) || isUnknown(type.element);
    case 'tuple':
      return type.elements.length < 4 && type.elements.every(isShort) && (type.rest === null || isShort(type.rest));
    case 'union':
      return type.members.length <= mostMembersShown && type.members.every(isShort);
    default:
      return false;
  }
}

/** Alternatives of which each has its properties; what all have in common stands once. */
export function spellLists(lists: readonly (readonly PropertyType[])[]): readonly TypeExpression[] {
  const [only] = lists;
  if (only !== undefined && lists.length === 1) return only.length === 0 ? [] : [objectOf(only)];
  const texts = lists.map((list) => new Set(list.map((property) => JSON.stringify(property))));
  const isCommon = (property: PropertyType): boolean => texts.every((text) => text.has(JSON.stringify(property)));
  const common = (lists[0] ?? []).filter(isCommon);
  const rest = lists.map((list) => list.filter((property) => !isCommon(property)));
  const isOpen = rest.some((list) => list.length === 0);
  return [...(common.length === 0 ? [] : [objectOf(common)]), ...(isOpen ? [] : [unionOf(rest.map(objectOf))])];
}
