import type { Comparison, Condition, TextOperator } from '@eventloom/engine';
import type { Words } from '../site-model.ts';
import { code, codeOfValue, either } from './words.ts';

/** Alternatives of one field that are named; more are counted. */
const namedValues = 20;

/** Says what the conditions of a field want, any of which suffices: `is "eu" or "us", or is absent`. */
export function conditionWords(conditions: readonly Condition[]): Words {
  const values = conditions.flatMap((condition) => valueIn(condition));
  const others = conditions.filter((condition) => valueIn(condition).length === 0);
  const phrases = [...(values.length === 0 ? [] : [`is ${eitherOf(values)}`]), ...others.map(phraseOf)];
  const named = phrases.slice(0, namedValues);
  return [...named, ...more(phrases.length - named.length)].join(', or ');
}

function valueIn(condition: Condition): readonly Words[] {
  if (condition.kind === 'exact') return [codeOfValue(condition.value)];
  return condition.kind === 'address' ? [codeOfValue(condition.text)] : [];
}

function phraseOf(condition: Condition): Words {
  switch (condition.kind) {
    case 'exact':
    case 'address':
      return `is ${eitherOf(valueIn(condition))}`;
    case 'text':
      return textPhrase(condition.operator, [condition.text], textVerbs);
    case 'anything-but':
      return `is anything but ${eitherOf(condition.values.map(codeOfValue))}`;
    case 'anything-but-text':
      return textPhrase(condition.operator, condition.texts, refusals);
    case 'numeric':
      return numberPhrase(condition.comparisons);
    case 'cidr':
      return `is an IP address in ${code(condition.text)}`;
    case 'exists':
      return condition.wanted ? 'is present' : 'is absent';
    default:
      return condition satisfies never;
  }
}

type Phrases = Readonly<Record<TextOperator, readonly [before: string, after: string]>>;

const inAnyCase = ', whatever its case';

const textVerbs: Phrases = {
  prefix: ['starts with ', ''],
  'prefix/equals-ignore-case': ['starts with ', inAnyCase],
  suffix: ['ends with ', ''],
  'suffix/equals-ignore-case': ['ends with ', inAnyCase],
  'equals-ignore-case': ['is ', inAnyCase],
  wildcard: ['is like ', ' (`*` stands for any text)'],
};

const refusals: Phrases = {
  prefix: ['is anything that does not start with ', ''],
  'prefix/equals-ignore-case': ['is anything that does not start with ', inAnyCase],
  suffix: ['is anything that does not end with ', ''],
  'suffix/equals-ignore-case': ['is anything that does not end with ', inAnyCase],
  'equals-ignore-case': ['is anything but ', inAnyCase],
  wildcard: ['is anything that is not like ', ' (`*` stands for any text)'],
};

function textPhrase(operator: TextOperator, texts: readonly string[], phrases: Phrases): Words {
  const [before, after] = phrases[operator];
  return `${before}${eitherOf(texts.map(codeOfValue))}${after}`;
}

const bounds = {
  '=': '',
  '>': 'more than ',
  '>=': 'at least ',
  '<': 'less than ',
  '<=': 'at most ',
} as const satisfies Record<Comparison['operator'], string>;

function numberPhrase(comparisons: readonly Comparison[]): Words {
  const [low, high] = comparisons;
  if (low?.operator === '>=' && high?.operator === '<=' && comparisons.length === 2) {
    return `is between ${codeOfValue(low.value)} and ${codeOfValue(high.value)}`;
  }
  return `is ${comparisons.map(({ operator, value }) => `${bounds[operator]}${codeOfValue(value)}`).join(' and ')}`;
}

function eitherOf(values: readonly Words[]): Words {
  const named = values.slice(0, namedValues);
  return either([...named, ...more(values.length - named.length)]);
}

function more(amount: number): readonly string[] {
  return amount > 0 ? [`${amount} more`] : [];
}
