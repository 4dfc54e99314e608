import { anyChar, type CharSet, charsOf } from './char-set.ts';

/** A set of texts, described as regular expressions do. Texts are sequences of code points. */
export type Language =
  | { readonly kind: 'char'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Language[] }
  | { readonly kind: 'choice'; readonly options: readonly Language[] }
  | {
      readonly kind: 'repeat';
      readonly part: Language;
      readonly minimum: number;
      /** Null for no bound. */
      readonly maximum: number | null;
    };

/** Every text. */
export const anyText: Language = repeat({ kind: 'char', set: anyChar }, 0, null);

/** The empty text. */
export const emptyText: Language = { kind: 'sequence', parts: [] };

/** A single text. */
export function only(text: string): Language {
  return sequence(Array.from(text, (char) => ({ kind: 'char', set: charsOf(char) })));
}

/** Texts of one language after the other. */
export function sequence(parts: readonly Language[]): Language {
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : { kind: 'sequence', parts };
}

/** Texts of any of the languages. */
export function choice(options: readonly Language[]): Language {
  const [first] = options;
  return options.length === 1 && first !== undefined ? first : { kind: 'choice', options };
}

/** Texts of a language again and again; `maximum` null for without end. */
export function repeat(part: Language, minimum: number, maximum: number | null): Language {
  return { kind: 'repeat', part, minimum, maximum };
}

/** Texts of a number of characters; `maximum` null for without end. */
export function ofLength(minimum: number, maximum: number | null): Language {
  return repeat({ kind: 'char', set: anyChar }, minimum, maximum);
}
