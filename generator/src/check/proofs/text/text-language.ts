import type { TextOperator } from '@eventloom/engine';
import { charsOf } from './char-set.ts';
import { anyText, type Language, only, sequence } from './language.ts';

/**
 * The strings that a text operator of a filter matches, exactly; null when they cannot be told so: texts with half a
 * surrogate pair, letters that have another length in another case, and the quotes that event-ruler takes for its own.
 */
export function textLanguage(operator: TextOperator, text: string): Language | null {
  if (/[\ud800-\udfff]/u.test(text)) return null;
  switch (operator) {
    case 'prefix':
      return text.endsWith('"') ? null : sequence([only(text), anyText]);
    case 'suffix':
      return text.startsWith('"') ? null : sequence([anyText, only(text)]);
    case 'equals-ignore-case':
      return inAnyCase(text);
    case 'prefix/equals-ignore-case':
      return joined([inAnyCase(text), anyText]);
    case 'suffix/equals-ignore-case':
      return joined([anyText, inAnyCase(text)]);
    case 'wildcard':
      return wildcard(text);
    default:
      return operator satisfies never;
  }
}

function inAnyCase(text: string): Language | null {
  const parts = Array.from(text, (char): Language | null => {
    const forms = [char.toLowerCase(), char.toUpperCase()];
    return forms.some((form) => form.length !== 1) ? null : { kind: 'char', set: charsOf(forms.join('')) };
  });
  return joined(parts);
}

function wildcard(text: string): Language {
  const parts = Array.from(text.matchAll(/\\([\\*])|(\*)|(.)/gsu), ([, escaped, star, plain]): Language => {
    return star === undefined ? only(escaped ?? plain ?? '') : anyText;
  });
  return sequence(parts);
}

function joined(parts: readonly (Language | null)[]): Language | null {
  const known = parts.filter((part) => part !== null);
  return known.length === parts.length ? sequence(known) : null;
}
