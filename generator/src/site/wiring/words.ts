import { count } from '../count.ts';
import type { Words } from '../site-model.ts';

/** Characters of a text of the spec that a line of words shows. */
const shownCharacters = 160;

/**
 * Sets a text of the spec as code. Code has no escape for a backtick, so texts with one, and with characters that would
 * break the line or turn its direction, are spelled as JSON does.
 */
export function code(text: string): Words {
  return `\`${inLine(text.trim() === text && !unspeakable.test(text) ? text : JSON.stringify(text))}\``;
}

/** Sets a JSON value as code. */
export function codeOfValue(value: unknown): Words {
  return `\`${inLine(JSON.stringify(value) ?? 'undefined')}\``;
}

/** Text of the spec in the middle of a sentence, without code in it. */
export function plain(text: string): Words {
  return inLine(text.replaceAll('`', "'"));
}

function inLine(text: string): string {
  const shown = text.length > shownCharacters ? `${[...text.slice(0, shownCharacters)].slice(0, -1).join('')}…` : text;
  return shown.replace(all, escaped);
}

/** Backticks, control characters, separators of lines, and what is invisible or turns the direction of the text. */
const unspeakable = /[`\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|^$/u;
const all = /[`\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

function escaped(character: string): string {
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
    .join('');
}

/** Joins alternatives: `a, b or c`. */
export function either(words: readonly string[]): string {
  return joined(words, 'or');
}

/** Joins what belongs together: `a, b and c`. */
export function together(words: readonly string[]): string {
  return joined(words, 'and');
}

function joined(words: readonly string[], last: string): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** Seconds in the largest unit that needs no fraction: `30 seconds`, `15 minutes`, `4 days`. */
export function duration(seconds: number): string {
  const [unit, size] = units.find(([, one]) => seconds >= one && seconds % one === 0) ?? (['second', 1] as const);
  return count(seconds / size, unit);
}

const units = [
  ['day', 24 * 60 * 60],
  ['hour', 60 * 60],
  ['minute', 60],
] as const;

/** `262,144 bytes`. */
export function bytes(amount: number): string {
  return count(amount, 'byte');
}
