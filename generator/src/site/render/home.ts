import { count } from '../count.ts';
import { renderDrawing } from '../graph/render-drawing.ts';
import { type Html, html } from '../html.ts';
import type { SiteModel } from '../site-model.ts';
import { channelAnchor, hrefFrom, sitePaths } from '../site-paths.ts';
import { eventTable } from './event-table.ts';
import { firstSentence } from './first-sentence.ts';
import { markdown } from './markdown.ts';
import { linkTo, section } from './parts.ts';
import type { Page } from './shell.ts';

/** More events than these have a page of their own. */
const mostOnHome = 60;

/** The system at a glance. */
export function homePage(site: SiteModel): Page {
  const path = sitePaths.home;
  const body = html`<div class="page-head"><h1>${site.title}</h1>${
    site.description === null ? null : html`<div class="prose">${markdown(site.description, { headingLevel: 3 })}</div>`
  }${figures(site)}${contact(site)}</div>
${site.overview.nodes.length === 0 ? null : section('system', 'The system', renderDrawing(site.overview, path))}
${section('events', 'Events', events(site))}
${section('services', 'Services', services(site))}`;
  return { path, title: site.title, summary: firstSentence(site.description), menu: path, body };
}

function figures(site: SiteModel): Html {
  const consumers = new Set(
    site.services.flatMap(({ name, consumes }) => consumes.map(({ consumer }) => `${name}/${consumer}`)),
  );
  const figure = (amount: number | string, noun: string): Html => html`<div><dt>${noun}</dt><dd>${amount}</dd></div>`;
  const counted = (amount: number, noun: string): Html => figure(amount, amount === 1 ? noun : `${noun}s`);
  return html`<dl class="figures">${[
    figure(site.version, 'version'),
    counted(site.events.length, 'event'),
    counted(site.services.length, 'service'),
    counted(consumers.size, 'consumer'),
    counted(site.destinations.length, 'destination'),
  ]}</dl>`;
}

function events(site: SiteModel): Html {
  if (site.events.length === 0) return html`<p class="muted">No channel has an event yet.</p>`;
  if (site.events.length <= mostOnHome) return eventTable(sitePaths.home, site.events, 'Events');
  const channels = new Map<string, { readonly source: string; amount: number }>();
  for (const { channel, source } of site.events) {
    const known = channels.get(channel) ?? { source, amount: 0 };
    channels.set(channel, { ...known, amount: known.amount + 1 });
  }
  const sources = [...channels].sort(([, a], [, b]) => (a.source < b.source ? -1 : 1));
  const href = hrefFrom(sitePaths.home, { path: sitePaths.events, anchor: null });
  return html`<p>${count(site.events.length, 'event')} from ${count(sources.length, 'source')}: <a href="${href}">all of them in a table</a>, or press <kbd>/</kbd> to search.</p>
<ul class="grid">${sources.slice(0, 60).map(([channel, { source, amount }]) => {
    const link = { text: source, path: sitePaths.destinations, anchor: channelAnchor(channel) };
    return html`<li>${linkTo(sitePaths.home, link)} <span class="muted">${count(amount, 'event')}</span></li>`;
  })}</ul>`;
}

function services(site: SiteModel): Html {
  if (site.services.length === 0) return html`<p class="muted">No operation names a service yet.</p>`;
  const link = (name: string, servicePath: string): Html =>
    linkTo(sitePaths.home, { text: name, path: servicePath, anchor: null });
  return html`<ul class="grid">${site.services.map(
    ({ name, path, summary, owner, publishes, consumes }) =>
      html`<li class="card"><h3>${link(name, path)}</h3>${summary === null ? null : html`<p>${summary}</p>`}<p class="muted">${[
        ...(owner === null ? [] : [owner]),
        ...(publishes.length === 0 ? [] : [`sends ${distinct(publishes)}`]),
        ...(consumes.length === 0 ? [] : [`receives ${distinct(consumes)}`]),
      ].join(' · ')}</p></li>`,
  )}</ul>`;
}

function distinct(entries: readonly { readonly event: { readonly path: string } }[]): string {
  return count(new Set(entries.map(({ event }) => event.path)).size, 'event');
}

function contact({ info }: SiteModel): Html | null {
  const { contact: who, license, externalDocs } = info;
  const entries = [
    who === null ? null : named('Contact', who.name ?? who.email ?? who.url, who.url ?? mailOf(who.email)),
    license === null ? null : named('Licence', license.name, license.url),
    externalDocs === null ? null : named('More', externalDocs.text, externalDocs.url),
  ].filter((entry) => entry !== null);
  return entries.length === 0 ? null : html`<ul class="inline muted">${entries}</ul>`;
}

function named(label: string, text: string | null, url: string | null): Html | null {
  if (text === null) return null;
  const isWeb = url !== null && /^(https?:\/\/|mailto:)/i.test(url);
  return html`<li>${label}: ${isWeb ? html`<a href="${url}" rel="noopener noreferrer">${text}</a>` : text}</li>`;
}

function mailOf(email: string | null): string | null {
  return email === null ? null : `mailto:${email}`;
}
