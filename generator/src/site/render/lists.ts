import { count } from '../count.ts';
import { html } from '../html.ts';
import { changesOnPage, eventsOnPage, pagedPath, paginate } from '../paginate.ts';
import type { SiteModel } from '../site-model.ts';
import { sitePaths } from '../site-paths.ts';
import { eventTable } from './event-table.ts';
import { inlineMarkdown } from './markdown.ts';
import { pager } from './pager.ts';
import { linkTo, table } from './parts.ts';
import type { Page } from './shell.ts';

/** Every event as a row. */
export function eventsPages(site: SiteModel): readonly Page[] {
  const chunks = paginate(site.events, eventsOnPage);
  const ranges = chunks.map((chunk) => ({ first: chunk[0]?.name ?? '', last: chunk.at(-1)?.name ?? '' }));
  return chunks.map((chunk, index) => {
    const path = pagedPath(sitePaths.events, index);
    const body = html`<div class="page-head"><h1>Events</h1><p class="lead">${count(site.events.length, 'event')}, each known by its name and its source.</p></div>
<div class="stack">${pager(sitePaths.events, index, ranges)}${
      chunk.length === 0 ? html`<p>No channel has an event yet.</p>` : eventTable(path, chunk, 'Events')
    }</div>`;
    return { path, title: 'Events', summary: `All events of ${site.title}.`, menu: sitePaths.events, body };
  });
}

/** Every service as a row. */
export function servicesPage(site: SiteModel): Page {
  const path = sitePaths.services;
  const names = (entries: readonly { readonly event: { readonly path: string } }[]): number =>
    new Set(entries.map(({ event }) => event.path)).size;
  const rows = site.services.map(
    (service) =>
      html`<tr><th scope="row">${linkTo(path, { text: service.name, path: service.path, anchor: null })}</th><td>${service.owner}</td><td>${
        service.summary
      }</td><td class="num">${names(service.publishes)}</td><td class="num">${names(service.consumes)}</td></tr>`,
  );
  const body = html`<div class="page-head"><h1>Services</h1><p class="lead">${count(site.services.length, 'service')} that send or receive events. Each is deployed by itself.</p></div>
${
  rows.length === 0
    ? html`<p>No operation names a service yet.</p>`
    : table(['Service', 'Owner', 'What it does', 'Events sent', 'Events received'], rows, {
        label: 'Services',
        filterable: rows.length > 8,
      })
}`;
  return { path, title: 'Services', summary: `All services of ${site.title}.`, menu: path, body };
}

/** What changed with each version of each event. */
export function changesPages(site: SiteModel): readonly Page[] {
  const chunks = paginate(site.changes, changesOnPage);
  const range = (index: number): { readonly first: string; readonly last: string } => ({
    first: `${index * (chunks[0]?.length ?? 0) + 1}`,
    last: `${index * (chunks[0]?.length ?? 0) + (chunks[index]?.length ?? 0)}`,
  });
  return chunks.map((chunk, index) => {
    const path = pagedPath(sitePaths.changes, index);
    const rows = chunk.map(
      ({ version, date, event, changes }) =>
        html`<tr><td>${date}</td><th scope="row">${linkTo(path, { ...event, anchor: 'changes' })}</th><td>${version}</td><td><ul class="plain">${changes.map(
          (change) => html`<li>${inlineMarkdown(change)}</li>`,
        )}</ul></td></tr>`,
    );
    const body = html`<div class="page-head"><h1>Changes</h1><p class="lead">What changed with the versions of events, the newest first.</p></div>
<div class="stack">${pager(
      sitePaths.changes,
      index,
      chunks.map((_, position) => range(position)),
    )}${
      rows.length === 0
        ? html`<p>No event says what changed.</p>`
        : table(['Date', 'Event', 'Version', 'Changes'], rows, { label: 'Changes', filterable: rows.length > 8 })
    }</div>`;
    return { path, title: 'Changes', summary: `What changed in ${site.title}.`, menu: sitePaths.changes, body };
  });
}
