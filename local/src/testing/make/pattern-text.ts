import { Unmakeable } from './kit.ts';

/** Draws a whole number from 0 up to, but without, `count`. */
export type Pick = (count: number) => number;

/** Writes one text that a regular expression matches, as far as its parts are drawn. */
type Part = (pick: Pick) => string;

/** More repetitions than these beyond the least are not made. */
const spareRepetitions = 3;

/**
 * Reads a regular expression (flag `u`) and returns what writes texts for it. Assertions but `^` and `$`, and back
 * references, throw {@link Unmakeable}; what `^` and `$` do in the middle of a pattern is for a check of the text.
 */
export function patternText(pattern: string): Part {
  const reader: Reader = { pattern, at: 0 };
  const part = alternatives(reader);
  if (reader.at < pattern.length) throw unreadable(pattern);
  return part;
}

interface Reader {
  readonly pattern: string;
  at: number;
}

function unreadable(pattern: string): Unmakeable {
  return new Unmakeable(JSON.stringify({ pattern }), 'its pattern says more than examples are made of');
}

function next(reader: Reader): string {
  return String.fromCodePoint(reader.pattern.codePointAt(reader.at) ?? 0);
}

function skip(reader: Reader, text: string): boolean {
  if (!reader.pattern.startsWith(text, reader.at)) return false;
  reader.at += text.length;
  return true;
}

function alternatives(reader: Reader): Part {
  const parts = [sequence(reader)];
  while (skip(reader, '|')) parts.push(sequence(reader));
  return (pick) => (parts[parts.length === 1 ? 0 : pick(parts.length)] ?? empty)(pick);
}

const empty: Part = () => '';

function sequence(reader: Reader): Part {
  const parts: Part[] = [];
  while (reader.at < reader.pattern.length && !/[|)]/.test(next(reader))) parts.push(repeated(reader, atom(reader)));
  return (pick) => parts.map((part) => part(pick)).join('');
}

function repeated(reader: Reader, part: Part): Part {
  const rest = reader.pattern.slice(reader.at);
  const [whole = '', sign, from, comma, to] = /^(?:([*+?])|\{(\d+)(,)?(\d*)\})\??/.exec(rest) ?? [];
  if (whole === '') return part;
  reader.at += whole.length;
  const least = sign === undefined ? Number(from) : sign === '+' ? 1 : 0;
  const open = sign === '*' || sign === '+' || (comma !== undefined && to === '');
  const most = open ? least + spareRepetitions : sign === '?' ? 1 : comma === undefined ? least : Number(to);
  return (pick) => {
    const count = least + pick(Math.min(most - least, Math.max(spareRepetitions, 12)) + 1);
    return Array.from({ length: count }, () => part(pick)).join('');
  };
}

function atom(reader: Reader): Part {
  const { pattern } = reader;
  if (skip(reader, '^') || skip(reader, '$')) return empty;
  if (/^\(\?(?:[=!]|<[=!])/.test(pattern.slice(reader.at))) throw unreadable(pattern);
  if (skip(reader, '(')) {
    const [name = ''] = /^\?(?::|<[^>]*>)/.exec(pattern.slice(reader.at)) ?? [];
    reader.at += name.length;
    const inner = alternatives(reader);
    if (!skip(reader, ')')) throw unreadable(pattern);
    return inner;
  }
  if (skip(reader, '[')) return oneOf(characterClass(reader));
  if (skip(reader, '.')) return oneOf(word);
  if (next(reader) === '\\') return oneOf(escaped(reader));
  const character = next(reader);
  reader.at += character.length;
  return () => character;
}

function oneOf(characters: readonly string[]): Part {
  if (characters.length === 0) return empty;
  return (pick) => characters[pick(characters.length)] ?? '';
}

const between = (from: number, to: number): string[] =>
  Array.from({ length: Math.min(to - from + 1, 512) }, (_, index) => String.fromCodePoint(from + index));
const lower = between(97, 122);
const digits = between(48, 57);
const word = [...lower, ...between(65, 90), ...digits, '_'];
const printable = between(32, 126);

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
  return negated ? printable.filter((character) => !found.includes(character)) : found;
}

function classItem(reader: Reader): readonly string[] {
  if (next(reader) === '\\') return escaped(reader);
  const character = next(reader);
  reader.at += character.length;
  return [character];
}

const without = (characters: readonly string[]): readonly string[] =>
  printable.filter((character) => !characters.includes(character));

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
