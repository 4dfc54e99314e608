import { remembered } from '../remembered.ts';
import type { SiteLink, Words } from '../site-model.ts';
import { hrefFrom, twinOf } from '../site-paths.ts';
import { code, type Inline, inlineText, joined, link, md } from './markdown.ts';

/** Spells a line of plain text; what stands between backticks is code. */
export const words: (text: Words) => Inline = remembered((text) => {
  if (!text.includes('`')) return md`${text}`;
  const parts = text.split('`');
  if (parts.length % 2 === 0) return md`${text}`;
  return md`${parts.map((part, index) => (index % 2 === 0 ? part : part === '' ? null : code(part)))}`;
});

/** A link to the twin of another page; only its text on that page itself, whose parts have no anchors in Markdown. */
export function linkTo(from: string, { text, path }: SiteLink): Inline {
  const [page, twin] = [twinOf(from), twinOf(path)];
  return twin === page ? md`${text}` : link(text, hrefFrom(page, { path: twin, anchor: null }));
}

/** Links with commas between them. */
export function linksTo(from: string, links: readonly SiteLink[]): Inline {
  return joined(
    links.map((one) => linkTo(from, one)),
    ', ',
  );
}

/** The same parts with commas; those that are empty are left out. */
export function commas(parts: readonly Inline[]): Inline {
  return joined(
    parts.filter((part) => inlineText(part) !== ''),
    ', ',
  );
}
