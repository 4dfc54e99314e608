/**
 * Tells whether Markdown is one paragraph that holds nothing but its own text, so that it need not be parsed. Most
 * descriptions are; true is never said of others, false maybe of some that are.
 */
export function isPlainMarkdown(text: string): boolean {
  return plain.test(text);
}

/** One line of words with no sign that may mean more, a letter first (no list begins so) and no space twice or last. */
const plain = /^[A-Za-z](?: ?[A-Za-z0-9,;:.?'"’‘“”–—…()/%+=$-])*$/;
