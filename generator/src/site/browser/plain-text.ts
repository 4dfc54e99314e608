/** The words of Markdown on one line, without its marks, cut after `most` characters with `…`. Null is nothing. */
export function plainText(markdown: string | null, most: number): string {
  if (markdown === null) return '';
  // Marks are looked for only in what may be shown; no text is too long to be read.
  const words = markdown
    .slice(0, most * 8)
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/^[ \t]*(?:#{1,6}[ \t]|>|[-*+][ \t]|`{3,}.*$|~{3,}.*$|\|?[ \t:|-]+\|?[ \t]*$)/gm, '')
    .replace(/[`*]|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...words];
  return characters.length <= most
    ? words
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
