/** A word as it was written, such as `OrderPlaced`, and what it is made of. */
export interface Word {
  /** All of it without what parts it: `orderplaced`. */
  readonly whole: string;
  /** `order`, `placed`; one part when it is not compound. */
  readonly parts: readonly string[];
}

/** Finds the words of a text, in small letters without accents. White space ends a word. */
export function wordsIn(text: string): readonly Word[] {
  return text.split(/\s+/).flatMap((written) => {
    const parts = partsOf(written);
    return parts.length === 0 ? [] : [{ whole: parts.join(''), parts }];
  });
}

/** What is neither letter nor digit; `order|Placed`, `HTTP|Server`, `line|1`, `3|D`. */
const border =
  /[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u;

function partsOf(written: string): readonly string[] {
  const parts = withoutAccents(written).split(border).filter(Boolean);
  return parts.map((part) => part.toLowerCase());
}

function withoutAccents(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '');
}

/** A text in one piece, as if it were one word: `order placed` and `OrderPlaced` are `orderplaced`. */
export function inOnePiece(text: string): string {
  return withoutAccents(text)
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();
}

/** Starts a reader of what texts are indexed by: each part, and each whole word. It remembers the words it has seen. */
export function termReader(): (text: string) => string[] {
  const seen = new Map<string, readonly string[]>();
  return (text) =>
    text.split(/\s+/).flatMap((written) => {
      const known = seen.get(written);
      if (known !== undefined) return known;
      const parts = partsOf(written);
      const terms = parts.length < 2 ? parts : [parts.join(''), ...parts];
      seen.set(written, terms);
      return terms;
    });
}
