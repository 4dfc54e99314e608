import { type Condition, parseWildcard } from '@eventloom/engine';
import type { TypeExpression } from '../../type-expression.ts';
import { unionOf } from '../types/expressions.ts';

/** What conditions leave of an open set of values: all of them, or those of a type, which may be `never`. */
export type Left = 'all' | TypeExpression;

/** Values beyond which a list of them says less to a reader than the field's own type. */
const mostValues = 100;

/** What the conditions of a leaf, any of which suffices, leave of all strings: at least those that satisfy one. */
export function narrowStrings(conditions: readonly Condition[]): Left {
  return together(conditions.map(stringsOf));
}

/** As {@link narrowStrings}, of all numbers. */
export function narrowNumbers(conditions: readonly Condition[]): Left {
  return together(conditions.map(numbersOf));
}

function together(each: readonly (Left | null)[]): Left {
  const types: TypeExpression[] = [];
  for (const left of each) {
    if (left === 'all') return 'all';
    if (left !== null) types.push(left);
  }
  return types.length > mostValues ? 'all' : unionOf(types);
}

/** Null when no string satisfies the condition. */
function stringsOf(condition: Condition): Left | null {
  switch (condition.kind) {
    case 'exact':
      return typeof condition.value === 'string' ? { kind: 'literal', value: condition.value } : null;
    case 'text':
      return textsOf(condition);
    // One address has many spellings.
    case 'address':
    case 'cidr':
    case 'anything-but':
    case 'anything-but-text':
      return 'all';
    case 'exists':
      return condition.wanted ? 'all' : null;
    case 'numeric':
      return null;
    default:
      return condition satisfies never;
  }
}

function textsOf({ operator, text }: Extract<Condition, { kind: 'text' }>): Left {
  switch (operator) {
    // With a quote at its open end a text also matches as a whole without it, as the engine has it.
    case 'prefix':
      return text.endsWith('"') ? 'all' : template([text, '']);
    case 'suffix':
      return text.startsWith('"') ? 'all' : template(['', text]);
    case 'wildcard': {
      const pieces = parseWildcard(text);
      return typeof pieces === 'string' ? 'all' : template(pieces);
    }
    case 'equals-ignore-case':
    case 'prefix/equals-ignore-case':
    case 'suffix/equals-ignore-case':
      return 'all';
    default:
      return operator satisfies never;
  }
}

function template(texts: readonly string[]): Left {
  const [only] = texts;
  if (texts.length === 1 && only !== undefined) return { kind: 'literal', value: only };
  return texts.every((text) => text === '') ? 'all' : { kind: 'template', texts };
}

/** Null when no number satisfies the condition. */
function numbersOf(condition: Condition): Left | null {
  switch (condition.kind) {
    case 'exact':
      return typeof condition.value === 'number' ? { kind: 'literal', value: condition.value } : null;
    case 'numeric': {
      const equal = condition.comparisons.find(({ operator }) => operator === '=');
      return equal === undefined ? 'all' : { kind: 'literal', value: equal.value };
    }
    case 'anything-but':
    case 'anything-but-text':
      return 'all';
    case 'exists':
      return condition.wanted ? 'all' : null;
    case 'address':
    case 'cidr':
    case 'text':
      return null;
    default:
      return condition satisfies never;
  }
}
