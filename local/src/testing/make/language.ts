/**
 * A set of texts, told by what may come next: whether the text may end here, and what remains after one more character.
 * Characters are numbers, one for all those that no pattern tells apart.
 * https://doi.org/10.1145/321239.321249
 */
export interface Language {
  readonly id: number;
  /** The empty text is in it. */
  readonly hasEmpty: boolean;
  after(character: number): Language;
}

/** What languages are built of. Equal ones, as far as that is seen soon, are the same object. */
export interface Languages {
  readonly empty: Language;
  /** Every text. */
  readonly all: Language;
  /** Texts of one character, one of these. */
  one(of: ReadonlySet<number>): Language;
  sequence(first: Language, rest: Language): Language;
  repeat(part: Language, least: number, most: number): Language;
  some(parts: readonly Language[]): Language;
  every(parts: readonly Language[]): Language;
  not(part: Language): Language;
}

/** Makes languages that know each other. */
export function createLanguages(): Languages {
  const known = new Map<string, Language>();
  const unions = new Map<Language, readonly Language[]>();
  const intersections = new Map<Language, readonly Language[]>();
  const language = (key: string, hasEmpty: boolean, after: Language['after']): Language => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const remains = new Map<number, Language>();
    const made: Language = {
      id: known.size,
      hasEmpty,
      after: (character) => {
        const rest = remains.get(character) ?? after(character);
        remains.set(character, rest);
        return rest;
      },
    };
    known.set(key, made);
    return made;
  };
  const none: Language = language('none', false, () => none);
  const all: Language = language('all', true, () => all);
  const empty = language('empty', true, () => none);
  const one = (of: ReadonlySet<number>): Language =>
    language(`one ${[...of]}`, false, (character) => (of.has(character) ? empty : none));
  const sequence = (first: Language, rest: Language): Language => {
    if (first === none || rest === none) return none;
    if (first === empty) return rest;
    if (rest === empty) return first;
    return language(`sequence ${first.id} ${rest.id}`, first.hasEmpty && rest.hasEmpty, (character) => {
      const inside = sequence(first.after(character), rest);
      return first.hasEmpty ? some([inside, rest.after(character)]) : inside;
    });
  };
  const repeat = (part: Language, least: number, most: number): Language => {
    if (most <= 0 || part === empty) return empty;
    const fewest = part.hasEmpty ? 0 : least;
    return language(`repeat ${part.id} ${fewest} ${most}`, fewest === 0, (character) =>
      sequence(part.after(character), repeat(part, Math.max(0, fewest - 1), most - 1)),
    );
  };
  const some = (parts: readonly Language[]): Language => {
    const left = distinct(parts, unions).filter((part) => part !== none);
    if (left.includes(all)) return all;
    if (left.length <= 1) return left[0] ?? none;
    const union = language(
      `some ${left.map(({ id }) => id)}`,
      left.some(({ hasEmpty }) => hasEmpty),
      (character) => some(left.map((part) => part.after(character))),
    );
    unions.set(union, left);
    return union;
  };
  const every = (parts: readonly Language[]): Language => {
    const left = distinct(parts, intersections).filter((part) => part !== all);
    if (left.includes(none)) return none;
    if (left.length <= 1) return left[0] ?? all;
    const intersection = language(
      `every ${left.map(({ id }) => id)}`,
      left.every(({ hasEmpty }) => hasEmpty),
      (character) => every(left.map((part) => part.after(character))),
    );
    intersections.set(intersection, left);
    return intersection;
  };
  const not = (part: Language): Language => {
    if (part === none) return all;
    if (part === all) return none;
    return language(`not ${part.id}`, !part.hasEmpty, (character) => not(part.after(character)));
  };
  return { empty, all, one, sequence, repeat, some, every, not };
}

/** Parts of parts count as parts, so that what comes to the same is soon the same. */
function distinct(
  languages: readonly Language[],
  parts: ReadonlyMap<Language, readonly Language[]>,
): readonly Language[] {
  const all = new Set(languages.flatMap((language) => parts.get(language) ?? [language]));
  return [...all].sort((left, right) => left.id - right.id);
}
