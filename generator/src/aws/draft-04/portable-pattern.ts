/** A regular expression for engines that know only ECMAScript 5, without the flag `u`. */
export interface PortablePattern {
  readonly pattern: string;
  /** False when it may match a text that the expression does not; it never misses one. */
  readonly exact: boolean;
}

/**
 * Spells a regular expression as draft-07 has it (with the flag `u`, as Ajv compiles it) for older engines, to which a
 * character beyond the basic plane is two. Null when it says something that they do not know.
 */
export function portablePattern(pattern: string): PortablePattern | null {
  const pieces = [...pattern.matchAll(piece)].map(([text]) => text);
  if (isBeyondPlane.test(pattern) || pieces.some((_, index) => isModern(pieces, index))) return null;
  const wide = pieces.filter(isWide).length;
  if (wide === 0) return { pattern, exact: true };
  if (pieces.some((_, index) => isGroup(pieces, index, '!'))) return null;
  const isRepeated = (index: number): boolean => /^[*+]/.test(pieces[index + 1] ?? '');
  return {
    pattern: pieces.map((text, index) => (isWide(text) && !isRepeated(index) ? widened(text) : text)).join(''),
    exact: wide === 1 && pieces.every((text, index) => !isWide(text) || isRepeated(index)),
  };
}

const isBeyondPlane = /[\u{10000}-\u{10FFFF}]|\p{Surrogate}/u;

/** `\p{…}`, `\u{…}`, halves of pairs, look-behind, names and modifiers of groups. */
function isModern(pieces: readonly string[], index: number): boolean {
  const text = pieces[index] ?? '';
  if (text.startsWith('[')) return /\\(?:[pP]|u\{|u[dD][89a-fA-F])/.test(text);
  return (
    /^\\(?:[pPku]$|u[dD][89a-fA-F])/.test(text) ||
    (isGroup(pieces, index) && ![':', '=', '!'].some((kind) => isGroup(pieces, index, kind)))
  );
}

/** Tells whether a special group begins at a piece: any, or one of a kind. */
function isGroup(pieces: readonly string[], index: number, kind?: string): boolean {
  return pieces[index] === '(' && pieces[index + 1] === '?' && (kind === undefined || pieces[index + 2] === kind);
}

/** An escape, a class, or one character. */
const piece = /\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|.)|\[(?:\\.|[^\]\\])*\]|./gs;

/** Tells whether a piece may match a character that is two to older engines. */
function isWide(text: string): boolean {
  return (
    text === '.' || /^\\[SDW]$/.test(text) || text.startsWith('[^') || (text.startsWith('[') && /\\[SDW]/.test(text))
  );
}

/** Both halves at once, or what it is to older engines. */
function widened(text: string): string {
  return `(?:[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|${text})`;
}
