import type { PatternShape } from './parse-pattern.ts';
import { drawn } from './search.ts';

/** How a text is made of a pattern. */
export interface PatternWish {
  /** How often something comes beyond the least, where it may. */
  readonly growth: number;
  /** What characters and alternatives are drawn from. */
  readonly salt: string;
}

/** Makes a text of a pattern. Anchors and looks around are not minded, so whoever asks tests it. */
export function samplePattern(shape: PatternShape, wish: PatternWish): string {
  return spell(shape, { wish, groups: new Map(), length: 0 });
}

interface Spelling {
  readonly wish: PatternWish;
  readonly groups: Map<string, string>;
  /** Characters so far, which also tells one draw from the next. */
  length: number;
}

const longest = 2000;

function spell(shape: PatternShape, spelling: Spelling): string {
  switch (shape.kind) {
    case 'nothing':
      return '';
    case 'character':
      return character(shape.source, spelling);
    case 'sequence':
      return shape.parts.map((part) => spell(part, spelling)).join('');
    case 'either':
      return spell(shape.ways[draw(spelling, shape.ways.length)] ?? { kind: 'nothing' }, spelling);
    case 'group': {
      const text = spell(shape.part, spelling);
      spelling.groups.set(shape.name, text);
      return text;
    }
    case 'again':
      return spelling.groups.get(shape.name) ?? '';
    case 'repeat':
      return repeat(shape, spelling);
    default:
      return shape satisfies never;
  }
}

function repeat({ part, least, most }: Extract<PatternShape, { kind: 'repeat' }>, spelling: Spelling): string {
  const times = Math.min(least + spelling.wish.growth, most ?? Number.POSITIVE_INFINITY);
  let text = '';
  for (let index = 0; index < times && spelling.length < longest; index++) text += spell(part, spelling);
  return text;
}

function character(source: string, spelling: Spelling): string {
  const choices = charactersOf(source);
  const found = choices[draw(spelling, choices.length)] ?? '';
  spelling.length += 1;
  return found;
}

function draw({ wish, length }: Spelling, count: number): number {
  return drawn(`${wish.salt}@${length}`, count);
}

const known = new Map<string, readonly string[]>();

/** Characters that the source of one character matches: digits and letters when it can be such. */
function charactersOf(source: string): readonly string[] {
  const before = known.get(source);
  if (before !== undefined) return before;
  const found = findCharacters(source);
  if (known.size < 500) known.set(source, found);
  return found;
}

function findCharacters(source: string): readonly string[] {
  if (!/[\\[.]/.test(source) || source.length === 1) return source === '.' ? [...letters] : [source];
  const matcher = matcherOf(source);
  if (matcher === null) return [];
  for (const alphabet of [...alphabets, source]) {
    const matching = [...new Set(alphabet)].filter((one) => matcher.test(one));
    if (matching.length > 0) return matching;
  }
  return [];
}

function matcherOf(source: string): RegExp | null {
  try {
    return new RegExp(`^${source}$`, 'u');
  } catch {
    return null;
  }
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
const alphabets = [
  `${letters}0123456789`,
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  '-_.:/ @,;+*#%&=?!$()[]{}<>"\'`^~|\\\t\n',
  'äöüéßñøčşÄÖÜÉжяЖЯ漢字あア한글αβ€£¥°§…–—😀',
];
