import type { Origin } from '../diagnostics/diagnostic.ts';
import { type Files, followAll, followOnce } from './follow.ts';
import {
  childOf,
  identityOf,
  keyOriginOf,
  keysOf,
  type Location,
  originOf,
  referenceAt,
  referenceOriginOf,
} from './location.ts';
import type { SpecNode } from './spec-document.ts';
import { mergeTraits } from './traits.ts';

/** A node over loaded files. `referrer` is the place whose `$ref` led here. */
export class Cursor implements SpecNode {
  readonly #files: Files;
  readonly #location: Location;
  readonly #referrer: Location | undefined;

  constructor(files: Files, location: Location, referrer?: Location) {
    this.#files = files;
    this.#location = location;
    this.#referrer = referrer;
  }

  get value(): unknown {
    return this.#location.value;
  }

  get origin(): Origin {
    return originOf(this.#location);
  }

  get referrer(): Origin {
    return this.#referrer === undefined ? this.origin : referenceOriginOf(this.#referrer);
  }

  get identity(): string {
    return identityOf(this.#location);
  }

  get(key: string | number): SpecNode | undefined {
    const child = childOf(this.#location, String(key));
    return child === undefined ? undefined : this.#follow(child);
  }

  raw(key: string | number): SpecNode | undefined {
    const child = childOf(this.#location, String(key));
    return child === undefined ? undefined : new Cursor(this.#files, child);
  }

  entries(): readonly (readonly [string, SpecNode])[] {
    const keys = Array.isArray(this.value) ? keysOf(this.value) : keysOf(this.value).toSorted(byCodeUnit);
    return keys.flatMap((key) => {
      const node = this.get(key);
      return node === undefined ? [] : [[key, node] as const];
    });
  }

  keyOrigin(key: string | number): Origin {
    const child = childOf(this.#location, String(key));
    return child === undefined ? this.origin : keyOriginOf(child);
  }

  withTraits(): SpecNode {
    return mergeTraits(this);
  }

  resolve(reference: string): SpecNode | undefined {
    const followed = followOnce(this.#files, this.#location.file, reference);
    return followed.kind === 'found' ? this.#follow(followed.location) : undefined;
  }

  #follow(location: Location): SpecNode | undefined {
    if (referenceAt(location) === undefined) return new Cursor(this.#files, location);
    const followed = followAll(this.#files, location);
    return followed.kind === 'found' ? new Cursor(this.#files, followed.location, location) : undefined;
  }
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
