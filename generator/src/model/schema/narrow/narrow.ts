import { type Branch, compilePattern, type EventPattern } from '@eventloom/engine';
import type { MessageType } from '../../event-model.ts';
import type { TypeExpression } from '../../type-expression.ts';
import { lookupIn } from '../in-place.ts';
import { never } from '../types/expressions.ts';
import { typeOpener } from './alternatives.ts';
import { type Case, simplify, widen } from './cases.ts';
import { levelOf } from './described-keys.ts';
import { filterTree } from './filter-tree.ts';
import { narrowObjects } from './narrow-value.ts';
import { spellPayload } from './spell.ts';

/** Ways through the `$or` of all filters, times alternatives of the payload, beyond which nothing narrows. */
const mostTried = 5000;

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
  const branches = branchesOf(filters);
  const [root] = types;
  if (root === undefined || branches === null) return null;
  const whole: TypeExpression = { kind: 'reference', name: root.name };
  const open = typeOpener(new Map(types.map(({ name, type }) => [name, type])));
  const lookup = lookupIn(payload);
  const objects = open(whole).filter((one) => one.kind === 'object');
  if (objects.length < open(whole).length || objects.length * branches.length > mostTried) return null;
  const level = levelOf([{ pointer: '', schema: payload }], lookup);
  const cases = fewCases(
    branches.flatMap((branch) => narrowObjects(objects, { node: filterTree(branch), level }, { open, lookup })),
  );
  if (cases.length === 0) return never;
  const type = spellPayload(cases, objects, whole);
  return type.kind === 'reference' && type.name === root.name ? null : type;
}

/** All ways through the filters; null when one lets everything through. One that is refused has its diagnostic. */
function branchesOf(filters: readonly (EventPattern | null)[]): readonly Branch[] | null {
  const each = filters.map((filter) => (filter === null ? null : compilePattern(filter)));
  const found = each.flatMap((result) => (result?.ok === true ? [result.pattern.branches] : []));
  return found.length < each.length ? null : found.flat();
}

function fewCases(all: readonly Case[]): readonly Case[] {
  const cases = simplify(all);
  return cases.length > mostCases ? [widen(cases)] : cases;
}
