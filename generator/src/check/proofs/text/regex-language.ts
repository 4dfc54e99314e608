import { anyChar, type CharSet, charsOf, complement } from './char-set.ts';
import { anyText, choice, emptyText, type Language, repeat, sequence } from './language.ts';
import { foldCase, isSingleUnits } from './regex-case.ts';
import { escapedSet, readClass } from './regex-class.ts';
import { isAt, match, type Reader, type RegexFlags, take } from './regex-reader.ts';

/**
 * The texts in which a regular expression finds something, or more than those: what it says about the surroundings of
 * a place (`\b`, lookaheads, anchors inside of groups) is left out. Null when it is not understood.
 */
export function regexLanguage(
  source: string,
  flags: RegexFlags = { ignoreCase: false, unicode: true },
): Language | null {
  const reader: Reader = { source, position: 0, depth: 0, flags, failed: false };
  const alternatives = readAlternatives(reader).map(({ parts, isStart, isEnd }) =>
    sequence([isStart ? emptyText : anyText, ...parts, isEnd ? emptyText : anyText]),
  );
  return reader.failed || reader.position < source.length ? null : choice(alternatives);
}

interface Alternative {
  readonly parts: readonly Language[];
  readonly isStart: boolean;
  readonly isEnd: boolean;
}

const maximumDepth = 60;

const notLineEnds = complement(charsOf('\n\r\u2028\u2029'));

function readAlternatives(reader: Reader): readonly Alternative[] {
  if (++reader.depth > maximumDepth) reader.failed = true;
  const alternatives = [readSequence(reader)];
  while (!reader.failed && take(reader, '|')) alternatives.push(readSequence(reader));
  reader.depth--;
  return alternatives;
}

function readSequence(reader: Reader): Alternative {
  const parts: Language[] = [];
  const isStart = take(reader, '^');
  let isEnd = false;
  while (!reader.failed && !isAt(reader, '|') && !isAt(reader, ')') && reader.position < reader.source.length) {
    isEnd = take(reader, '$');
    if (!isEnd) parts.push(readQuantified(reader));
  }
  return { parts, isStart, isEnd };
}

function readQuantified(reader: Reader): Language {
  const atom = readAtom(reader);
  const counts = readQuantifier(reader);
  if (counts === null) return atom;
  take(reader, '?');
  return repeat(atom, counts[0], counts[1]);
}

function readQuantifier(reader: Reader): readonly [number, number | null] | null {
  if (take(reader, '*')) return [0, null];
  if (take(reader, '+')) return [1, null];
  if (take(reader, '?')) return [0, 1];
  const [text, minimum, comma, maximum] = match(reader, /\{(\d{1,9})(,?)(\d{0,9})\}/) ?? [];
  if (text === undefined) return null;
  return [Number(minimum), comma === '' ? Number(minimum) : maximum === '' ? null : Number(maximum)];
}

function readAtom(reader: Reader): Language {
  const { source } = reader;
  if (take(reader, '(')) return readGroup(reader);
  // An anchor here says something about the surroundings only.
  if (take(reader, '^')) return emptyText;
  if (take(reader, '.')) return char(notLineEnds, reader);
  if (take(reader, '[')) return char(readClass(reader), reader);
  if (take(reader, '\\')) return readEscape(reader);
  const code = source.codePointAt(reader.position);
  if (code === undefined || '*+?{}]'.includes(source.charAt(reader.position))) return fail(reader);
  reader.position += code > 0xffff ? 2 : 1;
  return char([[code, code]], reader);
}

function readGroup(reader: Reader): Language {
  const lookaround = match(reader, /\?<?[=!]/) !== null;
  if (!lookaround && match(reader, /\?:|\?<[^>]*>/) === null && isAt(reader, '?')) return fail(reader);
  const options = readAlternatives(reader).map(({ parts }) => sequence(parts));
  if (!take(reader, ')')) return fail(reader);
  return lookaround ? emptyText : choice(options);
}

function readEscape(reader: Reader): Language {
  if (match(reader, /[bB]/) !== null) return emptyText;
  if (match(reader, /[1-9]\d*|k<[^>]*>/) !== null) return anyText;
  // What has a property of Unicode is one character, whichever.
  if (match(reader, /[pP]\{[^}]*\}/) !== null) return char(anyChar, reader);
  const set = escapedSet(reader);
  return set === null ? fail(reader) : char(set, reader);
}

function char(set: CharSet, reader: Reader): Language {
  const folded = reader.flags.ignoreCase ? foldCase(set, reader.flags) : set;
  if (!reader.flags.unicode && !isSingleUnits(folded)) return repeat({ kind: 'char', set: anyChar }, 0, 1);
  return { kind: 'char', set: folded };
}

function fail(reader: Reader): Language {
  reader.failed = true;
  return emptyText;
}
