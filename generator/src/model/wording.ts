import { suggest } from '@eventloom/engine';

/** Returns spec text as messages show it. */
export function quote(text: string): string {
  return `\`${text}\``;
}

/** Returns quoted words as a list: "`a`, `b` and `c`". */
export function listOf(words: readonly string[]): string {
  const quoted = words.map(quote);
  const last = quoted.pop();
  if (last === undefined) return 'none';
  return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`;
}

/** Returns "Did you mean `x`?" for the candidate nearest to a word, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = suggest(word, candidates);
  return nearest === null || nearest === undefined ? '' : `Did you mean ${quote(nearest)}?`;
}

/** Returns "Did you mean …?", or else what there is to choose from. */
export function didYouMeanOrList(word: string, candidates: readonly string[], title: string): string {
  if (candidates.length === 0) return '';
  const known = candidates.length > 12 ? [...candidates.slice(0, 12), '…'] : candidates;
  return didYouMean(word, candidates) || `${title}: ${listOf(known)}.`;
}
