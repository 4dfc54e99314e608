import { wordsIn } from './words.ts';

/** A piece of a text. */
export interface Piece {
  readonly text: string;
  /** It is what was looked for. */
  readonly isHit: boolean;
}

/** Parts a text where words that were typed stand in it. The pieces together are the text. */
export function marked(text: string, typed: string): readonly Piece[] {
  const sought = [...new Set([...typed.split(/\s+/), ...wordsIn(typed).flatMap(({ parts }) => parts)])];
  const words = sought.filter((word) => word.length > 1).sort((a, b) => b.length - a.length);
  if (words.length === 0) return text === '' ? [] : [{ text, isHit: false }];
  const pattern = new RegExp(`(${words.map(escaped).join('|')})`, 'giu');
  return text
    .split(pattern)
    .map((piece, index) => ({ text: piece, isHit: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
