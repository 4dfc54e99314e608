/** Draws of one seed. They depend on the seed and on what they are about, not on the order in which they are asked for. */
export interface Chance {
  /** From 0 to less than 1. */
  draw(...subject: readonly unknown[]): number;
  /** True in so many cases of one. */
  strikes(rate: number, ...subject: readonly unknown[]): boolean;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number, ...subject: readonly unknown[]): number;
}

/** Makes the draws of one seed. */
export function chanceOf(seed: number): Chance {
  const draw = (...subject: readonly unknown[]) => hash(`${seed}|${subject.join('|')}`) / 2 ** 32;
  return {
    draw,
    strikes: (rate, ...subject) => draw(...subject) < rate,
    between: (least, most, ...subject) => least + Math.floor(draw(...subject) * (most - least + 1)),
  };
}

/** FNV-1a with a final mix, so that subjects that differ in one character differ everywhere. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
