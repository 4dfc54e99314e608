import { posix } from 'node:path';
import type { SitePage } from '../../model/documentation/documentation.ts';
import { html } from '../html.ts';
import type { SiteModel } from '../site-model.ts';
import { hrefFrom, pagePath } from '../site-paths.ts';
import { firstSentence } from './first-sentence.ts';
import { markdown } from './markdown.ts';
import type { Page } from './shell.ts';

/** A Markdown file of the user's as a page. Its links to other such files lead to their pages. */
export function extraPage(site: SiteModel, page: SitePage): Page {
  const path = pagePath(page.slug);
  const resolve = (target: string): string | null => {
    const [file = '', fragment] = target.split('#', 2);
    if (file === '') return fragment === undefined ? null : `#at-${fragment}`;
    const whole = posix.join(posix.dirname(page.file), file);
    const other = site.pages.find((one) => posix.normalize(one.file) === whole);
    return other === undefined ? null : hrefFrom(path, { path: pagePath(other.slug), anchor: null });
  };
  const [first = '', ...rest] = page.markdown.trimStart().split('\n');
  const text = /^# /.test(first) ? rest.join('\n') : page.markdown;
  const body = html`<div class="page-head"><h1>${page.title}</h1></div><div class="prose">${markdown(text, { headingLevel: 2, headingIds: true, resolve })}</div>`;
  return { path, title: page.title, summary: firstSentence(text.replace(/^#.*$/gm, '')), menu: path, body };
}
