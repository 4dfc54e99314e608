import { type Html, html } from '../html.ts';
import type { DestinationEntry, SiteLink, SiteModel } from '../site-model.ts';
import { sitePaths } from '../site-paths.ts';
import { markdown } from './markdown.ts';
import { badge, factList, linkList, more } from './parts.ts';
import type { Page } from './shell.ts';

const kinds = { bus: 'EventBridge bus', topic: 'SNS topic', queue: 'SQS queue' } as const;

/** Where events go: buses, topics and queues, with their channels. */
export function destinationsPage(site: SiteModel): Page {
  const path = sitePaths.destinations;
  const body = html`<div class="page-head"><h1>Destinations</h1><p class="lead">Buses, topics and queues: where producers send events, and where consumers get them from.</p></div>
<div>${site.destinations.map((entry) => card(path, entry))}</div>`;
  const parts = site.destinations.slice(0, 60).map(({ anchor, name }) => ({ text: name, path, anchor }));
  return {
    path,
    title: 'Destinations',
    summary: `Buses, topics and queues of ${site.title}.`,
    menu: path,
    body,
    parts,
  };
}

/** What a card shows of long lists; all of it is on the pages of the events. */
const mostEvents = 20;
const mostConsumers = 40;

function some(path: string, links: readonly SiteLink[], most: number): Html {
  const rest = links.length - most;
  return rest <= 0 ? linkList(path, links) : html`${linkList(path, links.slice(0, most))} and ${rest} more`;
}

function card(path: string, { anchor, kind, name, description, facts, channels, consumers }: DestinationEntry): Html {
  return html`<article class="card" id="${anchor}"><div class="card-head"><h2><a class="anchor" href="#${encodeURIComponent(anchor)}">${name}</a></h2>${badge(kinds[kind], kind)}</div>${
    description === null ? null : html`<div class="prose">${markdown(description, { headingLevel: 3 })}</div>`
  }${channels.map(
    (channel) =>
      html`<div><h3>${channel.address}</h3><p class="muted">Channel <code>${channel.key}</code></p>${
        channel.description === null
          ? null
          : html`<div class="prose">${markdown(channel.description, { headingLevel: 4 })}</div>`
      }<p>${some(path, channel.events, mostEvents)}</p></div>`,
  )}${consumers.length === 0 ? null : html`<p><span class="muted">Consumers:</span> ${some(path, consumers, mostConsumers)}</p>`}${
    facts.length === 0 ? null : more('Settings', factList(path, facts))
  }</article>`;
}
