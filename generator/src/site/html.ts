/** HTML that is safe to stand in a document. Made by {@link html} and {@link safeHtml} alone. */
export type Html = Markup;

/** Nothing else can pass for one: a private member makes the type nominal. */
class Markup {
  declare private readonly vouched: never;
  declare readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What may stand in a template: texts are escaped, HTML is not; lists are joined; null, undefined and false are nothing. */
export type HtmlPart = string | number | Html | null | undefined | false | readonly HtmlPart[];

/**
 * Spells HTML. Every text put in is escaped for where it stands, element content or an attribute in double quotes, so
 * spec text stays text. Put no text into a tag's or an attribute's name, an unquoted attribute, a script or a style.
 */
export function html(literals: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  const places = placesIn(literals);
  let text = literals[0] ?? '';
  for (let index = 0; index < parts.length; index++) {
    text += `${spell(parts[index], places[index] ?? 'tag')}${literals[index + 1]}`;
  }
  return new Markup(text);
}

/** Where a part stands: in the content of an element, where quotes are as good as any other sign, or maybe in a tag. */
type Place = 'content' | 'tag';

/** There are only so many templates. */
const knownPlaces = new Map<TemplateStringsArray, readonly Place[]>();

/** A template that starts with text may itself stand in a tag, so quotes are escaped until a tag has ended in it. */
function placesIn(literals: TemplateStringsArray): readonly Place[] {
  const known = knownPlaces.get(literals);
  if (known !== undefined) return known;
  let state: State = 'tag';
  const places = literals.slice(0, -1).map((literal): Place => {
    for (const character of literal) state = after(state, character);
    return state === 'content' ? 'content' : 'tag';
  });
  knownPlaces.set(literals, places);
  return places;
}

type State = Place | 'quoted';

/** Quotes of content mean nothing, those of a tag hold whatever stands between them. */
function after(state: State, character: string): State {
  if (state === 'quoted') return character === '"' ? 'tag' : 'quoted';
  if (character === '<') return 'tag';
  if (state === 'content') return 'content';
  if (character === '>') return 'content';
  return character === '"' ? 'quoted' : 'tag';
}

/** Vouches for markup that was escaped elsewhere, such as rendered Markdown. */
export function safeHtml(text: string): Html {
  return new Markup(text);
}

/** Returns the markup. */
export function htmlText(part: HtmlPart): string {
  const text = spell(part, 'tag');
  // A look at one character makes a plain string of all the pieces, which need not be kept any longer.
  text.charCodeAt(text.length - 1);
  return text;
}

/** An attribute with a leading space; nothing for null and false, the bare name for true. */
export function attribute(name: `${Lowercase<string>}`, value: string | number | boolean | null): Html {
  if (value === null || value === false) return safeHtml('');
  return value === true ? safeHtml(` ${name}`) : html` ${safeHtml(name)}="${String(value)}"`;
}

function spell(part: HtmlPart, place: Place): string {
  if (typeof part === 'string') return toEscape[place].test(part) ? escapeText(part, place) : part;
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'number') return String(part);
  if (!isList(part)) return part.markup;
  let text = '';
  for (const one of part) text += spell(one, place);
  return text;
}

function isList(part: HtmlPart): part is readonly HtmlPart[] {
  return Array.isArray(part);
}

/** What may have to be escaped: most texts hold nothing of it, and one look is cheaper than any replacement. */
const toEscape = { content: /[^\t\n\r -~]|[&<>]/, tag: /[^\t\n\r -~]|[&<>"']/ } as const;

const [beyondAscii, forbidden] = [/[^\t\n\r -~]/, /\p{Surrogate}|(?![\t\n\r])\p{Cc}/gu];

/** Escapes for content, or for content and quoted attributes. Characters that HTML forbids become the replacement character. */
function escapeText(text: string, place: Place): string {
  const allowed = beyondAscii.test(text) ? text.replace(forbidden, '\ufffd') : text;
  return allowed.replace(place === 'content' ? /[&<>]/g : /[&<>"']/g, (character) => entities[character] ?? character);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
