import type { ObjectTypeExpression, PropertyType, TypeExpression } from '../../type-expression.ts';
import { intersectionOf, isNever, isUnknown, never, plainProperty, unionOf, unknown } from '../types/expressions.ts';

/** A property by all of these types; one that none declares may be anything in objects that are open. */
export function propertyOf(parts: readonly ObjectTypeExpression[], name: string): PropertyType {
  const declared = parts.flatMap(({ properties }) => properties.filter((property) => property.name === name));
  const types = parts.map(({ properties, index, isClosed }) => {
    const own = properties.find((property) => property.name === name);
    if (own !== undefined) return own.type;
    return index === null ? (isClosed ? never : unknown) : withoutUndefined(index);
  });
  return { ...plainProperty(name), type: intersectionOf(types), required: declared.some(({ required }) => required) };
}

/** The type of a key that is there: index signatures also tell what reading another gives. */
function withoutUndefined(index: TypeExpression): TypeExpression {
  if (index.kind !== 'union') return index;
  return unionOf(index.members.filter((member) => !(member.kind === 'reference' && member.name === 'undefined')));
}

/** Tells whether a type speaks of a key: by name, or by the type of all others. */
export function mayHave({ properties, index }: ObjectTypeExpression, key: string): boolean {
  const isMap = index !== null && !isNever(index) && !isUnknown(index);
  return isMap || properties.some(({ name }) => name === key);
}
