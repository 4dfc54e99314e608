import { eventBridgeDialect, type JsonValue, readCondition } from '@eventloom/engine';
import { express, type Objection, objectionTo } from './express.ts';
import type { FieldFacts } from './field-facts.ts';
import type { FilterLeaf } from './filter-tree.ts';
import { weakerThan } from './rewrite-value.ts';
import type { Target } from './target.ts';

/** What a target makes of a leaf. */
export interface SaidLeaf {
  /** Alternatives that say it; none when no valid value satisfies it. Meaningless while there are objections. */
  readonly alternatives: readonly JsonValue[];
  /** What cannot be said, with pointers into the filter. */
  readonly objections: readonly Objection[];
  /** Alternatives that let through what the leaf does and perhaps more; null when only everything would do. */
  readonly weaker: readonly JsonValue[] | null;
}

/** Says a leaf whose values the target finds as they are: in the body. */
export function sayLeaf(leaf: FilterLeaf, target: Target, facts: FieldFacts): SaidLeaf {
  const said = leaf.alternatives.map(({ value, pointer }) => {
    const alternatives = express(value, target, facts);
    if (alternatives !== null) return { alternatives, objections: [], weaker: alternatives };
    // A number beyond what EventBridge documents works all the same; that it is not promised is a warning elsewhere.
    if (target.kind === 'rule') return { alternatives: [value], objections: [], weaker: [value] };
    const { pointer: inside, message, limit } = objectionTo(value, target);
    const objections = [{ pointer: pointer + inside, message: `${message}; ${hopeless(leaf)}`, limit }];
    return { alternatives: [], objections, weaker: weaken(value, target, facts) };
  });
  return joined(said);
}

/** That no rewrite was found is a reason too: the reader may know one for the schema. */
function hopeless({ path }: FilterLeaf): string {
  return `nothing else is known to let the same values of \`${path.join('.')}\` through`;
}

/** Joins what became of the alternatives of a leaf. */
export function joined(said: readonly SaidLeaf[]): SaidLeaf {
  const weaker = said.map((one) => one.weaker);
  return {
    alternatives: said.flatMap(({ alternatives }) => alternatives),
    objections: said.flatMap(({ objections }) => objections),
    weaker: weaker.every((one) => one !== null) ? weaker.flat() : null,
  };
}

/** The first condition weaker than one that the target can say. */
export function weaken(value: JsonValue, target: Target, facts: FieldFacts): readonly JsonValue[] | null {
  const read = readCondition(value, eventBridgeDialect);
  if (!read.ok) return null;
  return (
    weakerThan(read.condition)
      .map((one) => express(one, target, facts))
      .find((one) => one !== null) ?? null
  );
}
