import type { Scalar } from './json.ts';

/** How a text is compared with a value. */
export type TextOperator =
  | 'prefix'
  | 'prefix/equals-ignore-case'
  | 'suffix'
  | 'suffix/equals-ignore-case'
  | 'equals-ignore-case'
  | 'wildcard';

/** A form of condition, as dialects allow or refuse it. `a/b` is operator `b` inside operator `a`. */
export type Operator =
  | 'exact'
  | 'exactly'
  | TextOperator
  | 'anything-but'
  | 'anything-but/prefix'
  | 'anything-but/suffix'
  | 'anything-but/equals-ignore-case'
  | 'anything-but/wildcard'
  | 'numeric'
  | 'cidr'
  | 'exists';

/** One comparison of a `numeric` condition. */
export interface Comparison {
  readonly operator: '=' | '<' | '<=' | '>' | '>=';
  /** What the number of the event is compared with. */
  readonly value: number;
}

/** One alternative of a leaf, as plain data. Told apart by `kind`. */
export type Condition =
  | { readonly kind: 'exact'; readonly value: Scalar }
  | { readonly kind: 'address'; readonly text: string; readonly digits: string }
  | { readonly kind: 'text'; readonly operator: TextOperator; readonly text: string }
  | { readonly kind: 'anything-but'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'anything-but-text'; readonly operator: TextOperator; readonly texts: readonly string[] }
  | { readonly kind: 'numeric'; readonly comparisons: readonly Comparison[] }
  | { readonly kind: 'cidr'; readonly text: string; readonly first: string; readonly last: string }
  | {
      readonly kind: 'exists';
      readonly wanted: boolean;
      /** True when neither null nor the empty string counts as existing: SNS. */
      readonly needsContent: boolean;
    };
