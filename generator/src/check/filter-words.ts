import { describeConditions, type Leaf } from '@eventloom/engine';
import type { JsonSchema } from '../model/event-model.ts';
import { declaredAt, declaredNames, schemasInPlace } from '../model/payload-facts.ts';
import { listOf, quote } from '../model/wording.ts';
import { adviceOn } from './filter-advice.ts';
import type { Received } from './filter-subject.ts';
import { wordsAt } from './proofs/allowed-values.ts';
import { anything } from './proofs/literal.ts';
import { neverHas, neverMatches } from './proofs/proofs.ts';

/** What is wrong with a condition, and what to do about it. */
export interface Explanation {
  readonly message: string;
  readonly help: string;
}

/** Explains why no payload of some messages meets a leaf. */
export function whyNever(leaf: Leaf, messages: readonly Received[]): Explanation {
  const { path, conditions } = leaf;
  const subject = `${quote(path)} of ${namesOf(messages)}`;
  const spaces = messages.map(({ space }) => space);
  const wanted = describeConditions(conditions);
  if (spaces.every((space) => neverHas(space, path, anything))) return whyNothingThere(leaf, messages);
  const help = adviceOn({ spaces, path }, conditions);
  if (leaf.mayBeAbsent && conditions.length === 1)
    return { message: `${subject} is always there, and the filter wants it absent.`, help };
  const [words, ...others] = new Set(spaces.map((space) => wordsAt(space, path)));
  const known = others.length === 0 && words !== null && words !== undefined ? words : null;
  if (known === null) return { message: `No valid ${namesOf(messages)} has a ${quote(path)} that is ${wanted}.`, help };
  return { message: `${subject} is ${known}; it never is ${wanted}.`, help };
}

/** An object, or a field that must not be there: a filter finds no value. */
function whyNothingThere({ path }: Leaf, messages: readonly Received[]): Explanation {
  const fields = [...new Set(messages.flatMap(({ space }) => fieldsOf(space.root, path)))].sort();
  const subject = `${quote(path)} of ${namesOf(messages)}`;
  if (fields.length === 0) {
    const message = `${subject} holds no value that a filter could compare.`;
    return {
      message,
      help: 'A filter compares strings, numbers, true, false and null, and looks into lists of these.',
    };
  }
  const isList = messages.some(({ space }) => hasItems(space.root, path));
  const what = isList ? 'a list of objects' : 'an object';
  const message = `${subject} is ${what}: a filter compares values of its fields, and there is none in the object itself, not even for \`exists\`.`;
  const shown = fields.length > 12 ? [...fields.slice(0, 12), '…'] : fields;
  return {
    message,
    help: `Name a field of it, as in \`${path}: { ${fields[0]}: […] }\`. Declared there: ${listOf(shown)}.`,
  };
}

function hasItems(schema: JsonSchema, path: string): boolean {
  const parts = declaredAt(schema, path.split('.')).flatMap((part) => schemasInPlace(schema, part));
  return parts.some((part) => Object.hasOwn(part, 'items'));
}

function fieldsOf(schema: JsonSchema, path: string): readonly string[] {
  return declaredNames(declaredAt(schema, path.split('.')).flatMap((part) => schemasInPlace(schema, part)));
}

/** Explains why every payload of some messages meets a leaf. */
export function whyAlways(leaf: Leaf, messages: readonly Received[]): string {
  const { path, conditions } = leaf;
  const subject = `${quote(path)} of ${namesOf(messages)}`;
  const spaces = messages.map(({ space }) => space);
  if (spaces.every((space) => neverHas(space, path, anything))) {
    return `${subject} holds no value that a filter could compare, so it always counts as absent.`;
  }
  const [words, ...others] = new Set(spaces.map((space) => wordsAt(space, path)));
  const isAlwaysThere = spaces.every((space) => neverMatches(space, [absent(leaf)]));
  const presence = isAlwaysThere ? 'always there' : 'there or not';
  if (conditions.some((condition) => condition.kind === 'exists' && condition.wanted) && isAlwaysThere) {
    return `${subject} is always there, so this condition always holds.`;
  }
  const known = others.length === 0 && typeof words === 'string' ? ` and is ${words}` : '';
  return `${subject} is ${presence}${isAlwaysThere ? known : ''}, so it always is ${describeConditions(conditions)}.`;
}

function absent(leaf: Leaf): Leaf {
  return {
    ...leaf,
    conditions: [{ kind: 'exists', wanted: false, needsContent: false }],
    test: () => false,
    mayBeAbsent: true,
  };
}

/** Names of messages as a list. */
export function namesOf(messages: readonly Received[]): string {
  return listOf(messages.map(({ name }) => name));
}
