import type { PropertyType } from '../../type-expression.ts';
import type { ObjectAlternative } from './alternatives.ts';
import { groupBy } from './group-by.ts';
import { mergeLists, shared } from './merge-properties.ts';
import { selectionOf } from './selection.ts';

/** A property that a filter speaks of, as the filter leaves it. */
export interface Outcome {
  readonly property: PropertyType;
  /** The filter leaves it as it is. */
  readonly isSame: boolean;
}

/** Some of the alternatives of an object, and what a filter says about all of them. */
export interface Case {
  /** Indexes of the alternatives, ascending. */
  readonly variants: readonly number[];
  /** Those that are narrowed. */
  readonly properties: readonly PropertyType[];
}

/** An alternative and what a filter leaves of its properties; null when it refuses the alternative. */
export interface Judged {
  readonly object: ObjectAlternative;
  readonly outcomes: readonly Outcome[] | null;
}

/**
 * The alternatives that are left, those together that are narrowed alike. Where they have no names to select them by,
 * one case for all, whose properties tell them from those that are refused.
 */
export function casesOf(judged: readonly Judged[]): readonly Case[] {
  const survivors = judged.flatMap(({ object, outcomes }, index) =>
    outcomes === null ? [] : [{ index, object, outcomes }],
  );
  const cases = joinVariants(
    survivors.map(({ index, outcomes }) => ({
      variants: [index],
      properties: outcomes.filter(({ isSame }) => !isSame).map(({ property }) => property),
    })),
  );
  const isWhole = cases.length < 2 && survivors.length === judged.length;
  if (isWhole || survivors.every(({ object }) => selectionOf(object) !== null)) return cases;
  const changed = new Set(cases.flatMap(({ properties }) => properties.map(({ name }) => name)));
  const told = survivors.map(({ outcomes }) =>
    outcomes
      .map(({ property }) => property)
      .filter(({ name }) => survivors.length < judged.length || changed.has(name)),
  );
  return [{ variants: judged.map((_, index) => index), properties: shared(told) }];
}

/** What a filter says about all of `count` alternatives alike; null when it tells them apart, or refuses one. */
export function constraintOf(cases: readonly Case[], count: number): readonly PropertyType[] | null {
  const [only] = cases;
  return only !== undefined && cases.length === 1 && only.variants.length === count ? only.properties : null;
}

/** Brings cases together as far as that loses nothing: values of either are values of the one that they become. */
export function simplify(cases: readonly Case[]): readonly Case[] {
  if (cases.length < 2) return cases;
  const merged = joinVariants(
    groupBy(cases, ({ variants }) => variants.join()).flatMap((group) =>
      mergeLists(group.map(({ properties }) => properties)).map((properties) => ({
        variants: group[0]?.variants ?? [],
        properties,
      })),
    ),
  );
  return merged.length < cases.length ? simplify(merged) : merged;
}

/** One case for many: what all of them say. */
export function widen(cases: readonly Case[]): Case {
  return { variants: union(cases), properties: shared(cases.map(({ properties }) => properties)) };
}

/** Cases that say the same are one. */
function joinVariants(cases: readonly Case[]): readonly Case[] {
  if (cases.length < 2) return cases;
  return groupBy(cases, ({ properties }) => JSON.stringify(properties)).map((group) => ({
    variants: union(group),
    properties: group[0]?.properties ?? [],
  }));
}

function union(cases: readonly Case[]): readonly number[] {
  return [...new Set(cases.flatMap(({ variants }) => variants))].sort((a, b) => a - b);
}
