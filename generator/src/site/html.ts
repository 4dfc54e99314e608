/** HTML that is safe to stand in a document. Made by {@link html} and {@link safeHtml} alone. */
export interface Html {
  readonly [markup]: string;
}

/** What may stand in a template: texts are escaped, HTML is not; lists are joined; null, undefined and false are nothing. */
export type HtmlPart = string | number | Html | null | undefined | false | readonly HtmlPart[];

const markup: unique symbol = Symbol('markup');

/**
 * Spells HTML. Every text put in is escaped for element content and for attributes in double quotes, so spec text stays
 * text. Put no text into a tag's or an attribute's name, an unquoted attribute, a script or a style.
 */
export function html(literals: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  let text = literals[0] ?? '';
  for (let index = 0; index < parts.length; index++) text += `${spell(parts[index])}${literals[index + 1]}`;
  return { [markup]: text };
}

/** Vouches for markup that was escaped elsewhere, such as rendered Markdown. */
export function safeHtml(text: string): Html {
  return { [markup]: text };
}

/** Returns the markup. */
export function htmlText(part: HtmlPart): string {
  return spell(part);
}

/** An attribute with a leading space; nothing for null and false, the bare name for true. */
export function attribute(name: `${Lowercase<string>}`, value: string | number | boolean | null): Html {
  if (value === null || value === false) return safeHtml('');
  return value === true ? safeHtml(` ${name}`) : html` ${safeHtml(name)}="${String(value)}"`;
}

function spell(part: HtmlPart): string {
  if (typeof part === 'string') return escapeText(part);
  if (typeof part === 'number') return String(part);
  if (part === null || part === undefined || part === false) return '';
  return isList(part) ? part.map(spell).join('') : part[markup];
}

function isList(part: HtmlPart): part is readonly HtmlPart[] {
  return Array.isArray(part);
}

/** Escapes for content and quoted attributes. Characters that HTML forbids become the replacement character. */
function escapeText(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/(?![\t\n\r])\p{Cc}/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
