import { type Html, html } from '../html.ts';
import { pagedPath } from '../paginate.ts';
import { hrefFrom } from '../site-paths.ts';

/** Links to the pages of a list, each named by what it starts and ends with; nothing for a single page. */
export function pager(
  path: string,
  current: number,
  ranges: readonly { readonly first: string; readonly last: string }[],
): Html | null {
  if (ranges.length < 2) return null;
  const here = pagedPath(path, current);
  const entries = ranges.map(({ first, last }, index) => {
    const href = hrefFrom(here, { path: pagedPath(path, index), anchor: null });
    return html`<li><a class="button" href="${href}"${index === current ? html` aria-current="page"` : null}>${first} – ${last}</a></li>`;
  });
  return html`<nav aria-label="Pages"><ul class="pager">${entries}</ul></nav>`;
}
