import type { Leaf } from '@eventloom/engine';
import type { ObjectTypeExpression, PropertyType, TypeExpression } from '../../type-expression.ts';
import type { Lookup } from '../in-place.ts';
import { isNever, never, unionOf } from '../types/expressions.ts';
import type { Alternative, ObjectAlternative, OpenType } from './alternatives.ts';
import { type Case, casesOf, constraintOf, type Outcome } from './cases.ts';
import { describesKey, type Level, levelBelow } from './described-keys.ts';
import { type FilterNode, joinedKeys } from './filter-tree.ts';
import { type Left, narrowNumbers, narrowStrings } from './narrow-scalar.ts';
import { mayHave, propertyOf } from './property-of.ts';
import { spellConstraint } from './spell.ts';
import { isNothing, keptType, limitedUnion, shownType } from './spelling.ts';

/** What holds for a whole payload. */
export interface Scope {
  readonly open: OpenType;
  readonly lookup: Lookup;
}

/** Where the walk through a payload stands: what the filter says there, and the schemas that apply. */
export interface Place {
  readonly node: FilterNode;
  readonly level: Level;
}

/** The values of a type that a filter lets through, when there is a value at all. */
interface Narrowed {
  /** To be intersected with the type itself. Never when none is left. */
  readonly type: TypeExpression;
  /** All of them are left. */
  readonly isSame: boolean;
}

/**
 * What a filter leaves of the alternatives of an object: for each one that it does not refuse, how the properties that it
 * speaks of are narrowed.
 */
export function narrowObjects(objects: readonly ObjectAlternative[], place: Place, scope: Scope): readonly Case[] {
  const fields = fieldsOf(place, scope);
  return casesOf(objects.map((object) => ({ object, outcomes: narrowObject(object.parts, fields, scope) })));
}

function narrowValue(type: TypeExpression, place: Place, scope: Scope): Narrowed {
  const all = scope.open(type);
  const objects = all.filter((one) => one.kind === 'object');
  const others = all.filter((one) => one.kind !== 'object');
  const kept = others.map((one) => leftOf(one, place.node));
  const isRefused = place.node.leaf?.mayBeAbsent === false;
  const cases = isRefused ? [] : narrowObjects(objects, place, scope);
  const areObjectsSame = constraintOf(cases, objects.length)?.length === 0 || objects.length === 0;
  if (areObjectsSame && kept.every((left) => left === 'all')) return { type, isSame: true };
  const types = others.map((one, index) => {
    const left = kept[index] ?? 'all';
    return left === 'all' ? keptType(one.type) : left;
  });
  const object = cases.length === 0 ? never : spellConstraint(cases, objects);
  return {
    type: limitedUnion(unionOf([...types.filter((one) => !isNothing(one)), object, ...types.filter(isNothing)])),
    isSame: false,
  };
}

/** What a filter leaves of values that are no objects. Of a list one element matched, and nobody knows which. */
function leftOf(alternative: Exclude<Alternative, ObjectAlternative>, { leaf, children }: FilterNode): Left {
  if (alternative.kind === 'list' || alternative.kind === 'unknown') return 'all';
  const below = [...children.values()];
  // To a filter that looks below them, scalars are nothing.
  if (!below.every((child) => child.mayBeAbsent)) return never;
  return leaf === null ? 'all' : scalarsOf(alternative, leaf);
}

function scalarsOf(alternative: Exclude<Alternative, ObjectAlternative>, { conditions, test }: Leaf): Left {
  switch (alternative.kind) {
    case 'literal':
      return test(alternative.value) ? 'all' : never;
    case 'string':
      return narrowStrings(conditions);
    case 'number':
      return narrowNumbers(conditions);
    case 'list':
    case 'unknown':
      return 'all';
    default:
      return alternative satisfies never;
  }
}

/** A property that the filter speaks of. */
interface Field extends Place {
  readonly name: string;
  /** Keys with dots by which an object may spell what the filter looks for below it. */
  readonly joinedKeys: readonly string[];
}

/** Left out are those that the schema describes in another spelling: the filter may have matched there. */
function fieldsOf({ node, level }: Place, { lookup }: Scope): readonly Field[] {
  const fields = [...node.children]
    .filter(([name]) => name !== '__proto__')
    .map(([name, child]) => ({
      name,
      node: child,
      level: levelBelow(level, name, lookup),
      joinedKeys: joinedKeys(name, child),
    }));
  return fields.filter((field) => !field.joinedKeys.some((key) => describesKey(level, key)));
}

/** Null when no object of these types can match. */
function narrowObject(
  parts: readonly ObjectTypeExpression[],
  fields: readonly Field[],
  scope: Scope,
): readonly Outcome[] | null {
  const outcomes: Outcome[] = [];
  for (const field of fields) {
    if (field.joinedKeys.some((key) => parts.some((part) => mayHave(part, key)))) continue;
    const outcome = narrowProperty(propertyOf(parts, field.name), field, scope);
    if (outcome === null) return null;
    outcomes.push(outcome);
  }
  return outcomes;
}

function narrowProperty(property: PropertyType, place: Place, scope: Scope): Outcome | null {
  const { type, isSame } = narrowValue(property.type, place, scope);
  const mayBeAbsent = !property.required && place.node.mayBeAbsent;
  const isEmpty = isNever(type);
  if (isEmpty && !mayBeAbsent) return null;
  return {
    property: { ...property, type: isSame ? shownType(type, scope.open) : type, required: !mayBeAbsent },
    isSame: isSame && property.required === !mayBeAbsent,
  };
}
