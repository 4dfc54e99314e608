import type { EventStatus } from '../../model/documentation/documentation.ts';
import { type Html, type HtmlPart, html } from '../html.ts';
import type { Fact, SiteLink } from '../site-model.ts';
import { hrefFrom } from '../site-paths.ts';
import { words } from './words.ts';

/** A link to a place on the site. */
export function linkTo(page: string, link: SiteLink, text: HtmlPart = link.text): Html {
  return html`<a href="${hrefFrom(page, link)}">${text}</a>`;
}

/** Links after one another. */
export function linkList(page: string, links: readonly SiteLink[]): Html {
  return html`${links.map((link, index) => html`${index === 0 ? null : ', '}${linkTo(page, link)}`)}`;
}

/** A part of a page under a heading that can be linked. */
export function section(id: string, title: HtmlPart, body: HtmlPart): Html {
  return html`<section class="section" id="${id}"><h2><a class="anchor" href="#${id}">${title}</a></h2>${body}</section>`;
}

export function badge(text: string, kind: string): Html {
  return html`<span class="badge badge-${kind}">${text}</span>`;
}

/** The status of an event; nothing for a stable one, since most are. */
export function statusBadge(status: EventStatus): Html | null {
  return status === 'stable' ? null : badge(status, status);
}

/** Names and values. */
export function factList(page: string, facts: readonly Fact[]): Html | null {
  if (facts.length === 0) return null;
  return html`<dl class="facts">${facts.map(
    ({ label, value, link }) =>
      html`<dt>${label}</dt><dd>${link === undefined ? words(value) : linkTo(page, link, words(value))}</dd>`,
  )}</dl>`;
}

/** A block of code that scrolls by itself. */
export function codeBlock(language: string, code: string): Html {
  return html`<pre tabindex="0"><code class="language-${language}">${code}</code></pre>`;
}

/** What is there to unfold. */
export function more(summary: HtmlPart, body: HtmlPart, open = false): Html {
  return html`<details class="more"${open ? html` open` : null}><summary>${summary}</summary>${body}</details>`;
}

/** A table that scrolls by itself where it is too wide. `rows` hold cells ready to stand in a `td`. */
export function table(
  columns: readonly string[],
  rows: readonly Html[],
  { label, filterable = false }: { readonly label: string; readonly filterable?: boolean },
): Html {
  const head = columns.map((column) => html`<th scope="col">${column}</th>`);
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="${label}"><table${
    filterable ? html` data-filterable` : null
  }><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
