import type { Diagnostic } from './diagnostic.ts';

/** Each diagnostic once: of those with one code, place and message the first stays, in the given order. */
export function deduplicate(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, origin, message }) => {
    const key = JSON.stringify([code, origin.file, origin.line, origin.column, message]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
