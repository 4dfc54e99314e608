/**
 * True in so many cases of one. Draws depend on a seed and on what they are about, not on the order in which they are
 * asked for.
 */
export type Chance = (rate: number, ...subject: readonly unknown[]) => boolean;

/** Makes the draws of one seed. */
export function chanceOf(seed: number): Chance {
  return (rate, ...subject) => hash(`${seed}|${subject.join('|')}`) / 2 ** 32 < rate;
}

/** FNV-1a with a final mix, so that subjects that differ in one character differ everywhere. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
