import MarkdownIt from 'markdown-it';
import type { SitePage } from '../../model/documentation/documentation.ts';
import { slugOf } from '../render/markdown.ts';
import { pagePath } from '../site-paths.ts';
import { plainText } from './plain-text.ts';
import type { SearchEntry } from './search-format.ts';

/** Characters that are kept of the text of a page. */
const most = 400;

/** Extra pages by title and first words, and each of their headings. */
export function pageEntries(pages: readonly SitePage[]): readonly SearchEntry[] {
  return pages.flatMap(({ slug, title, markdown }): readonly SearchEntry[] => {
    const path = pagePath(slug);
    const text = withoutTitle(markdown);
    const headings = headingsOf(text).map((heading): SearchEntry => {
      return ['page', heading.title, title, '', path, heading.anchor];
    });
    return [['page', title, '', plainText(text, most), path], ...headings];
  });
}

/** A heading, and its id on the page. */
export interface Heading {
  readonly title: string;
  readonly anchor: string;
}

/** Headings of Markdown, in order, with the ids that the page gives them. */
export function headingsOf(markdown: string): readonly Heading[] {
  const tokens = new MarkdownIt('default', { html: false, linkify: false, typographer: false }).parse(markdown, {});
  const taken = new Map<string, number>();
  return tokens.flatMap(({ type }, index) => {
    if (type !== 'heading_open') return [];
    const written = tokens[index + 1]?.content ?? '';
    return [{ title: plainText(written, most), anchor: slugOf(written, taken) }];
  });
}

/** The page shows its first heading as its title. */
function withoutTitle(markdown: string): string {
  const [first = '', ...rest] = markdown.trimStart().split('\n');
  return /^# /.test(first) ? rest.join('\n') : markdown;
}
