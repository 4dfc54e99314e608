import type { Condition, TextOperator } from '@eventloom/engine';
import { type Literal, passes } from './literal.ts';
import { languageOf, machineIn } from './space.ts';
import { mayHaveCommonText } from './text/common-text.ts';
import { anyText, choice, type Language, only } from './text/language.ts';
import { regexLanguage } from './text/regex-language.ts';
import { textLanguage } from './text/text-language.ts';
import type { Values } from './values.ts';

/** One way to meet a literal: strings of all languages and of none of those excluded. */
interface Way {
  readonly within: readonly Language[];
  readonly excluded: readonly Language[];
}

/** Finds the language of a text operator. */
type Known = (operator: TextOperator, text: string) => Language | null;

/** Combinations of ways after which the search gives up. */
const maximumWays = 64;

const free: Way = { within: [], excluded: [] };

/** Spellings of IP addresses, and more. */
const addresses: Language =
  regexLanguage('^(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[\\da-fA-F:]*:[\\da-fA-F:]*:[\\da-fA-F:]*)$') ?? anyText;

/**
 * Tells whether a string among some values may meet all literals: false only when there is none.
 */
export function mayHaveText(
  { texts, accepts, space }: Pick<Values, 'texts' | 'accepts' | 'space'>,
  literals: readonly Literal[],
): boolean {
  if (exactTexts(literals).some((text) => accepts(text) && literals.every((literal) => passes(text, literal))))
    return true;
  const known = (operator: TextOperator, text: string): Language | null =>
    languageOf(space, `${operator} ${text}`, () => textLanguage(operator, text));
  let ways: readonly Way[] = [{ within: texts(), excluded: [] }];
  for (const { kind, test } of literals) {
    const own = kind === 'none' ? refusing(test.conditions, known) : passing(test.conditions, known, accepts);
    ways = ways.flatMap((way) => own.map((other) => join(way, other)));
    if (ways.length > maximumWays) return true;
  }
  return ways.some(({ within, excluded }) => {
    const machines = within.flatMap((language) => machineIn(space, language) ?? []);
    return mayHaveCommonText(machines, excluded.length === 0 ? null : machineIn(space, choice(excluded)));
  });
}

/** Strings that conditions name: the first to be tried. */
function exactTexts(literals: readonly Literal[]): readonly string[] {
  const texts: string[] = [];
  for (const { kind, test } of literals) {
    if (kind === 'none') continue;
    for (const one of test.conditions) if (one.kind === 'exact' && typeof one.value === 'string') texts.push(one.value);
  }
  return texts;
}

function join(one: Way, other: Way): Way {
  return { within: [...one.within, ...other.within], excluded: [...one.excluded, ...other.excluded] };
}

/** Ways to pass one of the conditions. */
function passing(
  conditions: readonly Condition[],
  known: Known,
  isAccepted: (text: string) => boolean,
): readonly Way[] {
  const ways = conditions.map((condition) => passingOne(condition, known, isAccepted));
  if (ways.some((way) => way === free)) return [free];
  const possible = ways.filter((way) => way !== null);
  const plain = possible.filter(({ excluded }) => excluded.length === 0).flatMap(({ within }) => within);
  const excluding = possible.filter(({ excluded }) => excluded.length > 0);
  return plain.length === 0 ? excluding : [{ within: [choice(plain)], excluded: [] }, ...excluding];
}

/** The way to pass a condition; null when no string does. */
function passingOne(condition: Condition, known: Known, isAccepted: (text: string) => boolean): Way | null {
  switch (condition.kind) {
    case 'exact': {
      const { value } = condition;
      return typeof value === 'string' && isAccepted(value) ? { within: [only(value)], excluded: [] } : null;
    }
    case 'text':
      return { within: [known(condition.operator, condition.text) ?? anyText], excluded: [] };
    case 'address':
    case 'cidr':
      return { within: [addresses], excluded: [] };
    case 'anything-but':
      return excluding(textsOf(condition.values).map(only));
    case 'anything-but-text':
      return excluding(condition.texts.flatMap((text) => known(condition.operator, text) ?? []));
    case 'numeric':
      return null;
    case 'exists':
      return condition.wanted ? free : null;
    default:
      return condition satisfies never;
  }
}

function excluding(excluded: readonly Language[]): Way {
  return excluded.length === 0 ? free : { within: [], excluded };
}

/** The one way to fail all conditions; none when every string passes one. */
function refusing(conditions: readonly Condition[], known: Known): readonly Way[] {
  const ways = conditions.map((condition) => refusingOne(condition, known)).filter((way) => way !== null);
  return ways.length < conditions.length ? [] : [ways.reduce(join, free)];
}

/** The way to fail a condition; null when every string passes it. */
function refusingOne(condition: Condition, known: Known): Way | null {
  switch (condition.kind) {
    case 'exact':
      return typeof condition.value === 'string' ? excluding([only(condition.value)]) : free;
    case 'text': {
      const language = known(condition.operator, condition.text);
      return language === null ? free : excluding([language]);
    }
    case 'anything-but': {
      const texts = textsOf(condition.values);
      return texts.length === 0 ? null : { within: [choice(texts.map(only))], excluded: [] };
    }
    case 'anything-but-text': {
      const languages = condition.texts.map((text) => known(condition.operator, text) ?? anyText);
      return { within: [choice(languages)], excluded: [] };
    }
    case 'exists':
      return condition.wanted && !condition.needsContent ? null : free;
    case 'address':
    case 'cidr':
    case 'numeric':
      return free;
    default:
      return condition satisfies never;
  }
}

function textsOf(values: readonly (string | number)[]): readonly string[] {
  return values.filter((value) => typeof value === 'string');
}
