import type { TypeExpression } from '../../type-expression.ts';
import { intersectionOf } from '../types/expressions.ts';
import type { ObjectAlternative } from './alternatives.ts';

/**
 * The names that select an alternative from its union: its own, or those of its parts that have one. Null when there is
 * none.
 */
export function selectionOf({ type }: ObjectAlternative): TypeExpression | null {
  const names = membersOf(type).filter(({ kind }) => kind === 'reference');
  return names.length === 0 ? null : intersectionOf(names);
}

/** Tells whether its selection is all that an alternative is. */
export function isNamed({ type }: ObjectAlternative): boolean {
  return membersOf(type).every(({ kind }) => kind === 'reference');
}

function membersOf(type: TypeExpression): readonly TypeExpression[] {
  return type.kind === 'intersection' ? type.members : [type];
}
