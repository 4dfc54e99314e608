import { count } from '../count.ts';
import type { EventPage, SiteModel } from '../site-model.ts';
import { pagePath, sitePaths } from '../site-paths.ts';
import { type Block, heading, type Inline, link, list, md, paragraph, quotation } from './markdown.ts';
import { part } from './parts.ts';
import { proseLine } from './prose.ts';
import { linkTo } from './words.ts';

/** `llms.txt`: what the site holds, one line for each page, for programs that read. */
export function llmsText(site: SiteModel): readonly Block[] {
  const { events, services, destinations } = site;
  return [
    heading(1, site.title),
    quotation(
      site.description === null
        ? `The events of ${site.title}: what they look like, who sends them and who receives them.`
        : proseLine(site.description),
    ),
    paragraph(
      `${count(events.length, 'event')}, ${count(services.length, 'service')} and ${count(destinations.length, 'destination')} on AWS. ` +
        'An event is known by its name and its source. Each page is Markdown; beside it stands the same as HTML.',
    ),
    ...part(2, 'Events', events.length === 0 ? [] : [list(eventItems(events))]),
    ...part(2, 'Services', services.length === 0 ? [] : [list(services.map(serviceItem))]),
    ...part(2, 'Reference', [list(references(site))]),
    ...part(2, 'Optional', [list(optional(site))]),
  ];
}

function eventItems(events: readonly EventPage[]): readonly Inline[] {
  const counts = new Map<string, number>();
  for (const { name } of events) counts.set(name, (counts.get(name) ?? 0) + 1);
  return events.map((event) => eventItem(event, (counts.get(event.name) ?? 0) > 1));
}

function eventItem({ name, source, path, summary, status }: EventPage, isShared: boolean): Inline {
  const note = status === 'stable' ? '' : ` (${status})`;
  const title = isShared ? `${name} from ${source}` : name;
  return md`${place(title, path)}${note}${said(summary)}`;
}

function serviceItem({ name, path, summary }: SiteModel['services'][number]): Inline {
  return md`${place(name, path)}${said(summary)}`;
}

function said(summary: string | null): readonly (string | Inline)[] {
  return summary === null ? [] : [': ', proseLine(summary)];
}

function references(site: SiteModel): readonly Inline[] {
  return [
    md`${place('Start', sitePaths.home)}: the system at a glance`,
    md`${place('Events', sitePaths.events)}: all events in a table`,
    md`${place('Services', sitePaths.services)}: all services in a table`,
    md`${place('Destinations', sitePaths.destinations)}: buses, topics and queues with their channels`,
    md`${place('Fields', sitePaths.glossary)}: names of fields across events`,
    ...(site.changes.length === 0
      ? []
      : [md`${place('Changes', sitePaths.changes)}: what changed with the versions of events`]),
    ...site.pages.map(({ title, slug }) => place(title, pagePath(slug))),
  ];
}

function optional(site: SiteModel): readonly Inline[] {
  return [
    md`${link('AsyncAPI document', 'asyncapi.json')}: the whole spec in one file, made from ${site.specFile}`,
    md`${place('Does my event match?', sitePaths.match)}: how to ask who receives an event`,
  ];
}

function place(text: string, path: string): Inline {
  return linkTo('llms.txt', { text, path, anchor: null });
}
