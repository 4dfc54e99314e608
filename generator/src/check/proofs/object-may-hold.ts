import { own, ownList } from '../../model/schema/json.ts';
import { propertyParts } from '../../model/schema/types/parts.ts';
import { accepts } from '../../model/schema/violation.ts';
import type { Literal } from './literal.ts';
import type { Place } from './place.ts';
import type { Values } from './values.ts';

/** Tells whether an object may meet the literals of a place. One that the schemas list is not looked into. */
export function objectMayHold(place: Place, values: Values): boolean {
  if (!values.kinds.includes('object')) return false;
  if (values.listed !== null) return values.listed.some((value) => isOther(value) && !Array.isArray(value));
  if (place.literals.some(({ kind, keys }) => keys.length === 0 && (kind === 'some' || kind === 'array'))) return false;
  const groups = new Map<string, Literal[]>();
  for (const literal of place.literals) {
    const [name, ...keys] = literal.keys;
    if (name === undefined || (literal.kind !== 'none' && mayBeElsewhere(place, literal))) continue;
    groups.set(name, [...(groups.get(name) ?? []), { ...literal, keys }]);
  }
  return [...groups].every(([name, literals]) => propertyMayHold(place, name, literals));
}

/** Tells whether a value is an object or an array. */
export function isOther(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/**
 * To EventBridge a property `a.b` is `b` in `a`. It counts where a schema describes it: every open schema allows such
 * a property, and nothing could be proven about nested fields otherwise.
 */
function mayBeElsewhere({ describes }: Place, { keys }: Literal): boolean {
  return keys.some((_, index) => index > 0 && describes(keys.slice(0, index + 1).join('.')));
}

function propertyMayHold(place: Place, name: string, literals: readonly Literal[]): boolean {
  const { schemas, space, mayHoldBelow } = place;
  const isNeeded = literals.some(({ kind }) => kind === 'some' || kind === 'array');
  if (!isNeeded && !isRequired(place, name)) return true;
  const isNameRefused = schemas.some((schema) => {
    return Object.hasOwn(schema, 'propertyNames') && !accepts(own(schema, 'propertyNames'), name, space.lookup);
  });
  if (isNameRefused) return false;
  const parts = schemas.flatMap((schema) => propertyParts({ pointer: '', schema }, name).map((part) => part.schema));
  const isUnknown = isNeeded && parts.length === 0 && place.isComplete && space.isClosed;
  return !isUnknown && mayHoldBelow(parts, literals);
}

/** What every object inherits counts as present to Ajv, and is not to EventBridge. */
function isRequired({ schemas }: Place, name: string): boolean {
  return !(name in Object.prototype) && schemas.some((schema) => ownList(schema, 'required').includes(name));
}
