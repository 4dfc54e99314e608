import { compilePattern } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { listOf } from '../model/wording.ts';
import { isNever, type SpacesOf, spacesOfMessages } from './filter-subject.ts';
import { alwaysMatches } from './proofs/proofs.ts';
import type { Rule } from './rule.ts';
import { type FilteredSelection, filteredSelections, filterOrigin } from './selections.ts';

/** Reports filters of point-to-point queues that may delete messages, unless the spec says that they may. */
export const queueFilter: Rule = (model) => {
  const spacesOf = spacesOfMessages();
  return filteredSelections(model)
    .filter(({ route, operation }) => route.kind === 'sqs' && !operation.deletesUnmatched)
    .flatMap((selection) => judge(selection, spacesOf));
};

function judge({ filter, messages, operation }: FilteredSelection, spacesOf: SpacesOf): readonly Diagnostic[] {
  const compiled = compilePattern(filter);
  if (!compiled.ok) return [];
  const { branches } = compiled.pattern;
  const unproven = messages.filter((message) => !alwaysMatches(spacesOf(message).space, branches));
  // That a filter matches nothing is told as such.
  if (unproven.length === 0 || messages.every((message) => isNever(spacesOf(message).space, branches))) return [];
  const names = listOf(unproven.map(({ name }) => name));
  const message = `Lambda deletes what this filter does not match, and no other consumer gets it; that every valid ${names} matches is not proven.`;
  return [report('queue-filter-deletes', filterOrigin(operation, ''), message)];
}
