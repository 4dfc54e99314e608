import { type Branch, describeConditions, type Leaf } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { quote } from '../model/wording.ts';
import { type FilterSubject, isNever, type Received } from './filter-subject.ts';
import { namesOf, whyNever } from './filter-words.ts';
import { listedAt, oneOf } from './proofs/allowed-values.ts';
import { neverMatches } from './proofs/proofs.ts';
import type { Space } from './proofs/space.ts';
import { filterOrigin } from './selections.ts';

/**
 * Reports filters that no valid event can match: an error when that is proven for every message of the operation, a
 * warning when only for some. What cannot be proven is left alone.
 */
export function filterReach(subject: FilterSubject): readonly Diagnostic[] {
  return subject.reached.length > 0 ? misses(subject) : never(subject);
}

function misses({ messages, reached, leaves, selection }: FilterSubject): readonly Diagnostic[] {
  const missed = messages.filter((message) => !reached.includes(message) && !message.isToldToMiss);
  if (missed.length === 0) return [];
  const culprit = leaves.find((leaf) => isDead(leaf, missed));
  const reason = culprit === undefined ? '' : ` ${whyNever(culprit, missed).message}`;
  const message = `No valid ${namesOf(missed)} can match this filter, so it is for the other messages only.${reason}`;
  return [report('filter-misses-message', filterOrigin(selection.operation, ''), message)];
}

/** Each leaf that alone is to blame is told; where none is, the leaves that contradict each other are. */
function never(subject: FilterSubject): readonly Diagnostic[] {
  const { pattern, leaves, messages } = subject;
  const dead = new Set(leaves.filter((leaf) => isDead(leaf, messages)));
  const fatal = [...dead].filter((leaf) => pattern.branches.every((branch) => branch.includes(leaf)));
  if (fatal.length > 0) return fatal.map((leaf) => deadLeaf(subject, leaf));
  if (subject.readsUndeclared) return [];
  const contradictions = pattern.branches
    .filter((branch) => !branch.some((leaf) => dead.has(leaf)))
    .map((branch) =>
      smallestNever(
        branch,
        messages.map(({ space }) => space),
      ),
    );
  const distinct = new Map(contradictions.map((branch) => [branch.map(({ pointer }) => pointer).join(' '), branch]));
  return [
    ...[...dead].map((leaf) => deadLeaf(subject, leaf)),
    ...[...distinct.values()].map((branch) => contradiction(subject, branch)),
  ];
}

function deadLeaf({ messages, selection }: FilterSubject, leaf: Leaf): Diagnostic {
  const { message, help } = whyNever(leaf, messages);
  return report('filter-never-matches', filterOrigin(selection.operation, leaf.pointer), message, help || undefined);
}

function isDead(leaf: Leaf, messages: readonly Received[]): boolean {
  return messages.every(({ space }) => neverMatches(space, [leaf]));
}

/** Leaves of a branch that contradict each other in all spaces, none of which could be left out. */
export function smallestNever(branch: Branch, spaces: readonly Space[]): Branch {
  return branch.reduce<Branch>((kept, leaf) => {
    const fewer = kept.filter((other) => other !== leaf);
    return spaces.every((space) => isNever(space, [fewer])) ? fewer : kept;
  }, branch);
}

function contradiction({ messages, selection }: FilterSubject, branch: Branch): Diagnostic {
  const { operation } = selection;
  const { message, help } = whyContradictory(branch, messages);
  const [first, ...others] = branch;
  const related = others.map(({ pointer, path }) => ({
    message: `the condition on ${quote(path)}`,
    origin: filterOrigin(operation, pointer),
  }));
  return report('filter-never-matches', filterOrigin(operation, first?.pointer ?? ''), message, help, related);
}

/** Explains why no payload meets some leaves together. */
export function whyContradictory(branch: Branch, messages: readonly Received[]): { message: string; help: string } {
  const wanted = branch.map(({ path, conditions }) => `${quote(path)} (${describeConditions(conditions)})`);
  const last = wanted.pop() ?? '';
  const together = wanted.length === 0 ? last : `${wanted.join(', ')} and ${last}`;
  const message = `No valid ${namesOf(messages)} meets the conditions on ${together} at once.`;
  return {
    message,
    help: [...branch.flatMap((leaf) => valuesBeside(leaf, branch, messages)), remedy].slice(-2).join(' '),
  };
}

const remedy = 'Change one of them, or write them as alternatives: `$or: [{ … }, { … }]`.';

/** The values that a field has where the other leaves are met, when they are listed. */
function valuesBeside(leaf: Leaf, branch: Branch, messages: readonly Received[]): readonly string[] {
  const others = branch.filter((other) => other !== leaf);
  const lists = messages.map(({ space }) => listedAt(space, leaf.path, others));
  if (lists.some((list) => list === null)) return [];
  const values = [...new Set(lists.flatMap((list) => list ?? []))];
  if (values.length === 0) return [];
  const beside = others.map(({ path }) => quote(path)).join(' and ');
  return [`Where ${beside} matches, ${quote(leaf.path)} is ${oneOf(values)}.`];
}
