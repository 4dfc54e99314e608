import type { CompiledPattern, EventPattern, Leaf } from '@eventloom/engine';
import { childPointer } from '../model/pointer.ts';

/** A filter as it is written: its leaves, and the alternatives of its `$or`. */
export type FilterPart = LeafPart | OrPart;

/** The conditions on a field. */
export interface LeafPart {
  readonly kind: 'leaf';
  readonly pointer: string;
  /** Keys from the root of the payload, joined with dots. */
  readonly path: string;
  /** Null when another leaf takes its place in every branch. */
  readonly leaf: Leaf | null;
}

/** A `$or`. */
export interface OrPart {
  readonly kind: 'or';
  readonly pointer: string;
  readonly alternatives: readonly Alternative[];
}

/** One alternative of a `$or`. */
export interface Alternative {
  readonly pointer: string;
  readonly parts: readonly FilterPart[];
}

/** Returns the parts of a filter. */
export function filterParts(filter: EventPattern, pattern: CompiledPattern): readonly FilterPart[] {
  const leaves = new Map(pattern.branches.flat().map((leaf) => [leaf.pointer, leaf]));
  const read = (part: EventPattern, keys: readonly string[], above: string): readonly FilterPart[] =>
    Object.entries(part).flatMap(([key, value]): readonly FilterPart[] => {
      const pointer = childPointer(above, key);
      if (!Array.isArray(value)) return read(value as EventPattern, [...keys, key], pointer);
      if (key !== '$or' || pattern.orIsField) {
        return [{ kind: 'leaf', pointer, path: [...keys, key].join('.'), leaf: leaves.get(pointer) ?? null }];
      }
      const alternatives = (value as readonly EventPattern[]).map((alternative, index) => {
        const place = childPointer(pointer, index);
        return { pointer: place, parts: read(alternative, keys, place) };
      });
      return [{ kind: 'or', pointer, alternatives }];
    });
  return read(filter, [], '');
}

/** Multiplies out the `$or` of some parts: the leaves of each branch. Leaves without effect are left out. */
export function branchesOfParts(parts: readonly FilterPart[]): readonly (readonly Leaf[])[] {
  return parts.reduce<readonly (readonly Leaf[])[]>(
    (branches, part) => {
      const own =
        part.kind === 'leaf' ? [part.leaf === null ? [] : [part.leaf]] : branchesOfAlternatives(part.alternatives);
      return branches.flatMap((branch) => own.map((leaves) => [...branch, ...leaves]));
    },
    [[]],
  );
}

function branchesOfAlternatives(alternatives: readonly Alternative[]): readonly (readonly Leaf[])[] {
  return alternatives.flatMap(({ parts }) => branchesOfParts(parts));
}

/** Every `$or` of some parts, those inside of others after them. */
export function orsOf(parts: readonly FilterPart[]): readonly OrPart[] {
  return parts.flatMap((part) =>
    part.kind === 'leaf' ? [] : [part, ...part.alternatives.flatMap((alternative) => orsOf(alternative.parts))],
  );
}

/** Every leaf of some parts, whether it has an effect or not. */
export function leafPartsOf(parts: readonly FilterPart[]): readonly LeafPart[] {
  return parts.flatMap((part) =>
    part.kind === 'leaf' ? [part] : part.alternatives.flatMap((alternative) => leafPartsOf(alternative.parts)),
  );
}

/**
 * Leaves that a later one at the same path replaces, in some branch at least, by their pointers: EventBridge keeps the
 * last of two. Each with the leaf that replaces it.
 */
export function replacedLeaves(parts: readonly FilterPart[]): ReadonlyMap<LeafPart, LeafPart> {
  const replaced = new Map<LeafPart, LeafPart>();
  visitInOrder(parts, new Map(), replaced);
  return replaced;
}

/** Leaves met so far, by path. */
type Met = Map<string, readonly LeafPart[]>;

function visitInOrder(parts: readonly FilterPart[], met: Met, replaced: Map<LeafPart, LeafPart>): void {
  for (const part of parts) {
    if (part.kind === 'leaf') {
      for (const earlier of met.get(part.path) ?? []) replaced.set(earlier, part);
      met.set(part.path, [part]);
      continue;
    }
    const before = new Map(met);
    for (const alternative of part.alternatives) {
      const within = new Map(before);
      visitInOrder(alternative.parts, within, replaced);
      for (const [path, leaves] of within) met.set(path, [...new Set([...(met.get(path) ?? []), ...leaves])]);
    }
  }
}
