import {
  type Condition,
  describeConditions,
  type EventPattern,
  eventBridgeDialect,
  type PatternPart,
  parsePattern,
  type TextOperator,
} from '@eventloom/engine';

/** A filter in words: as short as a line of a drawing allows, and whole. */
export interface FilterWords {
  readonly short: string;
  readonly whole: string;
}

/** Says in words what a filter wants of the payload: `total ≥ 500 and market = eu`. */
export function filterWords(filter: EventPattern): FilterWords {
  const parsed = parsePattern(filter, eventBridgeDialect);
  const parts = parsed.ok ? parsed.parts : [];
  return { short: allOf(parts, shortLeaf), whole: allOf(parts, wholeLeaf) };
}

type LeafWords = (path: string, conditions: readonly Condition[]) => string;

function allOf(parts: readonly PatternPart[], leaf: LeafWords): string {
  const words = parts.map((part) =>
    part.kind === 'leaf'
      ? leaf(part.path, part.conditions)
      : `(${part.alternatives.map((one) => allOf(one, leaf)).join(' or ')})`,
  );
  return words.join(' and ');
}

function wholeLeaf(path: string, conditions: readonly Condition[]): string {
  return `${path} is ${describeConditions(conditions)}`;
}

/** Plain values are gathered behind one sign: `market = eu, us`. */
function shortLeaf(path: string, conditions: readonly Condition[]): string {
  const values = conditions.flatMap((condition) => (condition.kind === 'exact' ? [valueWord(condition.value)] : []));
  const others = conditions.flatMap((condition) =>
    condition.kind === 'exact' ? [] : [shortCondition(path, condition)],
  );
  return [...(values.length === 0 ? [] : [`${path} = ${values.join(', ')}`]), ...others].join(' or ');
}

function shortCondition(path: string, condition: Exclude<Condition, { readonly kind: 'exact' }>): string {
  switch (condition.kind) {
    case 'address':
      return `${path} = ${condition.text}`;
    case 'text':
      return `${path} ${textWord(condition.operator, condition.text)}`;
    case 'anything-but':
      return `${path} ≠ ${condition.values.map(valueWord).join(', ')}`;
    case 'anything-but-text':
      return `${path} not ${condition.texts.map((text) => textWord(condition.operator, text)).join(', ')}`;
    case 'numeric':
      return `${path} ${condition.comparisons.map(({ operator, value }) => `${signs[operator]} ${value}`).join(', ')}`;
    case 'cidr':
      return `${path} in ${condition.text}`;
    case 'exists':
      return condition.wanted ? `has ${path}` : `no ${path}`;
    default:
      return condition satisfies never;
  }
}

const signs = { '=': '=', '<': '<', '<=': '≤', '>': '>', '>=': '≥' } as const;

function textWord(operator: TextOperator, text: string): string {
  switch (operator) {
    case 'prefix':
    case 'prefix/equals-ignore-case':
      return `= ${text}…`;
    case 'suffix':
    case 'suffix/equals-ignore-case':
      return `= …${text}`;
    case 'equals-ignore-case':
      return `≈ ${text}`;
    case 'wildcard':
      return `like ${text}`;
    default:
      return operator satisfies never;
  }
}

function valueWord(value: string | number | boolean | null): string {
  return typeof value === 'string' && /^\S+$/.test(value) ? value : JSON.stringify(value);
}
