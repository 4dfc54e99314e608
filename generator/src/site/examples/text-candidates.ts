import { own } from '../../model/schema/json.ts';
import type { Leaves } from './expand.ts';
import { formatSamples } from './format-samples.ts';
import { likelyTexts } from './likely-texts.ts';
import { type PatternShape, parsePattern } from './parse-pattern.ts';
import { samplePattern } from './sample-pattern.ts';
import type { Search, Spot } from './search.ts';

/** Texts: of the format, as the field's name suggests, by the pattern, or any of the right length. */
export function* textCandidates(leaves: Leaves, spot: Spot, search: Search): Generator<unknown> {
  const { least, most } = lengthsOf(leaves);
  if (least > most || least > longestText) return;
  const [format, ...otherFormats] = words(leaves, 'format');
  const patterns = words(leaves, 'pattern');
  const salt = `${spot.path}#${spot.variant}`;
  if (format !== undefined) {
    for (const name of [format, ...otherFormats]) yield* formatSamples(name, { salt, variant: spot.variant });
    for (const keyword of limitKeywords) yield* words(leaves, keyword);
  }
  const plain = plainTexts(spot, search.size).map((text) => fit(text, { least, most, search }));
  if (patterns.length === 0 && format === undefined) yield* plain;
  for (const pattern of patterns) yield* patternTexts(pattern, { least, most, salt, search });
  if (patterns.length > 0 || format !== undefined) yield* plain;
  yield* ['x', '', 'y', 'a', 'A', '0', 'b'].map((text) => (text === '' ? '' : fit(text, { least, most, search })));
}

const longestText = 10_000;
const limitKeywords = ['formatMinimum', 'formatMaximum'];

interface Lengths {
  readonly least: number;
  readonly most: number;
}

interface Fit extends Lengths {
  readonly search: Search;
}

function lengthsOf(leaves: Leaves): Lengths {
  const numbers = (keyword: string): readonly number[] =>
    leaves.map((leaf) => own(leaf, keyword)).filter((value) => typeof value === 'number');
  return {
    least: Math.max(0, ...numbers('minLength')),
    most: Math.min(Number.POSITIVE_INFINITY, ...numbers('maxLength')),
  };
}

function words(leaves: Leaves, keyword: string): readonly string[] {
  return leaves.map((leaf) => own(leaf, keyword)).filter((value) => typeof value === 'string');
}

/** What a field of the name may hold. */
function plainTexts({ name, variant }: Spot, size: Search['size']): readonly string[] {
  return likelyTexts(name, size).map((text) => (variant === 0 ? text : `${text} ${variant + 1}`));
}

/** Cuts or repeats a text until its length is right. */
function fit(text: string, { least, most, search }: Fit): string {
  const longest = Math.min(most, Math.max(least, search.bounds.characters));
  const cut = text.length > longest ? text.slice(0, longest).trimEnd() : text;
  return cut.length >= least ? cut : `${cut}${text.repeat(Math.ceil(least / text.length))}`.slice(0, least);
}

interface Wanted extends Fit {
  readonly salt: string;
}

/** Texts of a pattern, from short to long or from long to short. */
function* patternTexts(pattern: string, { least, most, salt, search }: Wanted): Generator<string> {
  const shape = parsePattern(pattern);
  const matcher = matcherOf(pattern);
  if (shape === null || matcher === null) return;
  const longest = Math.min(most, Math.max(least, search.bounds.characters));
  const growths = [0, 1, 2, 3, 5, 8, 12, 20, 32, least].filter((growth) => growth === least || growth < longest);
  const order = search.size === 'smallest' ? growths : [...growths.slice(0, -1).reverse(), least];
  const found = order.flatMap((growth) => shapeTexts(shape, growth, salt));
  const fitting = found.filter((text) => text.length >= least && text.length <= Math.max(longest, least));
  const matching = (text: string): boolean => matcher.test(text);
  yield* new Set([...fitting.filter(matching), ...found.filter(matching)].slice(0, 12));
}

function shapeTexts(shape: PatternShape, growth: number, salt: string): readonly string[] {
  return ['', '~', '~~'].map((more) => samplePattern(shape, { growth, salt: `${salt}${more}` }));
}

function matcherOf(pattern: string): RegExp | null {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return null;
  }
}
