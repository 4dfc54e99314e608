import { count } from '../count.ts';
import { type Html, html } from '../html.ts';
import { pagedPath } from '../paginate.ts';
import type { GlossaryField, SiteModel } from '../site-model.ts';
import { sitePaths } from '../site-paths.ts';
import { inlineMarkdown } from './markdown.ts';
import { pager } from './pager.ts';
import { badge, linkTo } from './parts.ts';
import type { Page } from './shell.ts';
import { words } from './words.ts';

/** Fields across events: the same name should mean the same. */
export function glossaryPages(site: SiteModel): readonly Page[] {
  const chunks = byPath(site.glossary);
  const ranges = chunks.map((chunk) => ({ first: chunk[0]?.name ?? '', last: chunk.at(-1)?.name ?? '' }));
  const differing = site.glossary.filter(({ differs }) => differs).length;
  return chunks.map((chunk, index) => {
    const path = pagedPath(sitePaths.glossary, index);
    const body = html`<div class="page-head"><h1>Fields</h1><p class="lead">${count(site.glossary.length, 'field name')} across all events${
      differing === 0 ? '' : html`; ${differing} of them with ${badge('different types', 'differs')}`
    }.</p></div>
<div class="stack">${pager(sitePaths.glossary, index, ranges)}<ul class="fields">${chunk.map((field) => entry(path, field))}</ul></div>`;
    return { path, title: 'Fields', summary: `Fields of the events of ${site.title}.`, menu: sitePaths.glossary, body };
  });
}

/** Fields as they were put on pages. At least one page. */
function byPath(fields: readonly GlossaryField[]): readonly (readonly GlossaryField[])[] {
  const pages = new Map<string, GlossaryField[]>();
  for (const field of fields) pages.set(field.path, [...(pages.get(field.path) ?? []), field]);
  return pages.size === 0 ? [[]] : [...pages.values()];
}

const mostUses = 30;

function entry(path: string, { anchor, name, uses, differs }: GlossaryField): Html {
  const shown = uses.slice(0, mostUses);
  const rest = uses.length - shown.length;
  return html`<li id="${anchor}"><div class="field-line"><a class="anchor field-name" href="#${encodeURIComponent(anchor)}">${name}</a>${
    differs ? badge('differs', 'differs') : html`<span class="field-type">${words(typeOf(uses[0]))}</span>`
  }</div><ul class="field-facts">${shown.map(
    (use) =>
      html`<li>${linkTo(path, use.field, placeOf(use, name))}${differs ? html` ${words(typeOf(use))}` : null}</li>`,
  )}${rest === 0 ? null : html`<li>and ${rest} more</li>`}</ul>${meaning(uses)}</li>`;
}

/** The event, and where in it the field stands unless that is at the top. */
function placeOf({ event, field }: GlossaryField['uses'][number], name: string): string {
  return field.text === name ? event.text : `${event.text}: ${field.text}`;
}

function typeOf(use: GlossaryField['uses'][number] | undefined): string {
  if (use === undefined) return '';
  return use.unit === null ? use.type : `${use.type}, in ${use.unit}`;
}

/** The descriptions, each once; the first two are enough to see whether they agree. */
function meaning(uses: GlossaryField['uses']): Html | null {
  const texts = [...new Set(uses.flatMap(({ description }) => description ?? []))].slice(0, 2);
  if (texts.length === 0) return null;
  return html`<div class="field-text">${texts.map((text) => html`<p>${inlineMarkdown(text)}</p>`)}</div>`;
}
