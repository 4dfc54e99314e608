import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { referenceOriginOf } from './location.ts';
import type { FileReference } from './references.ts';

/** One diagnostic for each circle of files, at the reference that closes it when files are read from the spec on. */
export function fileCycles(spec: string, references: readonly FileReference[]): readonly Diagnostic[] {
  const outgoing = byFile(firstOfEachPair(references));
  const diagnostics: Diagnostic[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly FileReference[]): void => {
    for (const reference of outgoing.get(file) ?? []) {
      const start = path.findIndex(({ from }) => from === reference.to);
      if (start !== -1) diagnostics.push(describe([...path.slice(start), reference]));
      else if (reference.to !== file && !done.has(reference.to)) visit(reference.to, [...path, reference]);
    }
    done.add(file);
  };
  visit(spec, []);
  return diagnostics;
}

function byFile(references: readonly FileReference[]): Map<string, FileReference[]> {
  const groups = new Map<string, FileReference[]>();
  for (const reference of references) groups.set(reference.from, [...(groups.get(reference.from) ?? []), reference]);
  return groups;
}

function firstOfEachPair(references: readonly FileReference[]): readonly FileReference[] {
  const pairs = new Map<string, FileReference>();
  for (const reference of references) {
    const pair = JSON.stringify([reference.from, reference.to]);
    if (!pairs.has(pair)) pairs.set(pair, reference);
  }
  return [...pairs.values()];
}

function describe(circle: readonly FileReference[]): Diagnostic {
  const files = circle.map(({ from }) => from);
  const message = `These files refer to each other in a circle: ${[...files, files[0]].join(' → ')}.`;
  const closing = circle[circle.length - 1] as FileReference;
  const related = circle.slice(0, -1).map(({ from, to, location }) => ({
    message: `${from} refers to ${to} here.`,
    origin: referenceOriginOf(location),
  }));
  return report('file-cycle', referenceOriginOf(closing.location), message, undefined, related);
}
