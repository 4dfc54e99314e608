import { type Branch, describeConditions, type Leaf } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { quote } from '../model/wording.ts';
import { smallestNever } from './filter-reach.ts';
import { type FilterSubject, isNever } from './filter-subject.ts';
import { namesOf } from './filter-words.ts';
import { listedAt, oneOf } from './proofs/allowed-values.ts';
import { anything } from './proofs/literal.ts';
import { neverHas } from './proofs/proofs.ts';
import type { Space } from './proofs/space.ts';
import { filterOrigin } from './selections.ts';

/**
 * Reports fields that only such variants of a payload declare as other conditions exclude. Like {@link undeclaredField}
 * it looks at what is declared: an open variant allows the field, and nobody will send it.
 */
export function misplacedField(subject: FilterSubject): readonly Diagnostic[] {
  const { pattern, messages, reached, readsUndeclared } = subject;
  if (reached.length < messages.length || readsUndeclared || pattern.branches.length > maximumBranches) return [];
  const spaces = closedSpaces(subject);
  if (spaces.length < messages.length) return [];
  const found = pattern.branches.flatMap((branch) => {
    if (branch.length < 2 || !spaces.every((space) => isNever(space, [branch]))) return [];
    const smallest = smallestNever(branch, spaces);
    return smallest.filter((leaf) => isMissingBeside(leaf, smallest, spaces)).map((leaf) => ({ leaf, smallest }));
  });
  const distinct = new Map(found.map((one) => [one.leaf, one]));
  return [...distinct.values()].map(({ leaf, smallest }) => misplaced(subject, leaf, smallest));
}

const maximumBranches = 64;

function closedSpaces({ messages }: FilterSubject): readonly Space[] {
  return messages.flatMap(({ closed }) => closed ?? []);
}

/** Tells whether a field cannot be there, whatever its value, where the other leaves are met. */
function isMissingBeside({ path }: Leaf, branch: Branch, spaces: readonly Space[]): boolean {
  const others = branch.filter((other) => other.path !== path);
  return others.length > 0 && spaces.every((space) => neverHas(space, path, anything, others));
}

function misplaced(subject: FilterSubject, leaf: Leaf, branch: Branch): Diagnostic {
  const { selection, messages } = subject;
  const others = branch.filter((other) => other !== leaf);
  const where = others
    .map(({ path, conditions }) => `${quote(path)} is ${describeConditions(conditions)}`)
    .join(' and ');
  const message = `Where ${where}, the payload of ${namesOf(messages)} declares no field ${quote(leaf.path)}.`;
  const related = others.map(({ pointer, path }) => ({
    message: `the condition on ${quote(path)}`,
    origin: filterOrigin(selection.operation, pointer),
  }));
  const help = others.flatMap((other) => elsewhere(leaf, other, closedSpaces(subject))).join(' ');
  const origin = filterOrigin(selection.operation, leaf.pointer);
  return report('undeclared-field', origin, message, help || undefined, related);
}

/** The values of another field where this one is declared. */
function elsewhere(leaf: Leaf, { path }: Leaf, spaces: readonly Space[]): readonly string[] {
  const lists = spaces.map((space) => listedAt(space, path, [leaf]));
  const values = [...new Set(lists.flatMap((list) => list ?? []))];
  return lists.includes(null) || values.length === 0
    ? []
    : [`It is declared where ${quote(path)} is ${oneOf(values)}.`];
}
