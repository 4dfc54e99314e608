import { remembered } from '../remembered.ts';

/** Estimates how wide a line of text is, in pixels. Generous: what is drawn into a box of this width fits. */
export function textWidth(text: string, fontPixels: number): number {
  return Math.ceil(emsOfText(text) * fontPixels);
}

const emsOfText = remembered((text) => {
  let ems = 0;
  for (const character of text) ems += emsOf(character);
  return ems;
});

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

function emsOf(character: string): number {
  const known = widths.get(character);
  if (known !== undefined) return known;
  return character < '\u0250' ? 0.645 : character < '\u1100' ? 0.9 : 1.5;
}

/** Upper bounds over the usual sans-serif fonts of systems, in ems. */
const widths: ReadonlyMap<string, number> = new Map(
  (
    [
      ["ijlI.,:;'|!", 0.36],
      [' frt()[]{}/\\"-', 0.44],
      ['mwMW@%…—', 1],
      ['ABCDEFGHJKLNOPQRSTUVXYZ&#~+=<>≥≤≠_', 0.79],
    ] as const
  ).flatMap(([characters, ems]) => [...characters].map((character) => [character, ems] as const)),
);
