import type { PatternShape, RepeatShape } from './parse-pattern.ts';
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
  return spell(shape, { wish, groups: new Map(), length: 0, nesting: 0 });
}

interface Spelling {
  readonly wish: PatternWish;
  readonly groups: Map<string, string>;
  /** Characters so far, which also tells one draw from the next. */
  length: number;
  /** Repetitions around the current one. */
  nesting: number;
}

const longest = 2000;

function spell(shape: PatternShape, spelling: Spelling): string {
  switch (shape.kind) {
    case 'nothing':
      return '';
    case 'character':
      return character(shape.characters, spelling);
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

/** Where repetitions nest they stay few: a test of a long text might never end. */
function repeat({ part, least, most, isNested }: RepeatShape, spelling: Spelling): string {
  const { growth } = spelling.wish;
  const more = isNested || spelling.nesting > 0 ? Math.min(growth, fewRepetitions) : growth;
  const times = Math.min(least + more, most ?? Number.POSITIVE_INFINITY);
  let text = '';
  spelling.nesting += isNested ? 1 : 0;
  for (let index = 0; index < times && spelling.length < longest; index++) text += spell(part, spelling);
  spelling.nesting -= isNested ? 1 : 0;
  return text;
}

const fewRepetitions = 3;

function character(choices: readonly string[], spelling: Spelling): string {
  const found = choices[draw(spelling, choices.length)] ?? '';
  spelling.length += 1;
  return found;
}

function draw({ wish, length }: Spelling, count: number): number {
  return drawn(`${wish.salt}@${length}`, count);
}
