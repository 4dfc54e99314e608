import { Unmakeable } from './kit.ts';
import { createLanguages, type Language, type Languages } from './language.ts';
import { type Pattern, printable } from './pattern.ts';

/** The ends of a text count as characters, so that `^` and `$` may stand anywhere in a pattern. */
const start = -1;
const end = -2;

/** Characters that no pattern tells apart stand together, the least first. */
export function characterClasses(patterns: readonly Pattern[]): readonly (readonly string[])[] {
  const sets = patterns.flatMap(setsOf).map((characters) => new Set(characters));
  const characters = new Set([...printable, ...sets.flatMap((set) => [...set])]);
  const classes = new Map<string, string[]>();
  for (const character of [...characters].sort()) {
    const key = `${/\w/.test(character)} ${sets.map((set) => Number(set.has(character))).join('')}`;
    const others = classes.get(key);
    if (others === undefined) classes.set(key, [character]);
    else others.push(character);
  }
  return [...classes.values()];
}

function setsOf(pattern: Pattern): readonly (readonly string[])[] {
  switch (pattern.kind) {
    case 'characters':
      return [pattern.characters];
    case 'sequence':
    case 'alternatives':
      return pattern.parts.flatMap(setsOf);
    case 'repeat':
    case 'ahead':
      return setsOf(pattern.part);
    case 'start':
    case 'end':
      return [];
    default:
      return pattern satisfies never;
  }
}

/** Tells whether a text may end here. */
export function endsIn(language: Language): boolean {
  return language.after(end).hasEmpty;
}

/** The texts in which all patterns find something; {@link endsIn} tells which are whole. */
export function languageOf(patterns: readonly Pattern[], classes: readonly (readonly string[])[]): Language {
  const languages = createLanguages();
  const { empty, one, sequence, repeat, some, every } = languages;
  const texts = repeat(one(new Set(classes.keys())), 0, Infinity);
  const started = one(new Set([start]));
  const behind = some([empty, sequence(texts, one(new Set([end])))]);
  const whole = sequence(started, sequence(texts, one(new Set([end]))));
  const found = patterns.map((pattern) =>
    some([
      build({ languages, classes, started }, pattern, behind),
      sequence(started, sequence(texts, build({ languages, classes, started: some([]) }, pattern, behind))),
    ]),
  );
  return every([whole, ...found]).after(start);
}

interface Building {
  readonly languages: Languages;
  readonly classes: readonly (readonly string[])[];
  /** What `^` comes to: nothing at all further on in a text. */
  readonly started: Language;
}

/** What a pattern finds, and `rest` behind it. */
function build(building: Building, pattern: Pattern, rest: Language): Language {
  const { empty, all, one, sequence, repeat, some, every, not } = building.languages;
  const built = (part: Pattern, behind: Language): Language => build(building, part, behind);
  switch (pattern.kind) {
    case 'characters': {
      const characters = new Set(pattern.characters);
      const has = building.classes.flatMap(([first = ''], index) => (characters.has(first) ? [index] : []));
      return sequence(one(new Set(has)), rest);
    }
    case 'sequence':
      return pattern.parts.reduceRight((behind, part) => built(part, behind), rest);
    case 'alternatives':
      return asserts(pattern)
        ? some(pattern.parts.map((part) => built(part, rest)))
        : sequence(some(pattern.parts.map((part) => built(part, empty))), rest);
    case 'repeat':
      if (!asserts(pattern)) return sequence(repeat(built(pattern.part, empty), pattern.least, pattern.most), rest);
      if (pattern.most > 1) throw new Unmakeable(JSON.stringify(pattern), 'its pattern repeats an assertion');
      return some([built(pattern.part, rest), ...(pattern.least === 0 ? [rest] : [])]);
    case 'start':
      return sequence(building.started, rest);
    case 'end':
      return sequence(one(new Set([end])), rest);
    case 'ahead': {
      const ahead = built(pattern.part, all);
      return every([pattern.refuses ? not(ahead) : ahead, rest]);
    }
    default:
      return pattern satisfies never;
  }
}

/** Tells whether what a pattern finds depends on what stands around it. */
function asserts(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'characters':
      return false;
    case 'sequence':
    case 'alternatives':
      return pattern.parts.some(asserts);
    case 'repeat':
      return asserts(pattern.part);
    case 'start':
    case 'end':
    case 'ahead':
      return true;
    default:
      return pattern satisfies never;
  }
}
