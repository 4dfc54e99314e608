import type MarkdownIt from 'markdown-it';
import { code, escapeText, inlineText, isWebAddress, link } from './markdown.ts';

/** A token of Markdown that was parsed. */
export type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number];

/** Finds a page of the site for a link that is no address of the web; null leaves its text alone. */
export type Resolve = (target: string) => string | null;

/** Finds nothing. */
export const nowhere: Resolve = () => null;

/** How the inside of a block is spelled. */
export interface InlinePlace {
  readonly resolve: Resolve;
  /** What stands where the source has a line break. Default: a space. */
  readonly lineBreak?: '\n';
}

/** Spells the inside of a block anew. */
export function proseInline(tokens: readonly Token[], place: InlinePlace): string {
  let text = '';
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token?.type === 'link_open') {
      const end = tokens.findIndex(({ type }, at) => at > index && type === 'link_close');
      text += linkText(plainText(tokens.slice(index + 1, end)), addressOf(token, 'href'), place);
      index = end;
    } else if (token !== undefined) text += spelled(token, place);
  }
  return text;
}

function spelled(token: Token, place: InlinePlace): string {
  switch (token.type) {
    case 'code_inline':
      return inlineText(code(token.content));
    case 'strong_open':
    case 'strong_close':
      return '**';
    case 'em_open':
    case 'em_close':
      return '*';
    case 's_open':
    case 's_close':
      return '~~';
    case 'softbreak':
      return place.lineBreak ?? ' ';
    case 'hardbreak':
      return place.lineBreak === undefined ? ' ' : '\\\n';
    case 'image':
      return linkText(token.content, addressOf(token, 'src'), place);
    default:
      return escapeText(token.content);
  }
}

function addressOf(token: Token, attribute: 'href' | 'src'): string | null {
  const value = token.attrGet(attribute);
  return value === null ? null : String(value);
}

function linkText(label: string, target: string | null, { resolve }: InlinePlace): string {
  const address = target === null || isWebAddress(target) ? target : resolve(target);
  return address === null ? escapeText(label) : inlineText(link(label, address));
}

/** What a link says, without marks. */
function plainText(tokens: readonly Token[]): string {
  return tokens.map(({ type, content }) => (type.endsWith('break') ? ' ' : content)).join('');
}
