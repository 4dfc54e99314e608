/** The number of code points in a text, which is what `minLength` and `maxLength` count; a lone surrogate is one. */
export function ucs2length(text: string): number {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ' ').length;
}
