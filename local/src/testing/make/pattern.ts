import { Unmakeable } from './kit.ts';

/** A regular expression, read. */
export type Pattern =
  | { readonly kind: 'characters'; readonly characters: readonly string[] }
  | { readonly kind: 'sequence' | 'alternatives'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly least: number; readonly most: number }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'ahead'; readonly part: Pattern; readonly refuses: boolean };

/**
 * Reads a regular expression (flag `u`). Classes that leave characters open, `.` and `[^a]` say, have those of ASCII that
 * can be printed. Look-behind, word boundaries and back references throw {@link Unmakeable}.
 */
export function readPattern(pattern: string): Pattern {
  const reader: Reader = { pattern, at: 0 };
  const read = alternatives(reader);
  if (reader.at < pattern.length) throw unreadable(pattern);
  return read;
}

interface Reader {
  readonly pattern: string;
  at: number;
}

function unreadable(pattern: string): Unmakeable {
  return new Unmakeable(JSON.stringify({ pattern }), 'its pattern says more than texts are made of');
}

function next(reader: Reader): string {
  return String.fromCodePoint(reader.pattern.codePointAt(reader.at) ?? 0);
}

function skip(reader: Reader, text: string): boolean {
  if (!reader.pattern.startsWith(text, reader.at)) return false;
  reader.at += text.length;
  return true;
}

function alternatives(reader: Reader): Pattern {
  const parts = [sequence(reader)];
  while (skip(reader, '|')) parts.push(sequence(reader));
  return { kind: 'alternatives', parts };
}

function sequence(reader: Reader): Pattern {
  const parts: Pattern[] = [];
  while (reader.at < reader.pattern.length && !/[|)]/.test(next(reader))) parts.push(repeated(reader, atom(reader)));
  return { kind: 'sequence', parts };
}

function repeated(reader: Reader, part: Pattern): Pattern {
  const rest = reader.pattern.slice(reader.at);
  const [whole = '', sign, from, comma, to] = /^(?:([*+?])|\{(\d+)(,)?(\d*)\})\??/.exec(rest) ?? [];
  if (whole === '') return part;
  reader.at += whole.length;
  const least = sign === undefined ? Number(from) : sign === '+' ? 1 : 0;
  const open = sign === '*' || sign === '+' || (comma !== undefined && to === '');
  const most = open ? Infinity : sign === '?' ? 1 : comma === undefined ? least : Number(to);
  return { kind: 'repeat', part, least, most };
}

function atom(reader: Reader): Pattern {
  const { pattern } = reader;
  if (skip(reader, '^')) return { kind: 'start' };
  if (skip(reader, '$')) return { kind: 'end' };
  if (skip(reader, '(?=')) return { kind: 'ahead', part: group(reader), refuses: false };
  if (skip(reader, '(?!')) return { kind: 'ahead', part: group(reader), refuses: true };
  if (/^\(\?<[=!]/.test(pattern.slice(reader.at))) throw unreadable(pattern);
  if (skip(reader, '(')) {
    const [name = ''] = /^\?(?::|<[^>]*>)/.exec(pattern.slice(reader.at)) ?? [];
    reader.at += name.length;
    return group(reader);
  }
  if (skip(reader, '[')) return oneOf(characterClass(reader));
  if (skip(reader, '.')) return oneOf(printable);
  return oneOf(classItem(reader));
}

function group(reader: Reader): Pattern {
  const inner = alternatives(reader);
  if (!skip(reader, ')')) throw unreadable(reader.pattern);
  return inner;
}

function oneOf(characters: readonly string[]): Pattern {
  return { kind: 'characters', characters };
}

const between = (from: number, to: number): string[] =>
  Array.from({ length: Math.min(to - from + 1, 512) }, (_, index) => String.fromCodePoint(from + index));
const digits = between(48, 57);
const word = [...digits, ...between(65, 90), '_', ...between(97, 122)];

/** What stands for any character. */
export const printable: readonly string[] = between(32, 126);

function characterClass(reader: Reader): readonly string[] {
  const negated = skip(reader, '^');
  const found: string[] = [];
  while (!skip(reader, ']')) {
    if (reader.at >= reader.pattern.length) throw unreadable(reader.pattern);
    const from = classItem(reader);
    const isRange = from.length === 1 && /^-[^\]]/.test(reader.pattern.slice(reader.at));
    if (!isRange) found.push(...from);
    else {
      reader.at += 1;
      const [to = ''] = classItem(reader);
      found.push(...between(from[0]?.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0));
    }
  }
  return negated ? without(found) : found;
}

function classItem(reader: Reader): readonly string[] {
  if (next(reader) === '\\') return escaped(reader);
  const character = next(reader);
  reader.at += character.length;
  return [character];
}

function without(characters: readonly string[]): readonly string[] {
  return printable.filter((character) => !characters.includes(character));
}

function escaped(reader: Reader): readonly string[] {
  const { pattern } = reader;
  const rest = pattern.slice(reader.at);
  const [coded = '', braced, unit, byte] = /^\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2}))/i.exec(rest) ?? [];
  if (coded !== '') {
    reader.at += coded.length;
    return [String.fromCodePoint(Number.parseInt(braced ?? unit ?? byte ?? '0', 16))];
  }
  const [property = '', sign, name = ''] = /^\\([pP])\{([^}]*)\}/.exec(rest) ?? [];
  if (property !== '') {
    reader.at += property.length;
    const has = new RegExp(`^\\${sign}{${name}}$`, 'u');
    return between(32, 500).filter((character) => has.test(character));
  }
  const letter = rest.charAt(1);
  reader.at += 2;
  if (/[bBk1-9]/.test(letter)) throw unreadable(pattern);
  return classes.get(letter) ?? [controls.get(letter) ?? letter];
}

const classes: ReadonlyMap<string, readonly string[]> = new Map([
  ['d', digits],
  ['D', without(digits)],
  ['w', word],
  ['W', without(word)],
  ['s', [' ']],
  ['S', without([' '])],
]);

const controls: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['f', '\f'],
  ['v', '\v'],
  ['0', '\0'],
]);
