/**
 * The name nearest to `name` among `candidates` by edit distance, or undefined when none is near: within two edits,
 * or a third of the longer name's length. Of equally near names the first by code unit wins. A name of one or two
 * characters has no neighbours but in another case.
 */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = nearness(name, candidate, bestDistance);
    if (distance < bestDistance || (distance === bestDistance && best !== undefined && candidate < best)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return bestDistance === Number.POSITIVE_INFINITY ? undefined : best;
}

/** `Did you mean "x"?` for the nearest of `candidates`, else an empty string. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const nearest = suggest(name, candidates);
  return nearest === undefined ? '' : `Did you mean ${JSON.stringify(nearest)}?`;
}

function nearness(name: string, candidate: string, best: number): number {
  if (name === candidate) return 0;
  if (name.toLowerCase() === candidate.toLowerCase()) return 0.5;
  const shorter = Math.min(name.length, candidate.length);
  const longer = Math.max(name.length, candidate.length);
  const allowed = shorter <= 2 ? 0 : Math.max(2, Math.floor(longer / 3));
  const limit = Math.min(allowed, best, shorter - 1);
  if (longer - shorter > limit) return Number.POSITIVE_INFINITY;
  const distance = editDistance(name, candidate);
  return distance <= limit ? distance : Number.POSITIVE_INFINITY;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`, each counting one. */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
          ? (beforePrevious[column - 2] ?? 0) + 1
          : replaced;
      const deleted = (previous[column] ?? 0) + 1;
      const inserted = (current[column - 1] ?? 0) + 1;
      current.push(Math.min(replaced, swapped, deleted, inserted));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? a.length;
}
