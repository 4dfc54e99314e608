import type { Comparison, Condition, TextOperator } from './condition.ts';
import { ignoreCaseTest } from './ignore-case.ts';
import { addressDigits, isInBlock } from './ip-address.ts';
import type { Scalar } from './json.ts';
import { parseWildcard, wildcardTest } from './wildcard.ts';

/** Tells whether a value that is present satisfies one of a leaf's conditions. */
export type LeafTest = (value: Scalar) => boolean;

/**
 * Makes the test of a leaf's conditions, any of which may hold. Conditions that want the field to be absent take no
 * part in it: a value that is there never satisfies them.
 */
export function leafTest(conditions: readonly Condition[]): LeafTest {
  const exact = new Set<Scalar>();
  const others: LeafTest[] = [];
  for (const condition of conditions) {
    if (condition.kind === 'exact') exact.add(condition.value);
    else others.push(conditionTest(condition));
  }
  if (others.length === 0 && exact.size === 1) {
    const [only] = exact;
    return (value) => value === only;
  }
  if (exact.size > 0) others.unshift((value) => exact.has(value));
  const [first, second] = others;
  if (first !== undefined && second === undefined) return first;
  return (value) => others.some((test) => test(value));
}

/** Makes the test of one condition. */
export function conditionTest(condition: Condition): LeafTest {
  switch (condition.kind) {
    case 'exact':
      return (value) => value === condition.value;
    case 'address':
      return (value) => typeof value === 'string' && (addressDigits(value)?.startsWith(condition.digits) ?? false);
    case 'cidr':
      return (value) => isAddressInBlock(value, condition.first, condition.last);
    case 'text': {
      const test = textTest(condition.operator, condition.text);
      return (value) => typeof value === 'string' && test(value);
    }
    case 'anything-but': {
      const excluded = new Set<Scalar>(condition.values);
      return (value) => !excluded.has(value);
    }
    case 'anything-but-text': {
      const tests = condition.texts.map((text) => textTest(condition.operator, text));
      return (value) => typeof value !== 'string' || !tests.some((test) => test(value));
    }
    case 'numeric':
      return (value) => typeof value === 'number' && condition.comparisons.every((one) => holds(value, one));
    case 'exists':
      if (!condition.needsContent) return () => condition.wanted;
      return (value) => condition.wanted && value !== null && value !== '';
    default:
      return condition satisfies never;
  }
}

function isAddressInBlock(value: Scalar, first: string, last: string): boolean {
  const digits = typeof value === 'string' ? addressDigits(value) : null;
  return digits !== null && isInBlock(digits, first, last);
}

function holds(value: number, { operator, value: bound }: Comparison): boolean {
  switch (operator) {
    case '=':
      return value === bound;
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    default:
      return operator satisfies never;
  }
}

function textTest(operator: TextOperator, text: string): (value: string) => boolean {
  switch (operator) {
    case 'prefix':
      return prefixTest(text);
    case 'suffix':
      return suffixTest(text);
    case 'equals-ignore-case':
      return ignoreCaseTest(text, 'whole');
    case 'prefix/equals-ignore-case':
      return ignoreCaseTest(text, 'start');
    case 'suffix/equals-ignore-case':
      return ignoreCaseTest(text, 'end');
    case 'wildcard': {
      const pieces = parseWildcard(text);
      return typeof pieces === 'string' ? () => false : wildcardTest(pieces);
    }
    default:
      return operator satisfies never;
  }
}

/** event-ruler compares with the value in its quotes, so that a prefix that ends in a quote also is the whole value. */
function prefixTest(text: string): (value: string) => boolean {
  if (!text.endsWith('"')) return (value) => value.startsWith(text);
  const whole = text.slice(0, -1);
  return (value) => value.startsWith(text) || value === whole;
}

/** As {@link prefixTest}, from the other end. */
function suffixTest(text: string): (value: string) => boolean {
  if (!text.startsWith('"')) return (value) => value.endsWith(text);
  const whole = text.slice(1);
  return (value) => value.endsWith(text) || value === whole;
}
