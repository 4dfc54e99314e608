/** The literal pieces between the asterisks of a wildcard: `a*b` is `['a', 'b']`, `*` is `['', '']`. */
export type WildcardPieces = readonly string[];

/** Splits a wildcard at its asterisks; `\*` and `\\` stand for themselves. Returns a sentence when it is malformed. */
export function parseWildcard(text: string): WildcardPieces | string {
  const pieces = [''];
  for (let index = 0; index < text.length; index++) {
    let character = text.charAt(index);
    if (character === '*') {
      if (text[index + 1] === '*') return `two asterisks in a row at position ${index}; one stands for any text`;
      pieces.push('');
      continue;
    }
    if (character === '\\') {
      character = text.charAt(++index);
      if (character !== '*' && character !== '\\') {
        return `invalid escape at position ${index - 1}: a backslash is followed by "*" or by another backslash`;
      }
    }
    pieces[pieces.length - 1] += character;
  }
  return pieces;
}

/** Makes the test of a wildcard. It takes time linear in the length of the value, whatever the pieces. */
export function wildcardTest(pieces: WildcardPieces): (value: string) => boolean {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return (value) => value === first;
  const searches = pieces.slice(1, -1).map(substringSearch);
  return (value) => {
    const end = value.length - last.length;
    if (end < first.length || !value.startsWith(first) || !value.endsWith(last)) return false;
    let position = first.length;
    for (const search of searches) {
      position = search(value, position, end);
      if (position < 0) return false;
    }
    return true;
  };
}

/** Knuth, Morris and Pratt: finds the end of the first occurrence of `piece` within `[start, end)`, or -1. */
function substringSearch(piece: string): (value: string, start: number, end: number) => number {
  const borders = bordersOf(piece);
  return (value, start, end) => {
    let matched = 0;
    for (let index = start; index < end; index++) {
      while (matched > 0 && value[index] !== piece[matched]) matched = borders[matched - 1] ?? 0;
      if (value[index] === piece[matched]) matched++;
      if (matched === piece.length) return index + 1;
    }
    return -1;
  };
}

/** For each prefix of the piece, the length of its longest proper prefix that is also its suffix. */
function bordersOf(piece: string): readonly number[] {
  const borders = [0];
  let length = 0;
  for (let index = 1; index < piece.length; index++) {
    while (length > 0 && piece[index] !== piece[length]) length = borders[length - 1] ?? 0;
    if (piece[index] === piece[length]) length++;
    borders.push(length);
  }
  return borders;
}
