import { type Branch, compilePattern } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { MessageType } from '../model/event-model.ts';
import { listOf, quote } from '../model/wording.ts';
import { isImpossible } from './proofs.ts';
import type { Rule } from './rule.ts';
import { type FilteredSelection, filteredSelections, filterOrigin } from './selections.ts';
import { undeclaredFields } from './undeclared-field.ts';

/**
 * Reports filters that no valid event can match: an error when that is proven for every message of the operation, a
 * warning when only for some. What cannot be proven is left alone.
 */
export const filterReach: Rule = (model) => filteredSelections(model).flatMap(judge);

function judge(selection: FilteredSelection): readonly Diagnostic[] {
  const compiled = compilePattern(selection.filter);
  if (!compiled.ok || selection.messages.length === 0 || readsNothingDeclared(selection)) return [];
  const { branches } = compiled.pattern;
  const missed = selection.messages.filter(({ payload }) => branches.every((branch) => isImpossible(payload, branch)));
  if (missed.length === 0) return [];
  const names = listOf(missed.map(({ name }) => name));
  if (missed.length < selection.messages.length) {
    const message = `No valid ${names} can match this filter, so it is for the other messages only.`;
    return [report('filter-misses-message', filterOrigin(selection.operation, ''), message)];
  }
  const pointer = culprit(branches, missed);
  const origin = filterOrigin(selection.operation, pointer ?? '');
  const part = pointer === null ? 'this filter' : `the condition on ${quote(fieldOf(branches, pointer))}`;
  return [
    report('filter-never-matches', origin, `No valid ${names} can match ${part}: its payload allows no such value.`),
  ];
}

/** A field that no message declares is reported as such; that the filter then never matches is only its consequence. */
function readsNothingDeclared({ messages, filter }: FilteredSelection): boolean {
  return messages.every(({ payload }) => undeclaredFields(payload, filter).length > 0);
}

/** The one leaf that alone makes the filter impossible, if there is one. */
function culprit(branches: readonly Branch[], messages: readonly MessageType[]): string | null {
  const [only, ...others] = branches;
  if (only === undefined || others.length > 0) return null;
  const leaf = only.find((one) => messages.every(({ payload }) => isImpossible(payload, [one])));
  return leaf?.pointer ?? null;
}

function fieldOf(branches: readonly Branch[], pointer: string): string {
  return branches.flat().find((leaf) => leaf.pointer === pointer)?.path ?? pointer;
}
