import type { JsonObject } from '../json.ts';

/** What a draft-04 schema is for. */
export type Draft04Use = 'document' | 'validator';

/** A keyword of a draft-07 schema that the draft-04 schema does not say, or not wholly. */
export interface LostKeyword {
  readonly keyword: string;
  /** JSON pointer to the keyword in the draft-07 schema. */
  readonly pointer: string;
}

/** What converting a schema needs to know, and where it notes what is lost. */
export interface Conversion {
  readonly use: Draft04Use;
  /** From a draft-07 reference to the name of its definition. */
  readonly names: ReadonlyMap<string, string>;
  /** References to definitions that accept more than before. */
  readonly inexact: ReadonlySet<string>;
  readonly lost: LostKeyword[];
}

/** A draft-04 schema. */
export interface Converted {
  readonly schema: JsonObject;
  /** False when it accepts more than before: then it must not stand where accepting more refuses more, as in `not`. */
  readonly exact: boolean;
}

/** A place in a draft-07 schema. */
export interface Site {
  readonly schema: JsonObject;
  readonly pointer: string;
  readonly conversion: Conversion;
  /** Converts a schema that stands under `path` in this one. */
  readonly below: (value: unknown, ...path: readonly (string | number)[]) => Converted;
}

/** Turns some keywords of a schema into parts of a draft-04 schema, all of which apply. */
export type Rewriter = (site: Site) => readonly Converted[];

/** What nothing satisfies. */
export const nothing: JsonObject = { not: {} };

/** Keywords that mean the same in both drafts. */
export function kept(schema: JsonObject, keywords: readonly string[]): readonly Converted[] {
  return keywords
    .filter((keyword) => Object.hasOwn(schema, keyword))
    .map((keyword) => ({ schema: { [keyword]: schema[keyword] }, exact: true }));
}

/** Notes that a keyword is lost. */
export function lose({ pointer, conversion }: Site, keyword: string): Converted {
  conversion.lost.push({ keyword, pointer: `${pointer}/${keyword}` });
  return { schema: {}, exact: false };
}

/** Names that every JavaScript object has: Ajv takes properties of these names to be present where they are not. */
export function isInherited(name: string): boolean {
  return name in Object.prototype;
}
