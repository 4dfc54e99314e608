import type { Leaf } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { branchesOfParts, orsOf } from './filter-parts.ts';
import { type FilterSubject, readsAttributes } from './filter-subject.ts';
import { namesOf, whyAlways } from './filter-words.ts';
import { addsNothing, alwaysMatches, orAddsNothing } from './proofs/proofs.ts';
import { type FilteredSelection, filterOrigin } from './selections.ts';

/**
 * Reports filters that every valid event matches, and conditions that add nothing to the others. A filter of a
 * point-to-point queue is spared: there it must match every valid event.
 */
export function filterAlways(subject: FilterSubject): readonly Diagnostic[] {
  const { pattern, reached, readsUndeclared, replaces, selection } = subject;
  const isUnclear = reached.length === 0 || readsUndeclared || replaces || pattern.branches.length > maximumBranches;
  return isUnclear || isSpared(selection) ? [] : judge(subject);
}

/** Branches of a filter beyond which it is not looked at. */
const maximumBranches = 64;

function isSpared(selection: FilteredSelection): boolean {
  return readsAttributes(selection) || (selection.route.kind === 'sqs' && !selection.operation.deletesUnmatched);
}

function judge(subject: FilterSubject): readonly Diagnostic[] {
  const { pattern, reached, selection, leaves, parts } = subject;
  const { branches } = pattern;
  const isWhole = reached.length === selection.messages.length;
  if (isWhole && reached.every(({ space }) => alwaysMatches(space, branches))) return [whole(subject)];

  const ors = orsOf(parts).filter((or) => {
    const own = branchesOfParts([or]);
    return reached.every(({ space }) => orAddsNothing(space, own, branches));
  });
  const inside = new Set(ors.flatMap((or) => branchesOfParts([or]).flat()));
  const idle = leaves.filter((leaf) => !inside.has(leaf) && isIdle(subject, leaf));
  return [
    ...ors.map(({ pointer }) =>
      told(subject, pointer, `Every valid ${namesOf(reached)} meets this \`$or\`, so it excludes nothing.`),
    ),
    ...idle.map((leaf) => told(subject, leaf.pointer, whyAlways(leaf, reached))),
  ];
}

function isIdle({ pattern, reached }: FilterSubject, leaf: Leaf): boolean {
  const branches = pattern.branches.filter((branch) => branch.includes(leaf));
  return reached.every(({ space }) => branches.every((branch) => addsNothing(space, leaf, branch)));
}

function whole({ selection, reached, leaves }: FilterSubject): Diagnostic {
  const [leaf, ...others] = leaves;
  const isSingle = leaf !== undefined && others.length === 0;
  const reason = isSingle ? ` ${whyAlways(leaf, reached)}` : '';
  const message = `Every valid ${namesOf(reached)} matches this filter.${reason}`;
  const origin = filterOrigin(selection.operation, isSingle ? leaf.pointer : '');
  return report('filter-always-matches', origin, message, 'Remove the filter, or compare with fewer values.');
}

function told({ selection }: FilterSubject, pointer: string, message: string): Diagnostic {
  return report('filter-always-matches', filterOrigin(selection.operation, pointer), message);
}
