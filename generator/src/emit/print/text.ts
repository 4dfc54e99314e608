/** Longest line that printed code aims for, in UTF-16 units. */
export const lineWidth = 120;

/**
 * Characters that do not show, or that reorder what a reader sees: controls, separators of lines and paragraphs,
 * bidirectional overrides, the byte-order mark and halves of surrogate pairs.
 */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
  /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Spells every unprintable character as a `\uXXXX` escape; what else is in the text stays. */
export function escapeUnprintable(text: string): string {
  return text.replace(unprintable, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Splits at everything that any reader of the text might take for the end of a line. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
}

/** Text that fits a line comment: unprintable characters are gone and white space runs are one space. */
export function singleLine(text: string): string {
  return escapeUnprintable(splitLines(text).join(' ').replaceAll('\t', ' ')).replace(/ {2,}/g, ' ').trim();
}
