import type { Comparison, Condition, TextOperator } from './condition.ts';

/** Says in words what the conditions of a leaf want: `"eu", "us" or a number >= 5`. */
export function describeConditions(conditions: readonly Condition[]): string {
  return alternatives(conditions.map(describeCondition));
}

/** Says in words what one condition wants. */
export function describeCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'exact':
      return JSON.stringify(condition.value);
    case 'address':
      return `the IP address ${condition.text}`;
    case 'text':
      return describeText(condition.operator, condition.text);
    case 'anything-but':
      return `anything but ${alternatives(condition.values.map((value) => JSON.stringify(value)))}`;
    case 'anything-but-text':
      return `anything but ${alternatives(condition.texts.map((text) => describeText(condition.operator, text)))}`;
    case 'numeric':
      return `a number ${condition.comparisons.map(describeComparison).join(' and ')}`;
    case 'cidr':
      return `an IP address in ${condition.text}`;
    case 'exists':
      if (!condition.wanted) return 'no value';
      return condition.needsContent ? 'any value but null and the empty string' : 'any value';
    default:
      return condition satisfies never;
  }
}

function describeComparison({ operator, value }: Comparison): string {
  return `${operator} ${value}`;
}

function describeText(operator: TextOperator, text: string): string {
  const quoted = JSON.stringify(text);
  switch (operator) {
    case 'prefix':
      return `a string starting with ${quoted}`;
    case 'prefix/equals-ignore-case':
      return `a string starting with ${quoted} in any case`;
    case 'suffix':
      return `a string ending in ${quoted}`;
    case 'suffix/equals-ignore-case':
      return `a string ending in ${quoted} in any case`;
    case 'equals-ignore-case':
      return `${quoted} in any case`;
    case 'wildcard':
      return `a string like ${quoted}`;
    default:
      return operator satisfies never;
  }
}

function alternatives(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
