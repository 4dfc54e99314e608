import type { Comparison, Condition, TextOperator } from '../pattern/condition.ts';
import type { Scalar } from '../pattern/json.ts';
import { parseWildcard } from '../pattern/wildcard.ts';
import type { View } from './view.ts';
import { foldText, reverseText } from './view.ts';

/**
 * What an index can look up instead of trying a condition: every value that satisfies the condition satisfies one of its
 * terms. The converse need not hold, since rules that an index finds are verified.
 */
export type Term =
  | { readonly kind: 'exact'; readonly value: Scalar }
  /** The view of a string starts with the text. */
  | { readonly kind: 'start'; readonly view: View; readonly text: string }
  /** A number from `low` to `high`, both included. */
  | { readonly kind: 'range'; readonly low: number; readonly high: number }
  | { readonly kind: 'any' };

/** A term with a text that equal terms share. */
export interface KeyedTerm {
  readonly key: string;
  readonly term: Term;
}

/** The distinct terms of a leaf's conditions: any of them may hold. */
export function termsOf(conditions: readonly Condition[]): readonly KeyedTerm[] {
  const terms = conditions.flatMap(termsOfCondition);
  const telling = terms.some(({ kind }) => kind === 'any') ? any : terms;
  return [...new Map(telling.map((term) => [keyOf(term), term]))].map(([key, term]) => ({ key, term }));
}

const any: readonly Term[] = [{ kind: 'any' }];

function keyOf(term: Term): string {
  switch (term.kind) {
    case 'exact':
      return `= ${typeof term.value} ${term.value}`;
    case 'start':
      return `${term.view} ${term.text}`;
    case 'range':
      return `[] ${term.low} ${term.high}`;
    case 'any':
      return '*';
    default:
      return term satisfies never;
  }
}

function termsOfCondition(condition: Condition): readonly Term[] {
  switch (condition.kind) {
    case 'exact':
      return [{ kind: 'exact', value: condition.value }];
    case 'address':
      return [{ kind: 'start', view: 'digits', text: condition.digits }];
    case 'cidr':
      return [{ kind: 'start', view: 'digits', text: sharedStart(condition.first, condition.last) }];
    case 'text':
      return termsOfText(condition.operator, condition.text);
    case 'numeric':
      return [rangeOf(condition.comparisons)];
    case 'exists':
      return condition.wanted ? any : [];
    case 'anything-but':
    case 'anything-but-text':
      return any;
    default:
      return condition satisfies never;
  }
}

function termsOfText(operator: TextOperator, text: string): readonly Term[] {
  switch (operator) {
    case 'prefix':
      // The engine also takes the text without a last quote for the whole value.
      return text.endsWith('"') ? [start('text', text), exact(text.slice(0, -1))] : [start('text', text)];
    case 'suffix':
      return text.startsWith('"') ? [end('reversed', text), exact(text.slice(1))] : [end('reversed', text)];
    case 'equals-ignore-case':
    case 'prefix/equals-ignore-case':
      return folded(text, (fold) => start('folded', fold));
    case 'suffix/equals-ignore-case':
      return folded(text, (fold) => end('folded-reversed', fold));
    case 'wildcard':
      return termsOfWildcard(text);
    default:
      return operator satisfies never;
  }
}

function termsOfWildcard(text: string): readonly Term[] {
  const pieces = parseWildcard(text);
  if (typeof pieces === 'string') return [];
  const [first = '', ...others] = pieces;
  if (others.length === 0) return [exact(first)];
  const last = others.at(-1) ?? '';
  return [first.length >= last.length ? start('text', first) : end('reversed', last)];
}

function folded(text: string, toTerm: (fold: string) => Term): readonly Term[] {
  const fold = foldText(text);
  return fold === null ? any : [toTerm(fold)];
}

function exact(value: string): Term {
  return { kind: 'exact', value };
}

function start(view: View, text: string): Term {
  return { kind: 'start', view, text };
}

function end(view: View, text: string): Term {
  return start(view, reverseText(text));
}

function rangeOf(comparisons: readonly Comparison[]): Term {
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (const { operator, value } of comparisons) {
    if (operator !== '<' && operator !== '<=') low = Math.max(low, value);
    if (operator !== '>' && operator !== '>=') high = Math.min(high, value);
  }
  return low === high ? { kind: 'exact', value: low } : { kind: 'range', low, high };
}

function sharedStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
