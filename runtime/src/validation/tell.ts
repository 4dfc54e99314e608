import type { ValidationError } from '../validator.ts';

/** Spells out what checks have found (`Found`). */
export const tell = (found: readonly unknown[]): readonly ValidationError[] =>
  found.flatMap((broken, place) => (place % 2 ? errorsOf(broken as readonly unknown[], found[place - 1]) : []));

const errorsOf = (broken: readonly unknown[], instancePath: unknown): readonly ValidationError[] =>
  broken.flatMap((params, at) =>
    at % 2 ? ({ instancePath, keyword: broken[at - 1], params } as ValidationError) : [],
  );
