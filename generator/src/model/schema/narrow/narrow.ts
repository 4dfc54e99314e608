import { compilePattern, type EventPattern } from '@eventloom/engine';
import type { MessageType } from '../../event-model.ts';
import type { TypeExpression } from '../../type-expression.ts';
import { lookupIn } from '../in-place.ts';
import { never } from '../types/expressions.ts';
import { typeOpener } from './alternatives.ts';
import { type Case, constraintOf, simplify, widen } from './cases.ts';
import { levelOf } from './described-keys.ts';
import { filterTree } from './filter-tree.ts';
import { narrowObjects } from './narrow-value.ts';
import { spellPayload } from './spell.ts';

/** Ways through the `$or` of all filters beyond which nothing narrows. */
const mostBranches = 200;

/** Alternatives of a narrowed type beyond which only what they have in common is said. */
const mostCases = 8;

/**
 * The type of a message's payloads that at least one of the filters lets through, in terms of the message's own types; null
 * when that is the payload's type as it is. Every valid payload that a filter matches has it; `never` when there is none.
 *
 * EventBridge looks into arrays, so a value that is an array has any elements besides the one that matched, and nothing
 * inside it narrows. It also takes a key with dots for nested fields: a field does not narrow where the schema describes
 * such a key in its stead. Keys with dots that nobody describes are left out of account.
 *
 * @param filters one for each way by which the message comes; null lets everything through.
 */
export function narrow(
  { types, payload }: Pick<MessageType, 'types' | 'payload'>,
  filters: readonly (EventPattern | null)[],
): TypeExpression | null {
  const compiled = filters.map((filter) => (filter === null ? null : compilePattern(filter)));
  const branches = compiled.map((result) => (result?.ok === true ? result.pattern.branches : null));
  const [root] = types;
  // A filter that is refused has its diagnostic.
  if (root === undefined || !branches.every((list) => list !== null) || branches.flat().length > mostBranches)
    return null;
  const whole: TypeExpression = { kind: 'reference', name: root.name };
  const open = typeOpener(new Map(types.map(({ name, type }) => [name, type])));
  const lookup = lookupIn(payload);
  const objects = open(whole).filter((one) => one.kind === 'object');
  if (objects.length < open(whole).length) return null;
  const level = levelOf([{ pointer: '', schema: payload }], lookup);
  const cases = fewCases(
    branches.flat().flatMap((branch) => narrowObjects(objects, { node: filterTree(branch), level }, { open, lookup })),
  );
  if (cases.length === 0) return never;
  return constraintOf(cases, objects.length)?.length === 0 ? null : spellPayload(cases, objects, whole);
}

function fewCases(all: readonly Case[]): readonly Case[] {
  const cases = simplify(all);
  return cases.length > mostCases ? [widen(cases)] : cases;
}
