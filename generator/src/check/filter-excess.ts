import type { Branch, Leaf } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { quote } from '../model/wording.ts';
import { alternativesOf, valueAt } from './filter-leaves.ts';
import { type Alternative, leafPartsOf, orsOf } from './filter-parts.ts';
import { smallestNever, whyContradictory } from './filter-reach.ts';
import { type FilterSubject, isNever } from './filter-subject.ts';
import { whyNever } from './filter-words.ts';
import { neverMatches } from './proofs/proofs.ts';
import { filterOrigin } from './selections.ts';

/**
 * Reports alternatives that no valid event can match beside others that some may: of a condition, and of a `$or`. They
 * do no harm, and are a mistake all the same.
 */
export function filterExcess(subject: FilterSubject): readonly Diagnostic[] {
  if (subject.reached.length === 0 || subject.readsUndeclared || subject.replaces) return [];
  const told = new Set<Leaf>();
  const dead = orsOf(subject.parts)
    .flatMap(({ alternatives }) => alternatives)
    .flatMap((alternative): readonly Diagnostic[] => {
      const own = new Set(leafPartsOf(alternative.parts).flatMap(({ leaf }) => leaf ?? []));
      const branches = subject.pattern.branches.filter((branch) => branch.some((leaf) => own.has(leaf)));
      if ([...own].some((leaf) => told.has(leaf)) || !isDead(subject, branches)) return [];
      for (const leaf of own) told.add(leaf);
      return [deadBranch(subject, alternative, branches)];
    });
  return [
    ...dead,
    ...subject.leaves.filter((leaf) => !told.has(leaf)).flatMap((leaf) => deadAlternatives(subject, leaf)),
  ];
}

function isDead({ reached }: FilterSubject, branches: readonly Branch[]): boolean {
  return reached.every(({ space }) => isNever(space, branches));
}

function deadBranch(subject: FilterSubject, alternative: Alternative, branches: readonly Branch[]): Diagnostic {
  const { reached, selection } = subject;
  const leaves = leafPartsOf(alternative.parts).flatMap(({ leaf }) => leaf ?? []);
  const culprit = leaves.find((leaf) => isDead(subject, [[leaf]]));
  const [first = []] = branches;
  const { message, help } =
    culprit === undefined
      ? whyContradictory(
          smallestNever(
            first,
            reached.map(({ space }) => space),
          ),
          reached,
        )
      : whyNever(culprit, reached);
  const origin = filterOrigin(selection.operation, culprit?.pointer ?? alternative.pointer);
  const text = `This alternative of \`$or\` never matches. ${message}`;
  return report('filter-dead-alternative', origin, text, help || undefined);
}

function deadAlternatives({ reached, selection }: FilterSubject, leaf: Leaf): readonly Diagnostic[] {
  const written = valueAt(selection.filter, leaf.pointer);
  if (!Array.isArray(written) || written.length < 2) return [];
  const dead = alternativesOf(leaf, written).filter((alternative) =>
    reached.every(({ space }) => neverMatches(space, [alternative])),
  );
  return dead.map((alternative) => {
    const { message, help } = whyNever(alternative, reached);
    const origin = filterOrigin(selection.operation, alternative.pointer);
    return report(
      'filter-dead-alternative',
      origin,
      message,
      help || `Remove it from the alternatives of ${quote(leaf.path)}.`,
    );
  });
}
