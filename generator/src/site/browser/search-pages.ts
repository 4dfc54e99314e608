import type { SitePage } from '../../model/documentation/documentation.ts';
import { plainText } from './plain-text.ts';
import type { SearchEntry } from './search-format.ts';

/** Characters that are kept of the text of a page, and of its headings. */
const most = 600;

/** Extra pages: found by title, headings and first words. */
export function pageEntries(pages: readonly SitePage[]): readonly SearchEntry[] {
  return pages.map(({ slug, title, markdown }) => {
    const headings = headingsOf(markdown).filter((heading) => heading !== title);
    return ['page', title, '', plainText([...headings, markdown].join('\n\n'), most), `pages/${slug}.html`];
  });
}

/** Headings of Markdown (`# …`), in order, as plain text; what stands in code is none. */
export function headingsOf(markdown: string): readonly string[] {
  let fence: string | null = null;
  return markdown.split(/\r?\n/).flatMap((line) => {
    const [, mark = null] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence === null) fence = mark;
    else if (mark?.startsWith(fence)) fence = null;
    const [, heading] = fence === null ? (/^ {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$/.exec(line) ?? []) : [];
    return heading === undefined || heading === '' ? [] : [plainText(heading, most)];
  });
}
