/** Markdown within a line: safe to stand in a paragraph, a heading, an item or a cell. Made by this file alone. */
export type Inline = Line;

/** Markdown that stands by itself. Made by this file, and by what vouches with {@link safeBlock}. */
export type Block = Lines;

/** Nothing else can pass for one: a private member makes the type nominal. */
class Line {
  declare private readonly vouched: never;
  declare readonly line: string;

  constructor(line: string) {
    this.line = line;
  }
}

class Lines {
  declare private readonly vouched: never;
  declare readonly lines: string;

  constructor(lines: string) {
    this.lines = lines;
  }
}

/** What may stand in a line: texts are escaped, Markdown is not; lists are joined; null is nothing. */
export type InlinePart = string | number | Inline | null | readonly InlinePart[];

/** Spells a line of Markdown. Every text put in is escaped, so that spec text stays text. */
export function md(literals: TemplateStringsArray, ...parts: readonly InlinePart[]): Inline {
  let text = literals[0] ?? '';
  for (let index = 0; index < parts.length; index++)
    text += `${inlineText(parts[index] ?? null)}${literals[index + 1]}`;
  return new Line(text);
}

/** Vouches for a line that was escaped elsewhere. */
export function safeInline(text: string): Inline {
  return new Line(text.replace(/\s+/g, ' '));
}

/** Vouches for blocks that were escaped elsewhere. */
export function safeBlock(text: string): Block {
  return new Lines(text);
}

/** Returns the Markdown of a line. */
export function inlineText(part: InlinePart): string {
  if (part === null) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escapeText(part);
  if (!isList(part)) return part.line;
  let text = '';
  for (const one of part) text += inlineText(one);
  return text;
}

/** Joins lines, such as links, with text of ours. */
export function joined(parts: readonly InlinePart[], separator: string): Inline {
  return new Line(parts.map(inlineText).join(separator));
}

/** Bold text; nothing for an empty one. */
export function strong(text: string): Inline {
  const escaped = escapeText(text).trim();
  return new Line(escaped === '' ? '' : `**${escaped}**`);
}

/**
 * A span of code, fenced by more backticks than it holds. What a span cannot hold is plain text: nothing at all, and a
 * backslash before a bar, which readers of tables take in two ways.
 */
export function code(text: string): Inline {
  const flat = cleaned(text);
  if (flat === '' || flat.includes('\\|')) return new Line(escapeText(text));
  const fence = '`'.repeat(longestRun(flat) + 1);
  const isPadded = flat.trim() !== '' && /^[` ]|[` ]$/.test(flat);
  return new Line(isPadded ? `${fence} ${flat} ${fence}` : `${fence}${flat}${fence}`);
}

/** A link to a file of the site, or to an address that is known to be one of the web. */
export function link(text: string, address: string): Inline {
  const label = escapeText(text).trim() || escapeText(address);
  return new Line(`[${label}](${escapeAddress(address)})`);
}

/** A link to an address of the web or of mail; only its text where it is none. */
export function webLink(text: string, address: string): Inline {
  return isWebAddress(address) ? link(text, address) : new Line(escapeText(text));
}

/** Tells whether an address is one of the web or of mail. */
export function isWebAddress(address: string): boolean {
  return /^(https?:\/\/|mailto:)[^\s]/i.test(address);
}

/** An address as the destination of a link: what would end it is percent-encoded. */
function escapeAddress(address: string): string {
  return cleaned(address)
    .replace(/[ ()<>[\]\\`|"'*!]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('&', '&amp;');
}

/** A heading of level 1 to 6. */
export function heading(level: number, part: InlinePart): Block {
  const text = inlineText(part).trim();
  return new Lines(`${'#'.repeat(Math.min(6, Math.max(1, level)))} ${text === '' ? '…' : text}`);
}

/** A paragraph of one line; nothing for an empty one. */
export function paragraph(part: InlinePart): Block {
  return new Lines(guardStart(inlineText(part)));
}

/** A list, one item a line. */
export function list(items: readonly InlinePart[]): Block {
  return new Lines(items.map((item) => `- ${guardStart(inlineText(item)) || '…'}`).join('\n'));
}

/** A quotation of one line. */
export function quotation(part: InlinePart): Block {
  const text = guardStart(inlineText(part));
  return new Lines(text === '' ? '' : `> ${text}`);
}

/** A table; nothing without rows. Each row has as many cells as there are heads. */
export function table(heads: readonly string[], rows: readonly (readonly InlinePart[])[]): Block {
  if (rows.length === 0) return new Lines('');
  const spelled = rows.map((row) => heads.map((_, index) => cell(row[index] ?? null)));
  const lines = [heads.map((head) => cell(head)), heads.map(() => '---'), ...spelled];
  return new Lines(lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n'));
}

/** A block of code, fenced by more backticks than it holds in a row. */
export function codeBlock(language: 'json' | 'ts' | 'yaml' | 'sh', text: string): Block {
  return new Lines(fenced(language, text));
}

/** The same for a language that is not one of ours; `language` is a word. */
export function fenced(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text === '' ? '' : text.replace(/\n?$/, '\n')}${fence}`;
}

/** Puts blocks together, an empty line between any two. Empty ones are left out. */
export function documentText(blocks: readonly Block[]): string {
  return `${blocks
    .map((one) => one.lines)
    .filter((text) => text !== '')
    .join('\n\n')}\n`;
}

/** Escapes what would begin a block, or be one, at the start of a line. */
export function guardStart(text: string): string {
  const line = text.trim();
  const isMark = /^([-+=#>:|]|\*(\s|$)|(\*\s*){3,}$)/.test(line);
  return isMark ? `\\${line}` : line.replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** Escapes for any place within a line. Line breaks are spaces, and characters that do not show are replaced. */
export function escapeText(text: string): string {
  if (!meaningful.test(text) || harmless.test(text)) return text;
  return cleaned(text)
    .replace(/[\\`*[\]<#~@]|!$/g, '\\$&')
    .replace(/&(?=[#A-Za-z])/g, '\\&')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replaceAll('://', ':\\//')
    .replace(/\bwww\./gi, (start) => `${start.slice(0, 3)}\\.`);
}

/** What may have to be escaped. */
const meaningful = /[\\`*[\]<#~@&_!:]|[^ -~]| {2}|[Ww]{3}\./;

/** Texts that need no escapes: most of what there is. */
const harmless = /^[A-Za-z0-9 ,;'"()/{}+%-]*$/;

function cleaned(text: string): string {
  if (!/ {2}|[^ -~]/.test(text) || harmless.test(text)) return text;
  return text.replace(/[ \t\n\v\f\r\u0085\u2028\u2029]+/g, ' ').replace(/\p{Surrogate}|\p{Cc}/gu, '\ufffd');
}

function cell(part: InlinePart): string {
  const text = inlineText(part).trim();
  return text.includes('|') ? text.replaceAll('|', '\\|') : text;
}

function longestRun(text: string): number {
  if (!text.includes('`')) return 0;
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

function isList(part: InlinePart): part is readonly InlinePart[] {
  return Array.isArray(part);
}
