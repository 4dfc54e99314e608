/**
 * TypeScript types as data: what a payload schema means, before anyone spells it.
 * Wire names stay as they are; quoting and escaping are the printer's business.
 */
export type TypeExpression =
  | { readonly kind: 'primitive'; readonly name: 'string' | 'number' | 'boolean' | 'null' | 'unknown' | 'never' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** Strings that begin with the first text, end with the last, and have the others between in their order. */
  | { readonly kind: 'template'; readonly texts: readonly string[] }
  /** A named type of the same file. */
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'array'; readonly element: TypeExpression }
  /** `elements` beyond `required` are optional; `rest` null closes the tuple. */
  | {
      readonly kind: 'tuple';
      readonly elements: readonly TypeExpression[];
      readonly required: number;
      readonly rest: TypeExpression | null;
    }
  | ObjectTypeExpression
  | { readonly kind: 'union'; readonly members: readonly TypeExpression[] }
  | { readonly kind: 'intersection'; readonly members: readonly TypeExpression[] };

/** The type of an object, as its schema allows it. */
export interface ObjectTypeExpression {
  readonly kind: 'object';
  readonly properties: readonly PropertyType[];
  /** The type of every other key; null closes the object as far as TypeScript can. */
  readonly index: TypeExpression | null;
  /** No valid object has another key. TypeScript cannot say so; whoever selects among alternatives asks. */
  readonly isClosed: boolean;
}

/** One property of an object's type. */
export interface PropertyType {
  readonly name: string;
  readonly type: TypeExpression;
  /** False for one that a valid object may lack. */
  readonly required: boolean;
  readonly doc: Doc;
}

/** A type that gets a name in the generated file. The payload's own type comes first. */
export interface NamedType {
  readonly name: string;
  readonly type: TypeExpression;
  readonly doc: Doc;
}

/** What becomes a doc comment. Untrusted text: only the print layer may spell it. */
export interface Doc {
  readonly description: string | null;
  /** Short facts in order, one line each: format, limits, units, default. */
  readonly facts: readonly string[];
  /** Examples as JSON text. */
  readonly examples: readonly string[];
  /** False, or the reason (may be empty). */
  readonly deprecated: false | string;
}
