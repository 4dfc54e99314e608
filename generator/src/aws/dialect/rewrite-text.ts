import { type Condition, type JsonValue, parseWildcard } from '@eventloom/engine';
import { caseVariants } from './case-variants.ts';
import type { FieldFacts } from './field-facts.ts';

/** Conditions that together let the same values through, as EventBridge means them; null when none are known. */
export type Rewrite = (condition: Condition, facts: FieldFacts) => readonly JsonValue[] | null;

/** Most alternatives that one condition may become. Each counts as a value in the combinations of a filter policy. */
const mostAlternatives = 8;

/** Most texts in the list of one `anything-but`, which counts once. */
const mostExcluded = 64;

/** A wildcard whose one asterisk stands at an end is a prefix or suffix; one without asterisks is the text itself. */
export const rewriteWildcard: Rewrite = (condition, facts) => {
  if (condition.kind !== 'text' || condition.operator !== 'wildcard') return null;
  const simple = simpleWildcard(condition.text);
  if (simple?.kind === 'any') return [...facts.kinds].every((kind) => kind === 'string') ? [{ exists: true }] : null;
  return simple === null ? null : [simple.kind === 'exact' ? { exactly: simple.text } : { [simple.kind]: simple.text }];
};

/** A prefix or suffix in any case is one of a few spellings. */
export const rewriteIgnoredCase: Rewrite = (condition) => {
  if (condition.kind !== 'text' || !condition.operator.endsWith('equals-ignore-case')) return null;
  const [operator = ''] = condition.operator.split('/');
  // A quote at the open end of a plain prefix or suffix means something else again.
  if (operator === 'prefix' ? condition.text.endsWith('"') : condition.text.startsWith('"')) return null;
  const variants = caseVariants(condition.text, mostAlternatives);
  if (variants === null) return null;
  return variants.map((text) => (operator === 'equals-ignore-case' ? { exactly: text } : { [operator]: text }));
};

/** What `anything-but` excludes by an operator that is missing may be excluded by a list, or by one prefix. */
export const rewriteExcludedTexts: Rewrite = (condition, facts) => {
  if (condition.kind !== 'anything-but-text') return null;
  const { operator, texts } = condition;
  if (texts.length > mostExcluded) return null;
  if (operator === 'equals-ignore-case') return excludeSpellings(texts);
  if (operator === 'wildcard') return excludeWildcards(texts, facts);
  const shortest = texts.filter((text) => !texts.some((other) => other !== text && covers(operator, other, text)));
  const [only, ...others] = new Set(shortest);
  return only === undefined || others.length > 0 || texts.length === 1
    ? null
    : [{ 'anything-but': { [operator]: only } }];
};

interface SimpleWildcard {
  readonly kind: 'exact' | 'prefix' | 'suffix' | 'any';
  readonly text: string;
}

function simpleWildcard(text: string): SimpleWildcard | null {
  const pieces = parseWildcard(text);
  if (typeof pieces === 'string' || pieces.length > 2) return null;
  const [first = '', last] = pieces;
  if (last === undefined) return { kind: 'exact', text: first };
  if (first === '' && last === '') return { kind: 'any', text: '' };
  // With a quote at its open end, a prefix or suffix would mean more than the wildcard.
  if (last === '') return first.endsWith('"') ? null : { kind: 'prefix', text: first };
  return first !== '' || last.startsWith('"') ? null : { kind: 'suffix', text: last };
}

function excludeSpellings(texts: readonly string[]): readonly JsonValue[] | null {
  const variants = texts.map((text) => caseVariants(text, mostExcluded));
  if (!variants.every((list) => list !== null)) return null;
  const all = [...new Set(variants.flat())];
  return all.length > mostExcluded ? null : [{ 'anything-but': all }];
}

function excludeWildcards(wildcards: readonly string[], facts: FieldFacts): readonly JsonValue[] | null {
  const parts = wildcards.map(simpleWildcard);
  if (!parts.every((part) => part !== null)) return null;
  if (parts.some(({ kind }) => kind === 'any')) return [...facts.kinds].every((kind) => kind === 'string') ? [] : null;
  const ends = parts.filter(({ kind }) => kind !== 'exact');
  const [end, ...others] = ends;
  const exact = parts.filter(({ kind }) => kind === 'exact').map(({ text }) => text);
  if (end === undefined) return [{ 'anything-but': exact }];
  const one = others.every(({ kind }) => kind === end.kind) && exact.every((text) => covers(end.kind, end.text, text));
  const texts = ends.map((one) => one.text);
  return one ? [{ 'anything-but': { [end.kind]: texts.length === 1 ? end.text : texts } }] : null;
}

/** Tells whether each text that ends (or starts) like `narrow` ends (or starts) like `wide`. */
function covers(operator: string, wide: string, narrow: string): boolean {
  return operator === 'prefix' ? narrow.startsWith(wide) : operator === 'suffix' && narrow.endsWith(wide);
}
