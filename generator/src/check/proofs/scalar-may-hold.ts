import type { Scalar } from '@eventloom/engine';
import type { Kind } from '../../model/schema/kinds.ts';
import { type Literal, passes } from './literal.ts';
import { mayHaveNumberFor } from './number-search.ts';
import type { Place } from './place.ts';
import { mayHaveText } from './text-search.ts';
import type { Values } from './values.ts';

const candidates: Readonly<Partial<Record<Kind, readonly Scalar[]>>> = { boolean: [true, false], null: [null] };

/** Tells whether a plain value may meet the literals of a place. */
export function scalarMayHold({ literals }: Place, values: Values): boolean {
  const isNeededBelow = ({ kind, keys }: Literal): boolean => kind === 'array' || (kind === 'some' && keys.length > 0);
  if (literals.some(isNeededBelow)) return false;
  const here = literals.filter(({ keys }) => keys.length === 0);
  const meets = (value: Scalar): boolean => here.every((literal) => passes(value, literal));
  if (values.listed !== null) return values.listed.some((value) => isScalar(value) && meets(value));
  return values.kinds.some((kind) => {
    const few = candidates[kind];
    if (few !== undefined) return few.some((value) => meets(value) && values.accepts(value));
    if (kind !== 'string' && kind !== 'number') return false;
    if (here.length === 0) return true;
    if (kind === 'string') return mayHaveText(values, here);
    return mayHaveNumberFor(values.numbers(), here, values.accepts);
  });
}

function isScalar(value: unknown): value is Scalar {
  return typeof value !== 'object' || value === null;
}
