import {
  addressDigits,
  conditionTest,
  eventBridgeDialect,
  type JsonValue,
  type LeafTest,
  readCondition,
} from '@eventloom/engine';
import { type Alternative, type FilterOr, type FilterTree, isList, isObject, namesPathTwice } from './filter-tree.ts';
import { writeTree } from './write-tree.ts';

/**
 * Brings a filter into the one form of all that say the same in another order or twice: duplicates and alternatives that
 * another covers are dropped, alternatives and branches sorted. The order of alternatives never matters to a match.
 * A filter that names a path twice is left alone, since the last one counts there.
 */
export function canonicalTree(tree: FilterTree): FilterTree {
  return namesPathTwice(tree) ? tree : arrange(tree, canonicalAlternatives);
}

/** Sorts alternatives and branches, and drops duplicates, without a look at what they mean. */
export function sortedTree(tree: FilterTree): FilterTree {
  return namesPathTwice(tree) ? tree : arrange(tree, sortedAlternatives);
}

type Arrange = (alternatives: readonly Alternative[]) => readonly Alternative[];

function arrange(tree: FilterTree, alternatives: Arrange): FilterTree {
  return tree.flatMap((entry): FilterTree => {
    if (entry.kind === 'leaf') return [{ ...entry, alternatives: alternatives(entry.alternatives) }];
    return arrangeOr(entry, alternatives);
  });
}

/** A `$or` whose branches turn out to be one is no alternative. */
function arrangeOr(or: FilterOr, alternatives: Arrange): FilterTree {
  const byText = new Map(or.branches.map((one) => arrange(one, alternatives)).map((one) => [textOf(one), one]));
  const branches = [...byText].sort(([left], [right]) => byCodeUnit(left, right)).map(([, branch]) => branch);
  const [only, ...others] = branches;
  return only !== undefined && others.length === 0 ? only : [{ ...or, branches }];
}

/** Longer lists are not searched for values that others cover: each would be held against each. */
const mostCompared = 500;

/** Drops duplicates and exact values that a condition beside them lets through, and sorts the rest. */
export function canonicalAlternatives(alternatives: readonly Alternative[]): readonly Alternative[] {
  const forms = alternatives.map((one) => ({ ...one, value: canonicalCondition(one.value) }));
  const unique = [...new Map(forms.map((one) => [JSON.stringify(one.value), one])).values()];
  if (unique.length > mostCompared) return sortedAlternatives(unique);
  const tests = unique.flatMap(({ value }) => (isObject(value) ? [testOf(value)] : []));
  const needed = unique.filter(({ value }) => !isPlain(value) || !tests.some((test) => test(value)));
  return sortedAlternatives(needed);
}

/** Drops duplicates and sorts: texts, numbers, truth values, null, then conditions. */
export function sortedAlternatives(alternatives: readonly Alternative[]): readonly Alternative[] {
  const forms = alternatives.map((one) => ({ ...one, value: canonicalCondition(one.value) }));
  const unique = [...new Map(forms.map((one) => [JSON.stringify(one.value), one])).values()];
  return unique.sort((left, right) => compare(left.value, right.value));
}

/** The shortest form of one condition: lists sorted, lists of one unpacked. */
function canonicalCondition(value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  if (typeof value.exactly === 'string' && addressDigits(value.exactly) === null) return value.exactly;
  const excluded = Object.hasOwn(value, 'anything-but') ? value['anything-but'] : undefined;
  return excluded === undefined ? value : { 'anything-but': canonicalOperand(excluded) };
}

function canonicalOperand(operand: JsonValue): JsonValue {
  if (isObject(operand)) {
    return Object.fromEntries(Object.entries(operand).map(([key, inner]) => [key, canonicalOperand(inner)]));
  }
  if (!isList(operand)) return operand;
  const unique = [...new Map(operand.map((value) => [JSON.stringify(value), value])).values()].sort(compare);
  const [only = null, ...others] = unique;
  return others.length === 0 ? only : unique;
}

function testOf(value: JsonValue): LeafTest {
  const read = readCondition(value, eventBridgeDialect);
  return read.ok ? conditionTest(read.condition) : () => false;
}

type Plain = string | number | boolean | null;

/** A text that looks like an address stands for several texts: no test on one of them speaks for it. */
function isPlain(value: JsonValue): value is Plain {
  return !isObject(value) && !isList(value) && (typeof value !== 'string' || addressDigits(value) === null);
}

const ranks: readonly string[] = ['string', 'number', 'boolean', 'object'];

function compare(left: JsonValue, right: JsonValue): number {
  const ranked = rank(left) - rank(right);
  if (ranked !== 0) return ranked;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return typeof left === 'string' && typeof right === 'string'
    ? byCodeUnit(left, right)
    : byCodeUnit(JSON.stringify(left), JSON.stringify(right));
}

/** Null comes between plain values and conditions. */
function rank(value: JsonValue): number {
  return value === null ? ranks.length - 1.5 : ranks.indexOf(typeof value);
}

function textOf(tree: FilterTree): string {
  return JSON.stringify(writeTree(tree) ?? tree);
}

function byCodeUnit(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
