import { type JsonObject, own } from '../../model/schema/json.ts';
import type { Literal } from './literal.ts';
import { isOther } from './object-may-hold.ts';
import type { Place } from './place.ts';
import type { Values } from './values.ts';

/** Positions of a tuple that are looked at; an array with more may hold anything. */
const maximumPositions = 30;

/** Tells whether an array may meet the literals of a place. One that the schemas list is not looked into. */
export function arrayMayHold(place: Place, values: Values): boolean {
  if (!values.kinds.includes('array')) return false;
  if (values.listed !== null) return values.listed.some((value) => isOther(value) && Array.isArray(value));
  const { schemas, mayHoldBelow } = place;
  const positions = positionsOf(schemas);
  if (positions === null) return true;
  const elementMayHold = (position: number, literals: readonly Literal[], more: readonly unknown[] = []): boolean =>
    mayHoldBelow([...schemas.flatMap((schema) => elementParts(schema, position)), ...more], literals);

  const nones = place.literals.filter(({ kind }) => kind === 'none');
  const isAnywhere = (literals: readonly Literal[], more: readonly unknown[] = []): boolean =>
    positions.some((position) => elementMayHold(position, [...literals, ...nones], more));
  const least = largest(schemas, 'minItems', 0);
  const contained = schemas.flatMap((schema) => (Object.hasOwn(schema, 'contains') ? [own(schema, 'contains')] : []));
  return (
    togetherInElement(place.literals).every((literals) => isAnywhere(literals)) &&
    contained.every((schema) => isAnywhere([], [schema])) &&
    positions.filter((position) => position < least).every((position) => elementMayHold(position, nones))
  );
}

/**
 * Literals that one element has to meet. Fields of one filter must match in the same element; elements that are plain
 * values need not be the same. What may be absent is left out: it depends on the element that others match in.
 */
function togetherInElement(literals: readonly Literal[]): readonly (readonly Literal[])[] {
  const needed = literals.filter(({ kind }) => kind === 'some');
  const alone = needed.filter(({ keys }) => keys.length === 0).map((literal) => [literal]);
  const fields = needed.filter(({ keys }) => keys.length > 0);
  const filters = [...new Set(fields.map(({ filter }) => filter))];
  return [...alone, ...filters.map((filter) => fields.filter((literal) => literal.filter === filter))];
}

/** The positions that differ, the last of which stands for all further ones; null when there are too many. */
function positionsOf(schemas: readonly JsonObject[]): readonly number[] | null {
  const tuples = schemas.map((schema) => own(schema, 'items')).filter((items) => Array.isArray(items));
  const longest = tuples.reduce((most, { length }) => Math.max(most, length), 0);
  if (longest > maximumPositions) return null;
  const most = schemas.reduce(
    (least, { maxItems }) => (typeof maxItems === 'number' ? Math.min(least, maxItems) : least),
    Number.POSITIVE_INFINITY,
  );
  return Array.from({ length: longest + 1 }, (_, position) => position).filter((position) => position < most);
}

function elementParts(schema: JsonObject, position: number): readonly unknown[] {
  const items = own(schema, 'items');
  if (!Array.isArray(items)) return items === undefined ? [] : [items];
  const element: unknown = position < items.length ? items[position] : own(schema, 'additionalItems');
  return element === undefined ? [] : [element];
}

function largest(schemas: readonly JsonObject[], keyword: string, otherwise: number): number {
  return schemas.reduce((most, schema) => {
    const value = own(schema, keyword);
    return typeof value === 'number' ? Math.max(most, value) : most;
  }, otherwise);
}
