/** The start of a description, for those who list the page. */
export function firstSentence(text: string | null): string | null {
  if (text === null) return null;
  const [first = ''] = text
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(?<=[.!?]) /);
  return first.length > 200 ? `${first.slice(0, 199)}…` : first;
}
