import { addressDigits, type EventPattern, limits } from '@eventloom/engine';
import type { FilterFault } from '../filter-faults.ts';
import { sortedKeys } from '../sorted-keys.ts';
import { canonicalTree, sortedTree } from './canonical.ts';
import type { PayloadFacts } from './field-facts.ts';
import { type FilterLeaf, type FilterOr, type FilterTree, leavesOf, namesPathTwice, readTree } from './filter-tree.ts';
import { sayAttribute } from './say-attribute.ts';
import { type SaidLeaf, sayLeaf } from './say-leaf.ts';
import { type Target, type TargetKind, targets } from './target.ts';
import { writeTree } from './write-tree.ts';

/** What a target makes of a filter. */
export interface SaidFilter {
  /** Says what the filter says, over every valid payload; null when everything is let through. */
  readonly filter: EventPattern | null;
  /** What cannot be said, if anything; then `filter` is only as strong as can be said. */
  readonly faults: readonly FilterFault[];
  /** The same as `filter`, for whoever has to make it weaker still. */
  readonly tree: FilterTree;
}

/**
 * Says a filter for a target, with the payload as its root. What the target lacks, or means otherwise, is rewritten where
 * the schemas of the messages allow; what is left is a fault, and is left out, so that the target lets more through.
 */
export function sayFilter(filter: EventPattern, kind: TargetKind, facts: PayloadFacts): SaidFilter {
  const target = targets[kind];
  const tree = readTree(filter, kind !== 'attributes');
  if (kind !== 'rule' && namesPathTwice(tree)) return unsaid(twice(target));
  const { tree: possible, faults } = sayEntries(canonicalTree(tree), { target, facts });
  const said = possible === null ? neverMatching(tree, facts) : sortedTree(possible);
  const written = said === null ? null : writeTree(said);
  if (kind === 'rule' && written === null) return { filter: sortedKeys(filter), faults: [], tree };
  if (said === null) return unsaid('no valid event can match it');
  if (written === null)
    return unsaid(`${target.dialect.name} has no place for a key with dots beside the path that it spells`);
  return { filter: Object.keys(written).length === 0 ? null : written, faults, tree: said };
}

/** A filter that nothing matches, for one that no valid event can match: a field is to have a text that it never has. */
function neverMatching(tree: FilterTree, facts: PayloadFacts): FilterTree | null {
  const [found] = leavesOf(tree).flatMap((leaf) => {
    const texts = [...leaf.alternatives.map(({ value }) => value), '(never)'].filter(
      (value) => typeof value === 'string',
    );
    const text = texts.find((one) => addressDigits(one) === null && !facts.field(leaf.path).mayBe(one));
    return text === undefined ? [] : [{ ...leaf, alternatives: [{ value: text, pointer: leaf.pointer }] }];
  });
  return found === undefined ? null : [found];
}

function unsaid(message: string): SaidFilter {
  return { filter: null, faults: [{ pointer: '', message, limit: null }], tree: [] };
}

function twice({ dialect }: Target): string {
  return `it names one field twice, beside and inside a \`$or\`; EventBridge goes by the last, and for ${dialect.name} nothing is documented`;
}

interface Saying {
  readonly target: Target;
  readonly facts: PayloadFacts;
}

interface SaidEntries {
  /** Null when no valid event satisfies them. */
  readonly tree: FilterTree | null;
  readonly faults: readonly FilterFault[];
}

function sayEntries(tree: FilterTree, saying: Saying): SaidEntries {
  const said = tree.map((entry) => (entry.kind === 'leaf' ? sayField(entry, saying) : sayOr(entry, saying)));
  const trees = said.map((one) => one.tree);
  return {
    tree: trees.every((one) => one !== null) ? trees.flat() : null,
    faults: said.flatMap(({ faults }) => faults),
  };
}

function sayField(leaf: FilterLeaf, { target, facts }: Saying): SaidEntries {
  const { alternatives, objections, weaker } = saidLeaf(leaf, target, facts);
  const faults = objections.map(({ limit, ...fault }) => ({ ...fault, limit: limit === null ? null : limits[limit] }));
  const values = objections.length === 0 ? alternatives : weaker;
  if (values === null) return { tree: [], faults };
  if (values.length === 0) return { tree: null, faults };
  return { tree: [{ ...leaf, alternatives: values.map((value) => ({ value, pointer: leaf.pointer })) }], faults };
}

function saidLeaf(leaf: FilterLeaf, target: Target, facts: PayloadFacts): SaidLeaf {
  const [name = '', ...rest] = leaf.path;
  if (target.kind === 'attributes') {
    if (rest.length > 0) return refused(leaf, 'message attributes are flat, and have no fields below them');
    return sayAttribute(leaf, target, facts.attribute(name));
  }
  const field = facts.field(leaf.path);
  if (target.kind !== 'rule' && field.isAmbiguous) {
    return refused(
      leaf,
      `\`${leaf.path.join('.')}\` is the name of a field with dots, which only a rule takes for a path`,
    );
  }
  return sayLeaf(leaf, target, field);
}

function refused({ pointer }: FilterLeaf, message: string): SaidLeaf {
  return { alternatives: [], objections: [{ pointer, message, limit: null }], weaker: null };
}

/** A branch of which nothing can be said lets everything through, and so does the `$or`. */
function sayOr(or: FilterOr, saying: Saying): SaidEntries {
  const said = or.branches.map((branch) => sayEntries(branch, saying));
  const faults = said.flatMap((one) => one.faults);
  const branches = said.flatMap(({ tree }) => (tree === null ? [] : [tree]));
  if (branches.length === 0) return { tree: null, faults };
  const [only, ...others] = branches;
  if (branches.some((branch) => branch.length === 0)) return { tree: [], faults };
  return { tree: only !== undefined && others.length === 0 ? only : [{ ...or, branches }], faults };
}
