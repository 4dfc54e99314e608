import { type JsonObject, own } from '../../model/schema/json.ts';
import { remembered } from '../remembered.ts';
import type { Leaves } from './expand.ts';
import { formatSamples } from './format-samples.ts';
import { likelyTexts } from './likely-texts.ts';
import { isAmbiguous, type PatternShape, parsePattern } from './parse-pattern.ts';
import { samplePattern } from './sample-pattern.ts';
import type { Search, Spot } from './search.ts';

/** Texts: of the format, as the field's name suggests, by the pattern, or any of the right length. */
export function* textCandidates(leaves: Leaves, spot: Spot, search: Search): Generator<unknown> {
  const { least, most } = lengthsOf(leaves);
  if (least > most || least > longestText) return;
  const [format, ...otherFormats] = words(leaves, 'format');
  const patterned = leaves.filter((leaf) => typeof own(leaf, 'pattern') === 'string');
  const salt = `${spot.path}#${spot.variant}`;
  if (format !== undefined) {
    for (const name of [format, ...otherFormats]) yield* formatSamples(name, { salt, variant: spot.variant });
    for (const keyword of limitKeywords) yield* words(leaves, keyword);
  }
  const isFree = patterned.length === 0 && format === undefined;
  if (isFree) yield* plainTexts(spot, { least, most, search });
  for (const leaf of patterned) yield* patternTexts(leaf, { least, most, salt, search });
  if (!isFree) yield* plainTexts(spot, { least, most: Math.min(most, shortFallback), search });
  yield* mixedTexts;
  yield* ['x', '', 'y', 'a', 'A', '0', 'b'].map((text) => (text === '' ? '' : fit(text, { least, most, search })));
}

/** The first candidate of schemas without pattern; undefined when there is none. */
export function firstText(leaves: Leaves, spot: Spot, search: Search): string | undefined {
  const { least, most } = lengthsOf(leaves);
  if (least > most || least > longestText) return undefined;
  const [format] = words(leaves, 'format');
  if (format === undefined) return plainTexts(spot, { least, most, search })[0];
  return formatSamples(format, { salt: `${spot.path}#${spot.variant}`, variant: spot.variant })[0];
}

/** Patterns that repeat what repeats may take forever to refuse a long text. */
const shortFallback = 16;
const longestText = 10_000;
/** Texts with something of each kind, as passwords have. */
const mixedTexts = ['Aa1!Bb2?', 'Aa1Bb2Cc3Dd4', 'Aa1!Bb2?Cc3!Dd4?'];
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
function plainTexts({ name, variant }: Spot, wanted: Fit): readonly string[] {
  const texts = likelyTexts(name, wanted.search.size);
  return texts.map((text) => fit(variant === 0 ? text : another(text, variant), wanted));
}

/** The text of a later element: one that ends in a number counts on. */
function another(text: string, variant: number): string {
  const counted = text.replace(/(?<=-)\d+$/, (digits) => String(Number(digits) + variant).padStart(digits.length, '0'));
  return counted === text ? `${text} ${variant + 1}` : counted;
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
function* patternTexts(leaf: JsonObject, { least, most, salt, search }: Wanted): Generator<string> {
  const pattern = String(own(leaf, 'pattern'));
  const { shape, matcher, usual } = knownPattern(pattern);
  if (shape === null || matcher === null) return;
  const longest = Math.min(most, Math.max(least, search.bounds.characters));
  const growths = [0, 1, 2, 3, 5, 8, 12, 20, 32, least].filter((growth) => growth === least || growth < longest);
  const order = search.size === 'smallest' ? growths : [...growths.slice(0, -1).reverse(), least];
  yield* usual;
  const unfit: string[] = [];
  for (const growth of order) {
    for (const more of ['', '~', '~~']) {
      const text = samplePattern(shape, { growth, salt: `${salt}${more}` });
      if (!matcher.test(text)) continue;
      if (text.length >= least && text.length <= longest) yield text;
      else unfit.push(text);
    }
  }
  yield* unfit;
}

/** Texts for which many a pattern is meant; not where it lets plain words through as well. */
function usualTexts(matcher: RegExp | null): readonly string[] {
  if (matcher === null || plainWords.some((word) => matcher.test(word))) return [];
  const formats = ['date', 'uuid', 'date-time', 'email', 'url', 'ipv4'];
  const texts = formats.flatMap((name) => formatSamples(name, { salt: '', variant: 0 }).slice(0, 1));
  return [...texts, '09:30', '1.12.0'].filter((text) => matcher.test(text));
}

const plainWords = ['abc', 'ABC', '42', 'a-1'];

interface KnownPattern {
  readonly shape: PatternShape | null;
  readonly matcher: RegExp | null;
  readonly usual: readonly string[];
}

const knownPattern = remembered((pattern: string): KnownPattern => {
  const shape = parsePattern(pattern);
  const matcher = matcherOf(pattern);
  return { shape, matcher, usual: shape === null || isAmbiguous(shape) ? [] : usualTexts(matcher) };
});

function matcherOf(pattern: string): RegExp | null {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return null;
  }
}
