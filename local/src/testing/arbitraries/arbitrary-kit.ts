import fc from 'fast-check';
import { drawOf } from '../make/example-kit.ts';
import { type Kit, mostTries, Unmakeable } from '../make/kit.ts';
import { patternText } from '../make/pattern-text.ts';
import { canonicalText } from '../schema/schema.ts';

type Arbitrary = fc.Arbitrary<unknown>;

/** Makes arbitraries of fast-check, which shrink. */
export const arbitraryKit: Kit<Arbitrary> = {
  values: (values) => fc.constantFrom(...values),
  integer: (min, max) => fc.integer({ min, max }),
  // JSON has no -0.
  number: (min, max) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  text: (minLength, maxLength) =>
    fc.oneof(
      { arbitrary: fc.string({ minLength, maxLength, unit: 'grapheme-ascii' }), weight: 3 },
      fc.string({ minLength, maxLength, unit: 'grapheme-composite' }),
    ),
  matching: (patterns, least, most) => {
    const [pattern = '', ...others] = patterns;
    const searched = others.length > 0 ? null : searching(pattern);
    if (searched !== null && least === 0 && most === Infinity) return searched;
    const write = patternText(patterns, least, most);
    const written = fc.nat().map((seed) => write(drawOf(seed).pick));
    return searched === null ? written : fc.oneof(written, searched);
  },
  list: ({ positions, rest, least, most, unique }) => {
    if (positions.length > 0) return withPositions(positions, rest, [least, most]);
    const length = { minLength: least, maxLength: most };
    if (rest === null) return fc.constant([]);
    return unique ? fc.uniqueArray(rest, { ...length, selector: canonicalText }) : fc.array(rest, length);
  },
  entries: (entries) =>
    fc
      .tuple(
        ...entries.map(({ key, maker, required }) => {
          const entry = maker.map((value) => [[key, value]] as unknown[]);
          return required ? entry : fc.option(entry, { nil: [] as unknown[], freq: 2 });
        }),
      )
      .map((found) => found.flat(1)),
  either: ([first, ...others]) =>
    others.length === 0 ? (first as Arbitrary) : fc.oneof(first as Arbitrary, ...others),
  all: (makers) => fc.tuple(...makers),
  map: (maker, change) => maker.map((value) => change(value as never)),
  sieve: (maker, passes, place) => new Sieve(maker, passes, place),
  works: (maker) => {
    try {
      fc.sample(maker, { numRuns: 1, seed: 1 });
      return true;
    } catch (error) {
      if (unmakeableIn(error)) return false;
      throw error;
    }
  },
};

/** null for a pattern that says more than fast-check reads. */
function searching(pattern: string): Arbitrary | null {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' });
  } catch {
    return null;
  }
}

/** fast-check may put an error of its own around ours. */
function unmakeableIn(error: unknown): boolean {
  return error instanceof Unmakeable || (error instanceof Error && unmakeableIn(error.cause));
}

function withPositions(
  positions: readonly Arbitrary[],
  rest: Arbitrary | null,
  [min, max]: readonly [number, number],
): Arbitrary {
  const all = [
    ...positions,
    ...Array.from({ length: Math.max(0, max - positions.length) }, () => rest ?? fc.constant(null)),
  ];
  return fc.tuple(fc.integer({ min, max }), fc.tuple(...all)).map(([length, items]) => items.slice(0, length));
}

/** A filter that gives up: `filter` of fast-check would try for ever. */
class Sieve extends fc.Arbitrary<unknown> {
  private readonly inner: Arbitrary;
  private readonly passes: (value: unknown) => boolean;
  private readonly place: string;

  constructor(inner: Arbitrary, passes: (value: unknown) => boolean, place: string) {
    super();
    this.inner = inner;
    this.passes = passes;
    this.place = place;
  }

  override generate(random: fc.Random, biasFactor: number | undefined): fc.Value<unknown> {
    for (let tries = 0; tries < mostTries; tries++) {
      // What is rare without a bias may be common with it, and the other way round.
      const made = this.inner.generate(random, tries % 2 === 0 ? biasFactor : undefined);
      if (this.passes(made.value)) return made;
    }
    throw new Unmakeable(this.place, `none of ${mostTries} values was valid`);
  }

  override canShrinkWithoutContext(value: unknown): value is unknown {
    return this.inner.canShrinkWithoutContext(value) && this.passes(value);
  }

  override shrink(value: unknown, context: unknown): fc.Stream<fc.Value<unknown>> {
    return this.inner.shrink(value, context).filter((shrunk) => this.passes(shrunk.value));
  }
}
