/** Characters (code points, lone surrogates among them) as ranges that include both ends, sorted and apart. */
export type CharSet = readonly (readonly [from: number, to: number])[];

const last = 0x10ffff;

/** Every character. */
export const anyChar: CharSet = [[0, last]];

/** The set of the characters of a text. */
export function charsOf(text: string): CharSet {
  return unite(Array.from(text, (char) => range(char, char)));
}

/** The set of the characters from one to another. */
export function range(from: string, to: string): CharSet {
  return [[from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0]];
}

/** The characters that are in any of the sets. */
export function unite(sets: readonly CharSet[]): CharSet {
  const sorted = sets.flat().sort(([left], [right]) => left - right);
  const united: (readonly [number, number])[] = [];
  for (const [from, to] of sorted) {
    const before = united.at(-1);
    if (before === undefined || from > before[1] + 1) united.push([from, to]);
    else united[united.length - 1] = [before[0], Math.max(before[1], to)];
  }
  return united;
}

/** The characters that are not in the set. */
export function complement(set: CharSet): CharSet {
  const gaps: (readonly [number, number])[] = [];
  let next = 0;
  for (const [from, to] of set) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= last) gaps.push([next, last]);
  return gaps;
}

/** Tells whether a character is in the set. */
export function includes(set: CharSet, char: number): boolean {
  return set.some(([from, to]) => from <= char && char <= to);
}
