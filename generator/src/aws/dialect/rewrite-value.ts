import { type Comparison, type Condition, type JsonValue, parseWildcard } from '@eventloom/engine';
import type { NumberRange } from './field-facts.ts';
import type { Rewrite } from './rewrite-text.ts';

/** A condition that the schema allows no value to satisfy is no alternative; one that all values satisfy asks for any. */
export const rewriteImpossible: Rewrite = (condition, { kinds, mayBe }) => {
  switch (condition.kind) {
    case 'exact':
      return mayBe(condition.value) ? null : [];
    case 'numeric':
      return kinds.has('number') ? null : [];
    case 'text':
    case 'cidr':
    case 'address':
      return kinds.has('string') ? null : [];
    case 'anything-but-text':
      return kinds.has('string') ? null : [{ exists: true }];
    default:
      return null;
  }
};

/** Comparisons that hold for every number that the schema allows need not be said. */
export const rewriteNumeric: Rewrite = (condition, { kinds, range }) => {
  if (condition.kind !== 'numeric') return null;
  const verdicts = condition.comparisons.map((one) => ({ one, verdict: judge(one, range) }));
  if (verdicts.some(({ verdict }) => verdict === 'never')) return [];
  const open = verdicts.filter(({ verdict }) => verdict === 'open').map(({ one }) => one);
  if (open.length === condition.comparisons.length) return null;
  if (open.length > 0) return [{ numeric: open.flatMap(({ operator, value }) => [operator, value]) }];
  if ([...kinds].every((kind) => kind === 'number')) return [{ exists: true }];
  if (Number.isFinite(range.least)) return [{ numeric: ['>=', range.least] }];
  return Number.isFinite(range.most) ? [{ numeric: ['<=', range.most] }] : null;
};

/** Values that the field never has need not be excluded. */
export const rewriteExcludedValues: Rewrite = (condition, { mayBe }) => {
  if (condition.kind !== 'anything-but') return null;
  const possible = condition.values.filter(mayBe);
  if (possible.length === condition.values.length) return null;
  return [possible.length === 0 ? { exists: true } : { 'anything-but': possible }];
};

function judge({ operator, value }: Comparison, range: NumberRange): 'always' | 'never' | 'open' {
  const { least, leastExcluded, most, mostExcluded } = range;
  const allAbove = least > value || (least === value && leastExcluded);
  const allBelow = most < value || (most === value && mostExcluded);
  const verdict = (always: boolean, never: boolean) => (never ? 'never' : always ? 'always' : 'open');
  switch (operator) {
    case '=':
      return verdict(least === value && most === value, allAbove || allBelow);
    case '<':
      return verdict(allBelow, least >= value);
    case '<=':
      return verdict(most <= value, allAbove);
    case '>':
      return verdict(allAbove, most <= value);
    case '>=':
      return verdict(least >= value, allBelow);
    default:
      return operator satisfies never;
  }
}

/** Weaker conditions: what they let through holds all that `condition` does, and more. The strongest come first. */
export function weakerThan(condition: Condition): readonly JsonValue[] {
  switch (condition.kind) {
    case 'numeric':
      return condition.comparisons.length < 2
        ? []
        : condition.comparisons.map(({ operator, value }) => ({ numeric: [operator, value] }));
    case 'anything-but':
      return condition.values.length < 2 ? [] : condition.values.map((value) => ({ 'anything-but': value }));
    case 'anything-but-text':
      return condition.texts.length < 2
        ? []
        : condition.texts.map((text) => ({ 'anything-but': { [condition.operator]: text } }));
    case 'text':
      return condition.operator === 'wildcard' ? endsOf(condition.text) : [];
    default:
      return [];
  }
}

/** The longer of the fixed ends of a wildcard comes first. */
function endsOf(wildcard: string): readonly JsonValue[] {
  const pieces = parseWildcard(wildcard);
  if (typeof pieces === 'string' || pieces.length < 2) return [];
  const [first = ''] = pieces;
  const last = pieces.at(-1) ?? '';
  const ends = [
    ...(first === '' ? [] : [{ length: first.length, condition: { prefix: first } }]),
    ...(last === '' ? [] : [{ length: last.length, condition: { suffix: last } }]),
  ];
  return ends.sort((left, right) => right.length - left.length).map(({ condition }) => condition);
}
