import { createRandom, nextFraction } from '../../random.ts';
import { canonicalText } from '../schema/schema.ts';
import { type Kit, mostTries, Unmakeable } from './kit.ts';
import { type Pick, patternText } from './pattern-text.ts';

/** Where the choices of an example come from. */
export interface Draw {
  readonly pick: Pick;
  /** For another try. */
  again(): Draw;
}

/** Makes one value. */
export type Example = (draw: Draw) => unknown;

/** The same seed gives the same choices; 0 takes the first and the least of everything where that is valid. */
export function drawOf(seed: number): Draw {
  const random = createRandom(seed);
  const drawn: Draw = { pick: (count) => Math.floor(nextFraction(random) * count), again: () => drawn };
  return seed === 0 ? { pick: () => 0, again: () => drawn } : drawn;
}

/** Makes examples: one valid value for each seed. */
export const exampleKit: Kit<Example> = {
  values:
    (values) =>
    ({ pick }) =>
      values[pick(values.length)],
  integer: (least, most) => {
    const first = Math.min(Math.max(0, least), most);
    return ({ pick }) => Math.min(first + pick(Math.min(most - first, 1000) + 1), most);
  },
  number: (least, most) => {
    const first = Math.min(Math.max(0, least), most);
    return ({ pick }) => Math.min(most, first + pick(1000) * Math.min(1, (most - first) / 1000)) + 0;
  },
  text:
    (least, most) =>
    ({ pick }) => {
      const length = Math.min(most, Math.max(least, 4) + pick(4));
      return 'text'.repeat(Math.ceil(length / 4)).slice(0, length);
    },
  matching: (patterns, least, most) => {
    const write = patternText(patterns, least, most);
    return ({ pick }) => write(pick);
  },
  list: ({ positions, rest, least, most, unique }) => {
    const itemAt = (index: number): Example => positions[index] ?? rest ?? (() => null);
    return (draw) => {
      const items: unknown[] = [];
      const length = least + draw.pick(Math.min(most - least, 3) + 1);
      while (items.length < length) items.push(itemOf(itemAt(items.length), draw, unique ? items : []));
      return items;
    };
  },
  entries: (entries) => (draw) =>
    entries.flatMap(({ key, maker, required }) => (required || draw.pick(2) === 1 ? [[key, maker(draw)]] : [])),
  either: (makers) => (draw) => makers[draw.pick(makers.length)]?.(draw),
  all: (makers) => (draw) => makers.map((maker) => maker(draw)),
  map: (maker, change) => (draw) => change(maker(draw) as never),
  sieve: (maker, passes, place) => (draw) => {
    for (let tries = 0; tries < mostTries; tries++) {
      const value = maker(tries === 0 ? draw : draw.again());
      if (passes(value)) return value;
    }
    throw new Unmakeable(place, `none of ${mostTries} values was valid`);
  },
  works: (maker) => {
    try {
      maker(drawOf(0));
      return true;
    } catch (error) {
      if (error instanceof Unmakeable) return false;
      throw error;
    }
  },
};

function itemOf(maker: Example, draw: Draw, others: readonly unknown[]): unknown {
  let item = maker(draw);
  for (let tries = 0; tries < mostTries && others.some((other) => isSame(other, item)); tries++) {
    item = maker(draw.again());
  }
  return item;
}

const isSame = (left: unknown, right: unknown): boolean => canonicalText(left) === canonicalText(right);
