import { Unmakeable } from './kit.ts';
import type { Language } from './language.ts';
import { readPattern } from './pattern.ts';
import { characterClasses, endsIn, languageOf } from './pattern-language.ts';

/** Draws a whole number from 0 up to, but without, `count`. */
export type Pick = (count: number) => number;

/** Characters beyond the least that a text gets at most. */
const spareCharacters = 12;

/** Languages that are looked at in all when the ends of texts are far away, each search counted from its hundredth. */
const mostLanguages = 3000;
const nearLanguages = 100;

/**
 * Reads regular expressions (flag `u`) and returns what writes texts in which all of them find something, of so many
 * characters. A text may be shorter than asked for where its beginning leaves nothing longer; that is for a check.
 *
 * Throws {@link Unmakeable} for what cannot be read, and where there is no such text.
 */
export function patternText(patterns: readonly string[], least: number, most: number): Writer {
  const key = JSON.stringify([patterns, least, String(most)]);
  const write = known.get(key) ?? writerOf(patterns, least, most);
  known.set(key, write);
  return write;
}

type Writer = (pick: Pick) => string;

/** Making one payload asks for the same texts many times, and what writes them is the same for all. */
const known = new Map<string, Writer>();

function writerOf(patterns: readonly string[], least: number, most: number): Writer {
  const read = patterns.map(readPattern);
  const classes = characterClasses(read);
  const first = languageOf(read, classes);
  const distanceTo = distances(classes.length);
  const shortest = Math.max(least, distanceTo(first));
  if (shortest > most || shortest === Infinity) {
    throw new Unmakeable(JSON.stringify(patterns), 'its pattern leaves no text');
  }
  return (pick) => {
    const wanted = shortest + pick(Math.min(most - shortest, spareCharacters) + 1);
    let text = '';
    let language = first;
    for (let length = 0; ; length++) {
      const steps = classes.flatMap((characters, index) => {
        const rest = language.after(index);
        const left = distanceTo(rest);
        return left < Infinity && length + 1 + left <= most ? [{ characters, rest, left }] : [];
      });
      if (steps.length === 0 || (length >= wanted && endsIn(language))) return text;
      const closest = Math.min(...steps.map(({ left }) => left));
      const [character, rest] = drawn(length < wanted ? steps : steps.filter(({ left }) => left === closest), pick);
      text += character;
      language = rest;
    }
  };
}

interface Step {
  readonly characters: readonly string[];
  readonly rest: Language;
}

/** A character and what remains after it; mostly letters and digits where those are possible. */
function drawn(steps: readonly Step[], pick: Pick): readonly [string, Language] {
  const usual = steps.filter(({ characters }) => /\w/.test(characters[0] ?? ''));
  const choices = (usual.length > 0 && pick(6) < 5 ? usual : steps).flatMap(({ characters, rest }) =>
    characters.map((character) => [character, rest] as const),
  );
  return choices[pick(choices.length)] ?? ['', steps[0]?.rest as Language];
}

/** Tells how many characters a text must have at least to its end; Infinity where it has none. */
function distances(classes: number): (language: Language) => number {
  const told = new Map<Language, number>();
  let looked = 0;
  return (from) => {
    const found = told.get(from);
    if (found !== undefined) return found;
    const before = new Map<Language, Language | null>([[from, null]]);
    let near = 0;
    for (const language of before.keys()) {
      if (++near > nearLanguages && ++looked > mostLanguages) break;
      if (endsIn(language)) {
        for (let [at, count]: [Language | null, number] = [language, 0]; at !== null; count++) {
          told.set(at, count);
          at = before.get(at) ?? null;
        }
        return told.get(from) ?? Infinity;
      }
      for (let index = 0; index < classes; index++) {
        const rest = language.after(index);
        if (!before.has(rest) && told.get(rest) !== Infinity) before.set(rest, language);
      }
    }
    // All of them, unless looking has been given up.
    for (const language of looked > mostLanguages ? [from] : before.keys()) told.set(language, Infinity);
    return Infinity;
  };
}
