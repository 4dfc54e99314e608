import { anyChar, type CharSet, charsOf, complement, range, unite } from './char-set.ts';
import { match, type Reader, take } from './regex-reader.ts';

const digits = range('0', '9');
const wordChars = unite([digits, range('a', 'z'), range('A', 'Z'), charsOf('_')]);
const spaces = charsOf(
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff',
);

const escapedSets: Readonly<Record<string, CharSet>> = {
  d: digits,
  D: complement(digits),
  w: wordChars,
  W: complement(wordChars),
  s: spaces,
  S: complement(spaces),
};

const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', v: '\v', f: '\f', r: '\r', '0': '\0' };

/** Reads a class after its `[`: at least the characters in it. Marks the reader as failed when it is not understood. */
export function readClass(reader: Reader): CharSet {
  const isNegated = take(reader, '^');
  const start = reader.position;
  const sets: CharSet[] = [];
  while (!reader.failed && !take(reader, ']')) {
    const from = readMember(reader);
    const isRange = match(reader, /-(?!\])/) !== null;
    const to = isRange ? readMember(reader) : from;
    sets.push(isRange ? between(from, to, reader) : from);
  }
  if (!isNegated) return unite(sets);
  // What is left out must be known exactly.
  const isExact = !reader.flags.ignoreCase && !/\\[pP]/.test(reader.source.slice(start, reader.position));
  return isExact ? complement(unite(sets)) : anyChar;
}

/** Reads what stands for a character or a set of them after a backslash; null when it is not understood. */
export function escapedSet(reader: Reader): CharSet | null {
  const hex = match(reader, /x([\da-fA-F]{2})|u\{([\da-fA-F]{1,6})\}/);
  if (hex !== null) return single(Number.parseInt(hex[1] ?? hex[2] ?? '', 16));
  if (match(reader, /u[dD][89abAB][\da-fA-F]{2}\\u/) !== null) return null;
  const unit = match(reader, /u([\da-fA-F]{4})/);
  if (unit !== null) return single(Number.parseInt(unit[1] ?? '', 16));
  const letter = match(reader, /[dDwWsS]/)?.[0];
  if (letter !== undefined) return escapedSets[letter] ?? null;
  const control = match(reader, /[tnvfr]|0(?!\d)/)?.[0];
  if (control !== undefined) return charsOf(controls[control] ?? '');
  const syntax = match(reader, /[\^$\\.*+?()[\]{}|/-]/)?.[0];
  return syntax === undefined ? null : charsOf(syntax);
}

function readMember(reader: Reader): CharSet {
  if (match(reader, /\\b/) !== null) return charsOf('\b');
  const property = match(reader, /\\[pP]\{[^}]*\}/) !== null;
  if (property) return anyChar;
  const set = take(reader, '\\') ? escapedSet(reader) : readChar(reader);
  if (set === null) reader.failed = true;
  return set ?? [];
}

function readChar(reader: Reader): CharSet | null {
  const code = reader.source.codePointAt(reader.position);
  if (code === undefined) return null;
  reader.position += code > 0xffff ? 2 : 1;
  return single(code);
}

function between(from: CharSet, to: CharSet, reader: Reader): CharSet {
  const [first] = from;
  const [last] = to;
  const isSimple = first?.[0] === first?.[1] && last?.[0] === last?.[1];
  if (first === undefined || last === undefined || !isSimple || first[0] > last[0]) {
    reader.failed = true;
    return [];
  }
  return [[first[0], last[0]]];
}

function single(code: number): CharSet {
  return [[code, code]];
}
