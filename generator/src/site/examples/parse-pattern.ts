import { charactersOf } from './characters-of.ts';

/** A regular expression as far as texts can be made of it. */
export type PatternShape =
  | { readonly kind: 'either'; readonly ways: readonly PatternShape[] }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternShape[] }
  | RepeatShape
  | { readonly kind: 'group'; readonly name: string; readonly part: PatternShape }
  /** What a group before matched. */
  | { readonly kind: 'again'; readonly name: string }
  /** One of these characters. */
  | { readonly kind: 'character'; readonly characters: readonly string[] }
  /** Takes no character: an anchor, a look around. */
  | { readonly kind: 'nothing' };

/** Something that comes several times. */
export interface RepeatShape {
  readonly kind: 'repeat';
  readonly part: PatternShape;
  readonly least: number;
  /** Null: without end. */
  readonly most: number | null;
  /** Within it something repeats too, or there are alternatives: there is more than one way to match a text. */
  readonly isNested: boolean;
}

interface Reader {
  readonly source: string;
  at: number;
  groups: number;
  depth: number;
}

/** Takes a pattern of the `u` flag apart; null for one that is none, or too deep. */
export function parsePattern(source: string): PatternShape | null {
  const reader: Reader = { source, at: 0, groups: 0, depth: 0 };
  const shape = source.length > longestPattern ? null : readEither(reader);
  return shape !== null && reader.at === source.length ? shape : null;
}

const longestPattern = 2000;
const deepest = 40;
const nothing: PatternShape = { kind: 'nothing' };

function readEither(reader: Reader): PatternShape | null {
  const ways: PatternShape[] = [];
  if (reader.depth++ > deepest) return null;
  do {
    const way = readSequence(reader);
    if (way === null) return null;
    ways.push(way);
  } while (take(reader, '|'));
  reader.depth -= 1;
  const [only] = ways;
  return ways.length === 1 && only !== undefined ? only : { kind: 'either', ways };
}

function readSequence(reader: Reader): PatternShape | null {
  const parts: PatternShape[] = [];
  while (reader.at < reader.source.length && !/[|)]/.test(reader.source[reader.at] ?? '')) {
    const part = readAtom(reader);
    if (part === null) return null;
    parts.push(readQuantifier(reader, part));
  }
  return { kind: 'sequence', parts };
}

function readAtom(reader: Reader): PatternShape | null {
  if (take(reader, '(')) return readGroup(reader);
  if (take(reader, '^') || take(reader, '$')) return nothing;
  const rest = reader.source.slice(reader.at);
  const [source] =
    /^\[(?:\\.|[^\]\\])*\]/su.exec(rest) ??
    /^\\(?:[pPu]\{[^}]*\}|u[0-9a-f]{4}|x[0-9a-f]{2}|c[a-z]|k<[^>]*>|[1-9]\d*|.)/isu.exec(rest) ??
    /^./su.exec(rest) ??
    [];
  if (source === undefined) return null;
  reader.at += source.length;
  if (source === '\\b' || source === '\\B') return nothing;
  const again = /^\\(?:k<(.*)>|([1-9]\d*))$/s.exec(source);
  if (again !== null) return { kind: 'again', name: again[1] ?? again[2] ?? '' };
  return { kind: 'character', characters: charactersOf(source) };
}

function readGroup(reader: Reader): PatternShape | null {
  const [opening = '', look, name] = /^\?(?:(<?[=!])|:|<([^>]*)>)/.exec(reader.source.slice(reader.at)) ?? [];
  reader.at += opening.length;
  const isCaptured = opening === '' || name !== undefined;
  const number = isCaptured ? ++reader.groups : 0;
  const part = readEither(reader);
  if (part === null || !take(reader, ')')) return null;
  if (look !== undefined) return nothing;
  if (!isCaptured) return part;
  const numbered: PatternShape = { kind: 'group', name: String(number), part };
  return name === undefined ? numbered : { kind: 'group', name, part: numbered };
}

function readQuantifier(reader: Reader, part: PatternShape): PatternShape {
  const [text, sign, least = '0', comma, most] =
    /^(?:([*+?])|\{(\d+)(,)?(\d+)?\})\??/.exec(reader.source.slice(reader.at)) ?? [];
  if (text === undefined) return part;
  reader.at += text.length;
  const isNested = repeats(part);
  if (sign !== undefined) {
    return { kind: 'repeat', part, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : null, isNested };
  }
  const from = Number(least);
  const exact = comma === undefined ? from : null;
  return { kind: 'repeat', part, least: from, most: most === undefined ? exact : Number(most), isNested };
}

/** Tells whether a test of a long text may take forever: something that repeats, repeats in several ways. */
export function isAmbiguous(shape: PatternShape): boolean {
  switch (shape.kind) {
    case 'repeat':
      return (shape.isNested && shape.most !== shape.least) || isAmbiguous(shape.part);
    case 'group':
      return isAmbiguous(shape.part);
    case 'sequence':
      return shape.parts.some(isAmbiguous);
    case 'either':
      return shape.ways.some(isAmbiguous);
    default:
      return false;
  }
}

function repeats(shape: PatternShape): boolean {
  switch (shape.kind) {
    case 'repeat':
      return shape.most !== shape.least || repeats(shape.part);
    case 'group':
      return repeats(shape.part);
    case 'sequence':
      return shape.parts.some(repeats);
    case 'either':
      return true;
    default:
      return false;
  }
}

function take(reader: Reader, character: string): boolean {
  if (reader.source[reader.at] !== character) return false;
  reader.at += 1;
  return true;
}
