/** Estimates how wide a line of text is, in pixels. Generous: what is drawn into a box of this width fits. */
export function textWidth(text: string, fontPixels: number): number {
  let ems = 0;
  for (const character of text) ems += emsOf(character);
  return Math.ceil(ems * fontPixels);
}

/** Shortens a text to a number of characters, with `…` in its middle, so that both ends can be told apart. */
export function cutMiddle(text: string, maximum: number): string {
  const characters = [...text];
  if (characters.length <= maximum) return text;
  const head = Math.ceil((maximum - 1) / 2);
  const tail = maximum - 1 - head;
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - tail).join('')}`;
}

/** Shortens a text to a number of characters, with `…` at its end. */
export function cutEnd(text: string, maximum: number): string {
  const characters = [...text];
  return characters.length <= maximum
    ? text
    : `${characters
        .slice(0, maximum - 1)
        .join('')
        .trimEnd()}…`;
}

/** Upper bounds over the usual sans-serif fonts of systems. */
function emsOf(character: string): number {
  if (/[ijlI.,:;'|!]/.test(character)) return 0.36;
  if (/[ frt()[\]{}/\\"-]/.test(character)) return 0.44;
  if (/[mwMW@%…—]/.test(character)) return 1;
  if (/[A-Z&#~+=<>≥≤≠_]/.test(character)) return 0.79;
  if (character < '\u0250') return 0.645;
  return character < '\u1100' ? 0.9 : 1.5;
}
