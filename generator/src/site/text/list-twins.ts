import { count } from '../count.ts';
import type { ChangeEntry, EventPage, GlossaryField, SiteModel } from '../site-model.ts';
import { sitePaths } from '../site-paths.ts';
import { type Block, code, heading, joined, list, md, paragraph, table } from './markdown.ts';
import { factTable } from './parts.ts';
import { prose, proseLine } from './prose.ts';
import { linksTo, linkTo } from './words.ts';

/** The page of all events, or one of several. */
export function eventsTwin(path: string, events: readonly EventPage[]): readonly Block[] {
  return [
    heading(1, 'Events'),
    ...(events.length === 0 ? [paragraph('No channel has an event yet.')] : [eventTable(path, events)]),
  ];
}

/** Events with who sends and who receives them. */
export function eventTable(from: string, events: readonly EventPage[]): Block {
  const names = (entries: readonly { readonly service: { readonly text: string } }[]): string =>
    [...new Set(entries.map(({ service }) => service.text))].join(', ');
  const rows = events.map((event) => [
    linkTo(from, { text: event.name, path: event.path, anchor: null }),
    code(event.source),
    proseLine(event.summary),
    names(event.producers),
    names(event.consumers),
    event.version ?? '',
    event.status,
  ]);
  return table(['Event', 'Source', 'Says that', 'Sent by', 'Received by', 'Version', 'Status'], rows);
}

/** The page of all services. */
export function servicesTwin(site: SiteModel): readonly Block[] {
  const rows = site.services.map(({ name, path, owner, summary, publishes, consumes }) => [
    linkTo(sitePaths.services, { text: name, path, anchor: null }),
    owner,
    proseLine(summary),
    new Set(publishes.map(({ event }) => event.path)).size,
    new Set(consumes.map(({ event }) => event.path)).size,
  ]);
  return [
    heading(1, 'Services'),
    rows.length === 0
      ? paragraph('No operation names a service yet.')
      : table(['Service', 'Owner', 'What it does', 'Events sent', 'Events received'], rows),
  ];
}

const kinds = { bus: 'EventBridge bus', topic: 'SNS topic', queue: 'SQS queue' } as const;

/** The page of buses, topics and queues. */
export function destinationsTwin(site: SiteModel): readonly Block[] {
  const from = sitePaths.destinations;
  return [
    heading(1, 'Destinations'),
    ...site.destinations.flatMap(({ name, kind, description, facts, channels, consumers }) => [
      heading(2, name),
      paragraph(kinds[kind]),
      prose(description, 3),
      ...channels.flatMap(({ key, address, description: text, events }) => [
        heading(3, address),
        paragraph(md`Channel ${code(key)}: ${linksTo(from, events)}`),
        prose(text, 4),
      ]),
      paragraph(consumers.length === 0 ? '' : md`Consumers: ${linksTo(from, consumers)}`),
      factTable(from, facts),
    ]),
  ];
}

/** A page of field names across events. */
export function glossaryTwin(path: string, fields: readonly GlossaryField[]): readonly Block[] {
  const rows = fields.flatMap(({ name, uses, differs }) =>
    uses.map(({ event, field, type, unit, description }) => [
      code(name),
      md`${linkTo(path, event)} ${code(field.text)}`,
      md`${type}${unit === null ? '' : `, in ${unit}`}`,
      differs ? 'yes' : '',
      proseLine(description),
    ]),
  );
  return [
    heading(1, 'Fields'),
    paragraph(`${count(fields.length, 'field name')} across events; the same name should mean the same.`),
    table(['Name', 'Where', 'Type', 'Differs', 'Meaning'], rows),
  ];
}

/** A page of what changed with the versions of events. */
export function changesTwin(path: string, changes: readonly ChangeEntry[]): readonly Block[] {
  const rows = changes.map(({ version, date, event, changes: texts }) => [
    date,
    linkTo(path, event),
    version,
    joined(texts.map(proseLine), '; '),
  ]);
  return [heading(1, 'Changes'), table(['Date', 'Event', 'Version', 'Changes'], rows)];
}

/** The page that tells who receives an event: it needs a browser, so its twin says how to ask otherwise. */
export function matchTwin(): readonly Block[] {
  return [
    heading(1, 'Does my event match?'),
    paragraph('The page takes an event and tells, in the browser, which consumers receive it and why.'),
    list([md`On the command line, ${code('npx eventloom route event.json')} answers the same.`]),
  ];
}
