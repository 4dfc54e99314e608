import type { Origin } from '../diagnostics/diagnostic.ts';

/** A loaded spec: a cursor over its JSON that knows where everything is written. Plain reading, no I/O. */
export interface SpecDocument {
  readonly root: SpecNode;
  /** Base name of the spec file. */
  readonly file: string;
  /** Files that `x-docs` names, by the `identity` of the place that names them. Those that were refused are not there. */
  readonly docsFiles: ReadonlyMap<string, DocsFile>;
}

/** A file that `x-docs` names; `file` is its path from the spec's folder. */
export type DocsFile =
  | { readonly kind: 'logo'; readonly file: string; readonly extension: ImageExtension; readonly base64: string }
  | { readonly kind: 'page'; readonly file: string; readonly markdown: string };

/** The kinds of images that a logo may be. */
export type ImageExtension = 'svg' | 'png' | 'jpg' | 'webp';

/** One place of a loaded spec. Two nodes are the same place when their `identity` is equal. */
export interface SpecNode {
  /**
   * The JSON here: the `$ref` of this node is followed, those below are not, traits are not merged. Objects carry own
   * properties only, also one called `__proto__`: read them with `Object.hasOwn`, or by `get` and `entries`.
   */
  readonly value: unknown;
  /** Where it is written, after following a `$ref`. Computed when asked for. */
  readonly origin: Origin;
  /** Where the `$ref` stands that led here; without one, the same as `origin`. */
  readonly referrer: Origin;
  /** `<file>#<pointer>` after following: equal for one definition reached twice. */
  readonly identity: string;
  /** The child at `key`, its `$ref` followed. Undefined when there is none, or when its `$ref` leads nowhere. */
  get(key: string | number): SpecNode | undefined;
  /** The child at `key` as it is written, its `$ref` not followed. */
  raw(key: string | number): SpecNode | undefined;
  /** Children with their `$ref`s followed: of an object sorted by key (code unit), of an array in order, else none. */
  entries(): readonly (readonly [string, SpecNode])[];
  /** Where the key of a child is written; of an element or an absent key, where the child or this node is. */
  keyOrigin(key: string | number): Origin;
  /**
   * For operations and messages: this node with AsyncAPI 3 traits merged in order under its own fields (own fields
   * win; objects are merged as JSON merge patches). Merged fields keep the origin of the place they come from.
   * Without `traits`, this node itself.
   */
  withTraits(): SpecNode;
  /** The place a `$ref` string leads to when it is written here. Undefined when it leads nowhere. */
  resolve(reference: string): SpecNode | undefined;
}
