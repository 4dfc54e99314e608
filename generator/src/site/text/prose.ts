import MarkdownIt from 'markdown-it';
import { isPlainMarkdown } from '../plain-markdown.ts';
import { remembered } from '../remembered.ts';
import type { Markdown } from '../site-model.ts';
import {
  type Block,
  code,
  escapeText,
  fenced,
  guardStart,
  type Inline,
  inlineText,
  safeBlock,
  safeInline,
} from './markdown.ts';
import { nowhere, proseInline, type Resolve, type Token } from './prose-inline.ts';

const parser = new MarkdownIt('default', { html: false, linkify: false, typographer: false });

/**
 * Spells Markdown of the spec anew, so that it ends where it ends: no open fence, list or definition of a link reaches
 * what follows. Raw HTML is text, images are links, and the highest headings are of the given level.
 * @param resolve finds pages of the site. Default: links that are no addresses of the web are text.
 */
export function prose(text: Markdown | null, headingLevel: number, resolve: Resolve = nowhere): Block {
  if (text === null) return safeBlock('');
  if (isPlainMarkdown(text)) return safeBlock(escapeText(text));
  return safeBlock(resolve === nowhere ? spelledAlone(`${headingLevel}${text}`) : spelled(text, headingLevel, resolve));
}

/** Of a heading level, one digit, and Markdown that depends on nothing else. */
const spelledAlone = remembered((levelAndText) => spelled(levelAndText.slice(1), Number(levelAndText[0]), nowhere));

function spelled(text: Markdown, headingLevel: number, resolve: Resolve): string {
  const tokens = parser.parse(text, {});
  const levels = tokens.flatMap(({ type, tag }) => (type === 'heading_open' ? [Number(tag.slice(1))] : []));
  const shift = headingLevel - Math.min(...levels);
  return blocksOf(tokens, { shift, isTight: false, resolve });
}

/** The same on one line: for cells and items. */
export function proseLine(text: Markdown | null): Inline {
  if (text === null) return safeInline('');
  return safeInline(isPlainMarkdown(text) ? escapeText(text) : spelledLine(text));
}

const spelledLine = remembered((text) => {
  const parts = parser.parse(text, {}).flatMap((token) => {
    if (token.type === 'inline') return [proseInline(token.children ?? [], { resolve: nowhere })];
    return token.type === 'fence' || token.type === 'code_block' ? [inlineText(code(token.content.trim()))] : [];
  });
  const sentences = parts.map((part) => part.trim()).filter((part) => part !== '');
  return sentences.map((part, index) => (index === 0 ? part : after(sentences[index - 1] ?? '', part))).join('');
});

/** What follows a sentence, with the stop that it may lack. */
function after(previous: string, part: string): string {
  return `${/[.!?:;…]$/.test(previous) ? '' : '.'} ${part}`;
}

interface Place {
  readonly resolve: Resolve;
  /** Added to the levels of headings. */
  readonly shift: number;
  /** No empty lines between blocks: within the items of a list that has none. */
  readonly isTight: boolean;
}

/** Spells tokens, block by block. */
function blocksOf(tokens: readonly Token[], place: Place): string {
  const blocks: string[] = [];
  let previousList = '';
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) continue;
    const end = token.nesting === 1 ? closing(tokens, index) : index;
    const inside = tokens.slice(index + 1, end);
    const isAlternate = previousList === token.type;
    const text = blockOf(token, inside, { ...place, isAlternate });
    previousList = token.type.endsWith('_list_open') && !isAlternate ? token.type : '';
    if (text !== '') blocks.push(text);
    index = end;
  }
  return blocks.join(place.isTight ? '\n' : '\n\n');
}

/** Where the block that opens at `start` closes. */
function closing(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let index = start; index < tokens.length; index++) {
    depth += tokens[index]?.nesting ?? 0;
    if (depth === 0) return index;
  }
  return tokens.length - 1;
}

/** A line of white space, which would else end its paragraph. */
const blank = '&#32;';

/** Lists side by side take turns with their marks, lest they be one; those of ours have another. */
interface BlockPlace extends Place {
  readonly isAlternate: boolean;
}

function blockOf(token: Token, inside: readonly Token[], place: BlockPlace): string {
  switch (token.type) {
    case 'heading_open': {
      const level = Math.min(6, Math.max(1, Number(token.tag.slice(1)) + place.shift));
      return `${'#'.repeat(level)} ${lineOf(inside, place)}`.trimEnd();
    }
    case 'paragraph_open':
      return linesOf(inside, place)
        .map((one) => guardStart(one) || blank)
        .join('\n');
    case 'bullet_list_open':
      return itemsOf(inside, place, () => (place.isAlternate ? '+' : '*'));
    case 'ordered_list_open': {
      const first = Number(token.attrGet('start') ?? 1);
      return itemsOf(inside, place, (index) => `${first + index}${place.isAlternate ? ')' : '.'}`);
    }
    case 'blockquote_open':
      return prefixed(blocksOf(inside, { ...place, isTight: false }), '> ', '> ');
    case 'table_open':
      return tableOf(inside, place);
    case 'fence':
      return fenced(/^[\w-]+/.exec(token.info.trim())?.[0] ?? '', token.content);
    case 'code_block':
      return fenced('', token.content);
    case 'hr':
      return '___';
    default:
      return '';
  }
}

function itemsOf(tokens: readonly Token[], place: Place, mark: (index: number) => string): string {
  const own = (tokens[0]?.level ?? 0) + 1;
  const isTight = tokens.some(({ type, hidden, level }) => type === 'paragraph_open' && hidden && level === own);
  const items: string[] = [];
  for (let index = 0; index < tokens.length; index++) {
    if (tokens[index]?.type !== 'list_item_open') continue;
    const end = closing(tokens, index);
    const text = blocksOf(tokens.slice(index + 1, end), { ...place, isTight });
    const start = `${mark(items.length)} `;
    items.push(prefixed(text, start, ' '.repeat(start.length)));
    index = end;
  }
  return items.join(isTight ? '\n' : '\n\n');
}

function tableOf(tokens: readonly Token[], { resolve }: Place): string {
  const rows: string[][] = [];
  for (const token of tokens) {
    if (token.type === 'tr_open') rows.push([]);
    if (token.type === 'inline')
      rows.at(-1)?.push(proseInline(token.children ?? [], { resolve }).replaceAll('|', '\\|'));
  }
  const [head = [], ...body] = rows;
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The lines of a paragraph. */
function linesOf(tokens: readonly Token[], { resolve }: Place): readonly string[] {
  return tokens.flatMap(({ children }) => proseInline(children ?? [], { resolve, lineBreak: '\n' }).split('\n'));
}

function lineOf(tokens: readonly Token[], { resolve }: Place): string {
  return tokens.map(({ children }) => proseInline(children ?? [], { resolve })).join(' ');
}

function prefixed(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((one, index) => {
      const start = index === 0 ? first : others;
      return one === '' ? start.trimEnd() : `${start}${one}`;
    })
    .join('\n');
}
