/** What values are made of. One plan of a schema serves every kit: arbitraries of fast-check, and examples. */
export interface Kit<Maker> {
  /** One of some values, of which there is at least one. */
  values(values: readonly unknown[]): Maker;
  /** Both bounds included. */
  integer(least: number, most: number): Maker;
  /** Both bounds included. */
  number(least: number, most: number): Maker;
  /** Lengths in code points, both bounds included. */
  text(least: number, most: number): Maker;
  /**
   * A text in which each of some regular expressions, at least one, finds something. Lengths as in `text`, but some may
   * be missed. Throws {@link Unmakeable} when it cannot make one.
   */
  matching(patterns: readonly string[], least: number, most: number): Maker;
  /** The first items by position, the others by `rest`. */
  list(parts: ListParts<Maker>): Maker;
  /** Entries of an object, as `[key, value]`; those that are not required may be missing. */
  entries(entries: readonly Entry<Maker>[]): Maker;
  /** One of several makers, of which there is at least one. */
  either(makers: readonly Maker[]): Maker;
  all(makers: readonly Maker[]): Maker;
  map(maker: Maker, change: (value: never) => unknown): Maker;
  /** Drops what does not pass. Making throws {@link Unmakeable} when nothing passes in many tries. */
  sieve(maker: Maker, passes: (value: unknown) => boolean, place: string): Maker;
  /** Tells whether a maker makes something at all. */
  works(maker: Maker): boolean;
}

export interface ListParts<Maker> {
  readonly positions: readonly Maker[];
  readonly rest: Maker | null;
  readonly least: number;
  readonly most: number;
  /** No two items are equal. */
  readonly unique: boolean;
}

export interface Entry<Maker> {
  readonly key: string;
  readonly maker: Maker;
  readonly required: boolean;
}

/** A place of a schema for which no valid value was found. `code` is `unmakeable`. */
export class Unmakeable extends Error {
  override readonly name = 'Unmakeable';
  readonly code = 'unmakeable';
  /** The part of the schema, as JSON. */
  readonly schema: string;

  constructor(schema: string, reason = 'no value was found that it accepts') {
    super(
      `Cannot make a valid value of the schema ${schema.slice(0, 300)}: ${reason}. ` +
        'Give it `examples`, or pass the value yourself.',
    );
    this.schema = schema;
  }
}

/** Tries of a sieve until it gives up. */
export const mostTries = 300;
