import MarkdownIt from 'markdown-it';
import { type Html, safeHtml } from '../html.ts';
import type { Markdown } from '../site-model.ts';

/** How Markdown stands on a page. */
export interface MarkdownPlace {
  /** Level of its first headings, 2 to 6; deeper ones follow. */
  readonly headingLevel: number;
  /** Returns the `href` for a link that is no address of the web; null leaves its text alone. Default: null for all. */
  readonly resolve?: (target: string) => string | null;
  /** True gives headings ids, so that they can be linked. Default: false. */
  readonly headingIds?: boolean;
}

/**
 * Spells CommonMark with tables. Raw HTML is text, links are `https:`, `http:` and `mailto:` or what `resolve` knows, and
 * images become their descriptions, since a page of the site loads nothing from elsewhere.
 */
export function markdown(text: Markdown, place: MarkdownPlace): Html {
  return safeHtml(renderer.render(text, { place, slugs: new Map() }));
}

/** Spells the inline part alone: for summaries that stand in a line. */
export function inlineMarkdown(text: Markdown): Html {
  return safeHtml(renderer.renderInline(text, { place: { headingLevel: 6 }, slugs: new Map() }));
}

interface Environment {
  readonly place: MarkdownPlace;
  readonly slugs: Map<string, number>;
}

const webAddress = /^(?:https?:\/\/|mailto:)[^\s]/i;

const renderer = prepared();

function prepared(): Renderer {
  const markdownIt = new MarkdownIt('default', { html: false, linkify: false, typographer: false });
  markdownIt.validateLink = () => true;
  markdownIt.core.ruler.push('site', ({ tokens, env }) => {
    const { place, slugs } = env as unknown as Environment;
    levelHeadings(tokens, place.headingLevel);
    tokens.forEach((token, index) => {
      if (token.type === 'heading_open' && place.headingIds === true) {
        token.attrSet('id', slugOf(tokens[index + 1]?.content ?? '', slugs));
      }
      if (/^t[hd]_open$/.test(token.type)) alignByClass(token);
      if (token.type === 'inline') token.children = harmless(token.children ?? [], place);
    });
  });
  const { fence } = markdownIt.renderer.rules;
  markdownIt.renderer.rules.fence = (tokens, index, options, env, self) =>
    (fence?.(tokens, index, options, env, self) ?? '').replace(/^<pre>/, '<pre tabindex="0">');
  markdownIt.renderer.rules.table_open = () =>
    '<div class="table-scroll" tabindex="0" role="group" aria-label="Table"><table>\n';
  markdownIt.renderer.rules.table_close = () => '</table></div>\n';
  return markdownIt;
}

type Renderer = InstanceType<typeof MarkdownIt>;
/**
 * Puts headings below `first` - 1 without gaps, however many signs they were written with, and takes the marks of a heading
 * off what has no text: a heading says something.
 */
function levelHeadings(tokens: Tokens, first: number): void {
  const written = [...new Set(tokens.filter(({ type }) => type === 'heading_open').map(({ tag }) => tag))].sort();
  let last = first - 1;
  tokens.forEach((token, index) => {
    if (token.type !== 'heading_open') return;
    const close = tokens[index + 2];
    last = Math.min(first + written.indexOf(token.tag), last + 1, 6);
    const isEmpty = (tokens[index + 1]?.content ?? '').trim() === '';
    for (const mark of [token, ...(close === undefined ? [] : [close])]) {
      mark.tag = isEmpty ? 'p' : `h${last}`;
    }
  });
}

/** A style attribute would be against the policy of the page. */
function alignByClass(token: Tokens[number]): void {
  const isRight = String(token.attrGet('style') ?? '').endsWith(':right');
  token.attrs = isRight ? [['class', 'num']] : null;
}

type Tokens = NonNullable<ReturnType<Renderer['parse']>[number]['children']>;

/** Links that lead nowhere on the site lose their tags, images become their descriptions. */
function harmless(tokens: Tokens, place: MarkdownPlace): Tokens {
  const kept: Tokens = [];
  const open: boolean[] = [];
  for (const token of tokens) {
    if (token.type === 'link_open') {
      const href = hrefOf(String(token.attrGet('href') ?? ''), place);
      open.push(href !== null);
      if (href === null) continue;
      token.attrSet('href', href);
      if (webAddress.test(href)) token.attrSet('rel', 'noopener noreferrer');
    }
    if (token.type === 'link_close' && open.pop() === false) continue;
    if (token.type === 'image') token.type = 'text';
    kept.push(token);
  }
  return kept;
}

function hrefOf(target: string, { resolve }: MarkdownPlace): string | null {
  if (webAddress.test(target)) return target;
  return resolve?.(target) ?? null;
}

/** A heading's id as readers expect it: `add-a-consumer`, with a number when it comes again. */
export function slugOf(title: string, taken: Map<string, number>): string {
  const base =
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'part';
  const count = taken.get(base) ?? 0;
  taken.set(base, count + 1);
  return `at-${base}${count === 0 ? '' : `-${count + 1}`}`;
}
