import { inPlaceParts, type Lookup } from '../../model/schema/in-place.ts';
import { isObject, type JsonObject } from '../../model/schema/json.ts';
import { propertyParts } from '../../model/schema/types/parts.ts';
import { arrayMayHold } from './array-may-hold.ts';
import { type Choice, choicesOf, conjunctionOf } from './conjunction.ts';
import type { Literal } from './literal.ts';
import { objectMayHold } from './object-may-hold.ts';
import type { Place } from './place.ts';
import { scalarMayHold } from './scalar-may-hold.ts';
import type { Space } from './space.ts';
import { valuesOf } from './values.ts';

/** A search for a payload, with what it has cost so far. It may be asked several times. */
export interface Search {
  readonly space: Space;
  steps: number;
  depth: number;
}

/** Steps, and steps within steps, after which a search gives up. Recursive schemas have no end of places to look. */
const maximumSteps = 3_000;
const maximumDepth = 120;

/** Starts a search among the values of a payload's schema. */
export function searchIn(space: Space): Search {
  return { space, steps: 0, depth: 0 };
}

/** Tells whether a search has given up: it then finds everything possible. */
export function hasGivenUp({ steps, depth }: Search): boolean {
  return steps > maximumSteps || depth > maximumDepth;
}

/**
 * Tells whether a value that all `schemas` accept may meet all literals: false only when none does. This is the one
 * question behind all proofs, and it errs towards true.
 */
export function mayHold(search: Search, schemas: readonly unknown[], literals: readonly Literal[]): boolean {
  const { space } = search;
  const conjunction = conjunctionOf(schemas, space.lookup);
  if (conjunction === null) return false;
  const choices = conjunction.flatMap(choicesOf);
  const place: Place = {
    schemas: conjunction,
    literals,
    space,
    isComplete: choices.length === 0,
    describes: describedBy(schemas, space.lookup),
    mayHoldBelow: (parts, rest) => mayHold(search, parts, rest),
  };
  search.depth++;
  const holds = holdsAsIs(place, search) && explore(place, choices, search);
  search.depth--;
  return holds;
}

/** Looks for one option of each choice such that the literals may be met. */
function explore(place: Place, choices: readonly Choice[], search: Search): boolean {
  let fewest: { readonly choice: Choice; readonly options: readonly Place[] } | null = null;
  for (const choice of choices) {
    const options = choice.flatMap((option) => take(place, option, search));
    if (options.length === 0) return false;
    if (hasGivenUp(search)) return true;
    if (fewest === null || options.length < fewest.options.length) fewest = { choice, options };
  }
  if (fewest === null) return isKnownToHold(place) || holdsAsIs({ ...place, isComplete: true }, search);
  const { choice: taken, options } = fewest;
  const others = choices.filter((choice) => choice !== taken);
  const before = new Set(place.schemas);
  return options.some((option) => {
    const added = option.schemas.filter((schema) => !before.has(schema));
    return explore(option, [...others, ...added.flatMap(choicesOf)], search);
  });
}

/** What was looked at before its choices were made is looked at again where undeclared properties matter. */
function isKnownToHold({ isComplete, space }: Place): boolean {
  return isComplete || !space.isClosed;
}

/** The place with an option taken; nothing when the literals cannot be met then. */
function take(place: Place, option: readonly unknown[], search: Search): readonly Place[] {
  const schemas = conjunctionOf([...place.schemas, ...option], place.space.lookup);
  const taken = schemas === null ? null : { ...place, schemas };
  return taken !== null && holdsAsIs(taken, search) ? [taken] : [];
}

/** Looks at the schemas of a place without their choices. */
function holdsAsIs(place: Place, search: Search): boolean {
  search.steps++;
  if (hasGivenUp(search)) return true;
  const values = valuesOf(place.schemas, place.space);
  return scalarMayHold(place, values) || objectMayHold(place, values) || arrayMayHold(place, values);
}

function describedBy(schemas: readonly unknown[], lookup: Lookup): (name: string) => boolean {
  let inPlace: readonly JsonObject[] | null = null;
  return (name) => {
    inPlace ??= everySchema(schemas, lookup);
    const parts = inPlace.map((schema) => propertyParts({ pointer: '', schema }, name).map((part) => part.schema));
    return parts.some((found) => !found.includes(false) && found.some(saysSomething));
  };
}

/** All schemas that may apply to the value, whatever is chosen. */
function everySchema(schemas: readonly unknown[], lookup: Lookup): readonly JsonObject[] {
  const found = new Set<JsonObject>();
  const queue = [...schemas];
  for (const schema of queue) {
    if (!isObject(schema) || found.has(schema)) continue;
    found.add(schema);
    queue.push(...inPlaceParts({ pointer: '', schema }, lookup).map((part) => part.schema));
  }
  return [...found];
}

function saysSomething(schema: unknown): boolean {
  return isObject(schema) && Object.keys(schema).length > 0;
}
