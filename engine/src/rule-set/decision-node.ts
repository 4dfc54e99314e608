import { type IndexableLeaf, type Load, loadAmong } from './indexable-leaf.ts';
import type { RuleBranch, RuleLeaf } from './rule-branch.ts';
import type { KeyedTerm, Term } from './term.ts';
import { toValueIndex, type ValueIndex } from './value-index.ts';

/** A set of branches, divided by what they want at one path each. */
export interface DecisionNode {
  /** Branches that may match every event that comes here. */
  readonly branches: readonly RuleBranch[];
  /** The others, by the path that each is told by. */
  readonly indexes: readonly PathIndex[];
  /** The same by the number of the path. */
  readonly byPath: ReadonlyMap<number, PathIndex>;
}

/** Branches by the terms that they are told by at one path. */
export interface PathIndex {
  readonly path: number;
  readonly nodes: ValueIndex<DecisionNode>;
}

/** A branch before it has its place. */
export interface UnplacedBranch extends Omit<RuleBranch, 'leaves'> {
  readonly leaves: readonly IndexableLeaf[];
}

/** As many branches are verified rather than told apart further. */
const fewBranches = 4;

/** Levels after which branches are verified, however many are left. */
const maximumDepth = 8;

/** Copies of one branch that its alternatives at several levels may multiply to. */
const maximumCopies = 64;

/** A branch on its way down the tree. */
interface Placed extends UnplacedBranch {
  /** Leaves that it was not told by yet. */
  readonly rest: readonly IndexableLeaf[];
  readonly copies: number;
}

/** Arranges branches so that an event reaches few that it does not match. */
export function toDecisionNode(branches: readonly UnplacedBranch[]): DecisionNode {
  const placed = branches.map((branch) => ({ ...branch, rest: branch.leaves, copies: 1 }));
  return divide(placed, 0);
}

function divide(placed: readonly Placed[], depth: number): DecisionNode {
  // What the copies of a branch want is not even counted, else the work would be the square of their number.
  const isOpen = ({ copies }: Placed): boolean => depth === 0 || copies <= maximumCopies;
  const open = placed.filter(isOpen);
  const closed = placed.filter((one) => !isOpen(one));
  const load = loadAmong(open.map(({ rest }) => rest));
  const isSmall = (depth > 0 && placed.length <= fewBranches) || depth >= maximumDepth;
  const byPath = new Map<number, Map<string, Bucket>>();
  const undivided = open.filter((one) => {
    const leaf = isSmall ? null : bestLeaf(one, depth, load);
    if (leaf !== null) addToBuckets(byPath, leaf, one);
    return leaf === null;
  });
  const branches = [...undivided.map((one) => ordered(one, load)), ...closed].map(toRuleBranch);
  const indexes = [...byPath].map(([path, buckets]) => ({ path, nodes: indexOf(buckets, depth) }));
  return {
    branches,
    indexes,
    byPath: indexes.length === 0 ? noIndexes : new Map(indexes.map((one) => [one.path, one])),
  };
}

const noIndexes: DecisionNode['byPath'] = new Map();

interface TellingLeaf extends IndexableLeaf {
  readonly terms: readonly KeyedTerm[];
}

/** The leaf that tells a branch best from others, among those left; null when there is none. */
function bestLeaf({ rest, copies }: Placed, depth: number, load: Load): TellingLeaf | null {
  let best: TellingLeaf | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const leaf of rest) {
    if (!isTelling(leaf) || (depth > 0 && copies * leaf.terms.length > maximumCopies)) continue;
    const own = load(leaf);
    if (own < least) [best, least] = [leaf, own];
  }
  return best;
}

function isTelling(leaf: IndexableLeaf): leaf is TellingLeaf {
  return leaf.terms !== null;
}

interface Bucket {
  readonly term: Term;
  readonly placed: Placed[];
}

function addToBuckets(byPath: Map<number, Map<string, Bucket>>, leaf: TellingLeaf, branch: Placed): void {
  const buckets = byPath.get(leaf.path) ?? new Map<string, Bucket>();
  byPath.set(leaf.path, buckets);
  const rest = branch.rest.filter((other) => other !== leaf);
  const placed = { ...branch, rest, copies: branch.copies * leaf.terms.length };
  for (const { key, term } of leaf.terms) {
    const bucket = buckets.get(key) ?? { term, placed: [] };
    buckets.set(key, bucket);
    bucket.placed.push(placed);
  }
}

function indexOf(buckets: ReadonlyMap<string, Bucket>, depth: number): ValueIndex<DecisionNode> {
  return toValueIndex([...buckets.values()].map(({ term, placed }) => [term, divide(placed, depth + 1)] as const));
}

/** Puts the leaves that tell best first, so that a branch that does not match is soon known. */
function ordered(placed: Placed, load: Load): Placed {
  const byLoad = placed.rest.map((leaf) => ({ leaf, own: load(leaf) })).sort((a, b) => a.own - b.own);
  return { ...placed, rest: byLoad.map(({ leaf }) => leaf) };
}

/** Drops what only the making of the tree needs. */
function toRuleBranch({ number, rule, leaves, rest, tree }: Placed): RuleBranch {
  const told = leaves.filter((leaf) => !rest.includes(leaf));
  return { number, rule, leaves: [...rest, ...told].map(toRuleLeaf), tree };
}

function toRuleLeaf({ path, mayBeAbsent, test, exact }: IndexableLeaf): RuleLeaf {
  return { path, mayBeAbsent, test, exact };
}
