import type { SpecNode } from '../../load/spec-document.ts';
import { childPointer, pointerTokens } from '../../model/pointer.ts';

/** Where what other files define has its place in the one document. Places are said as the keys that lead there. */
export class Homes {
  /** From file and pointer to the place. */
  readonly #places = new Map<string, readonly string[]>();
  readonly #spec: string;

  /** @param spec base name of the spec file, whose own parts stay where they are */
  constructor(spec: string) {
    this.#spec = spec;
  }

  isInSpec(node: SpecNode): boolean {
    return node.origin.file === this.#spec;
  }

  /** The home of exactly this node; undefined for one without. */
  of(node: SpecNode): readonly string[] | undefined {
    return this.#places.get(node.identity);
  }

  /** Gives a node of another file its place. The first one counts. */
  settle(node: SpecNode, place: readonly string[]): void {
    if (!this.#places.has(node.identity)) this.#places.set(node.identity, place);
  }

  /** Where a node is found in the document, by itself or as a part of something that has a home; else undefined. */
  find(node: SpecNode): readonly string[] | undefined {
    const tokens = pointerTokens(node.origin.pointer) ?? [];
    if (this.isInSpec(node)) return tokens;
    for (let length = tokens.length; length >= 0; length--) {
      const pointer = tokens.slice(0, length).reduce(childPointer, '');
      const home = this.#places.get(`${node.origin.file}#${pointer}`);
      if (home !== undefined) return [...home, ...tokens.slice(length)];
    }
    return undefined;
  }
}
