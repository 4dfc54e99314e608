import type { ValidationError } from '../validator.ts';
import type { Found } from './found.ts';

/** Spells out what checks have found. */
export const tell = (found: Found): readonly ValidationError[] =>
  found.flatMap((place, at) => (at % 2 ? [] : errorsAt(place as string, found[at + 1] as readonly unknown[])));

const errorsAt = (instancePath: string, broken: readonly unknown[]): readonly ValidationError[] =>
  broken.flatMap((keyword, at) =>
    at % 2 ? [] : ({ instancePath, keyword, params: broken[at + 1] } as ValidationError),
  );
