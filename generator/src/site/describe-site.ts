import type { MessageDocs } from '../model/documentation/documentation.ts';
import type { EventType, MessageType } from '../model/event-model.ts';
import { byCodeUnit, sortBy } from '../model/order.ts';
import { eventExamples } from './examples/event-examples.ts';
import { onPages } from './glossary-pages.ts';
import { drawEvent, drawService, drawSystem } from './graph/draw.ts';
import { glossaryOf } from './schema/glossary.ts';
import { headerRows, payloadRow } from './schema/schema-rows.ts';
import type { SiteContext } from './site-context.ts';
import type { ChangeEntry, EventPage, ServicePage, SiteModel } from './site-model.ts';
import { eventSnippets, serviceSnippets } from './snippets/snippets.ts';
import { describeDestinations } from './wiring/destinations.ts';
import { describeEventWiring } from './wiring/event-wiring.ts';
import { describeServices } from './wiring/services.ts';

/** Says what the site says, page by page. */
export function describeSite(context: SiteContext): SiteModel {
  const { spec, documentation } = context.model;
  const { site, info } = documentation;
  const events = describeEvents(context);
  return {
    title: site.title ?? spec.title,
    specFile: spec.file,
    version: spec.version,
    description: spec.description,
    info,
    logo: site.logo,
    accent: site.accent,
    links: site.links,
    overview: drawSystem(context),
    events,
    services: servicePages(context),
    destinations: describeDestinations(context),
    glossary: onPages(
      glossaryOf(events.map(({ name, path, schema }) => ({ event: { text: name, path, anchor: null }, schema }))),
    ),
    changes: newestFirst(events.flatMap(({ changes }) => changes)),
    pages: site.pages,
  };
}

function describeEvents(context: SiteContext): readonly EventPage[] {
  const { catalog, documentation } = context.model;
  const docs = new Map(documentation.messages.map((entry) => [entry.message, entry]));
  const pages = catalog.events.flatMap((event) => {
    const message = context.messages.get(event.message);
    const entry = docs.get(event.message);
    return message === undefined || entry === undefined
      ? []
      : [describeEvent(context, event, { message, docs: entry })];
  });
  return [...pages].sort((a, b) => byCodeUnit(a.name, b.name) || byCodeUnit(a.source, b.source));
}

interface Described {
  readonly message: MessageType;
  readonly docs: MessageDocs;
}

function describeEvent(context: SiteContext, event: EventType, { message, docs }: Described): EventPage {
  const { paths, model } = context;
  const link = paths.event(event);
  const examples = eventExamples(message, docs);
  const wiring = describeEventWiring(context, event, examples);
  const publishers = [...new Set(wiring.producers.map(({ service }) => service.text))].sort();
  const { replacedBy } = docs;
  const successor = replacedBy === null ? undefined : model.catalog.events.find((one) => one.message === replacedBy);
  const onBus = event.destination.startsWith('bus:');
  return {
    path: link.path,
    name: event.name,
    source: event.source,
    channel: event.channel,
    message: event.message,
    title: docs.title ?? event.name,
    summary: docs.summary,
    description: docs.description,
    owners: docs.owner === null ? publishers : [docs.owner],
    status: docs.status,
    deprecation: docs.deprecation,
    replacedBy: successor === undefined ? null : paths.event(successor),
    version: docs.version,
    tags: docs.tags,
    externalDocs: docs.externalDocs,
    schema: payloadRow(message),
    headers: onBus ? [] : headerRows(message),
    jsonSchema: paths.jsonSchema(event),
    examples,
    ...wiring,
    snippets: eventSnippets(context, event, examples),
    changes: docs.changes.map((change) => ({ ...change, event: link })),
    neighbourhood: drawEvent(context, event),
  };
}

function servicePages(context: SiteContext): readonly ServicePage[] {
  const { services } = context.model.system;
  const byName = new Map(services.map((service) => [service.wiring.name, service]));
  return sortBy(describeServices(context), ({ name }) => name).map((described) => {
    const service = byName.get(described.name);
    const snippets = service === undefined ? [] : serviceSnippets(context, service);
    return { ...described, snippets, neighbourhood: drawService(context, described.name) };
  });
}

/** By date where there is one, then by version, numbers in it as numbers. */
function newestFirst(changes: readonly ChangeEntry[]): readonly ChangeEntry[] {
  return [...changes].sort(
    (a, b) =>
      byCodeUnit(b.date ?? '', a.date ?? '') ||
      compareVersions(b.version, a.version) ||
      byCodeUnit(a.event.text, b.event.text),
  );
}

function compareVersions(left: string, right: string): number {
  const parts = (version: string): readonly string[] => version.split(/[.+-]/);
  const [ours, theirs] = [parts(left), parts(right)];
  for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
    const [one = '', other = ''] = [ours[index], theirs[index]];
    const difference = Number(one) - Number(other);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
    if (one !== other && Number.isNaN(difference)) return byCodeUnit(one, other);
  }
  return 0;
}
