import { beginningsOf, hasBeginning } from './place.ts';

/** Places as code, the beginnings that many have in common as constants. */
export interface SharedPlaces {
  /** From the code of a constant to its name. */
  readonly constants: readonly (readonly [name: string, literal: string])[];
  spell(place: string): string;
}

/** Finds out which beginnings of places are worth a constant: that of the most bytes first. */
export function sharePlaces(places: readonly string[], literal: (text: string) => string): SharedPlaces {
  const names = new Map<string, string>();
  let rest = places;
  for (let best = bestBeginning(rest); best !== null; best = bestBeginning(rest)) {
    const beginning = best;
    names.set(beginning, `at${names.size}`);
    rest = rest.filter((place) => !hasBeginning(place, beginning));
  }
  const beginnings = [...names.keys()];
  return {
    constants: beginnings.map((beginning) => [names.get(beginning) ?? '', literal(beginning)]),
    spell: (place) => {
      const beginning = beginnings.find((candidate) => hasBeginning(place, candidate));
      if (beginning === undefined) return literal(place);
      const name = names.get(beginning) ?? '';
      return place === beginning ? name : `${name} + ${literal(place.slice(beginning.length))}`;
    },
  };
}

/** What the two quotes, the operator and the name weigh, and what a constant costs besides its text. */
const overhead = { use: 2, constant: 5 };
const leastGain = 10;
const shortest = 4;

function bestBeginning(places: readonly string[]): string | null {
  const gains = new Map<string, number>();
  for (const place of places) {
    for (const beginning of beginningsOf(place).filter(({ length }) => length >= shortest)) {
      const cost = beginning.length + overhead.constant;
      gains.set(beginning, (gains.get(beginning) ?? -cost) + beginning.length - overhead.use);
    }
  }
  let best: string | null = null;
  for (const [beginning, gain] of gains) {
    if (gain >= leastGain && gain > (best === null ? 0 : (gains.get(best) ?? 0))) best = beginning;
  }
  return best;
}
