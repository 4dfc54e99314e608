/** Cuts a text that is longer than a reader wants, between characters. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${[...text.slice(0, longest)].slice(0, -1).join('')}…`;
}

/** A value as JSON on one line, cut when it is long. */
export function jsonText(value: unknown, longest = 200): string {
  return cut(JSON.stringify(value) ?? 'null', longest);
}

/** `a, b or c`. */
export function orList(words: readonly string[]): string {
  return joined(words, 'or');
}

/** `a, b and c`. */
export function andList(words: readonly string[]): string {
  return joined(words, 'and');
}

function joined(words: readonly string[], conjunction: string): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

/** A plain text as Markdown that shows it as it is, on one line. */
export function plainMarkdown(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#+\-.!<>|~&:]/g, '\\$&');
}
