import type { Origin } from '../diagnostics/diagnostic.ts';
import type { SpecNode } from './spec-document.ts';
import { setOwn } from './syntax/parsed-text.ts';

/**
 * A node with its AsyncAPI 3 traits merged under its own fields: traits in order, each as a JSON merge patch
 * (RFC 7386) on those before, the node's own fields as the last one. The field `traits` itself is left out. Null
 * removes a field below the top level; at the top it is a value, as AsyncAPI's own parser has it.
 * Without traits, the node itself.
 */
export function mergeTraits(node: SpecNode): SpecNode {
  const traits = node.get('traits');
  if (traits === undefined || !Array.isArray(traits.value)) return node;
  const layers = [...traits.entries().map(([, trait]) => trait), node];
  return new MergedNode(node, layers, 'top');
}

/** Layers of one object; a later layer wins, objects are merged. Below the layers, plain nodes. */
class MergedNode implements SpecNode {
  readonly #own: SpecNode;
  readonly #layers: readonly SpecNode[];
  readonly #level: 'top' | 'below';

  constructor(own: SpecNode, layers: readonly SpecNode[], level: 'top' | 'below') {
    this.#own = own;
    this.#layers = layers.filter((layer) => isJsonObject(layer.value));
    this.#level = level;
  }

  get value(): unknown {
    const merged: Record<string, unknown> = {};
    for (const key of this.#keys()) setOwn(merged, key, this.#child(key, 'raw')?.value);
    return merged;
  }

  get origin(): Origin {
    return this.#own.origin;
  }

  get referrer(): Origin {
    return this.#own.referrer;
  }

  get identity(): string {
    return this.#own.identity;
  }

  get(key: string | number): SpecNode | undefined {
    return this.#child(String(key), 'get');
  }

  raw(key: string | number): SpecNode | undefined {
    return this.#child(String(key), 'raw');
  }

  entries(): readonly (readonly [string, SpecNode])[] {
    return this.#keys().flatMap((key) => {
      const child = this.get(key);
      return child === undefined ? [] : [[key, child] as const];
    });
  }

  keyOrigin(key: string | number): Origin {
    return this.#layers.findLast((layer) => layer.raw(key) !== undefined)?.keyOrigin(key) ?? this.origin;
  }

  withTraits(): SpecNode {
    return this;
  }

  resolve(reference: string): SpecNode | undefined {
    return this.#own.resolve(reference);
  }

  #keys(): readonly string[] {
    const keys = new Set(this.#layers.flatMap((layer) => Object.keys(layer.value as object)));
    return [...keys].filter((key) => this.#child(key, 'raw') !== undefined).sort();
  }

  #child(key: string, how: 'get' | 'raw'): SpecNode | undefined {
    if (this.#level === 'top' && key === 'traits') return undefined;
    let merged: SpecNode[] = [];
    for (const layer of this.#layers) {
      const child = layer[how](key);
      if (child === undefined) continue;
      if (child.value === null && this.#level === 'below') merged = [];
      else if (isMergeable(child)) merged = [...merged.filter(isMergeable), child];
      else merged = [child];
    }
    const last = merged.at(-1);
    return last === undefined || merged.length === 1 ? last : new MergedNode(last, merged, 'below');
  }
}

/** An object, but not a reference: that is replaced as a whole. */
function isMergeable(node: SpecNode): boolean {
  return isJsonObject(node.value) && !Object.hasOwn(node.value, '$ref');
}

function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
