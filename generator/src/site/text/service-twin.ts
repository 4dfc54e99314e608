import type { ServicePage } from '../site-model.ts';
import { operationsPath } from '../site-paths.ts';
import { type Block, code, heading, joined, list, md, paragraph, table, webLink } from './markdown.ts';
import { edgeList, factTable, part, snippetParts } from './parts.ts';
import { prose, proseLine } from './prose.ts';
import { linkTo, words } from './words.ts';

/** The page of a service. */
export function serviceTwin(service: ServicePage): readonly Block[] {
  const { path, name, summary, description, owner, links, snippets } = service;
  return [
    heading(1, name),
    paragraph(proseLine(summary)),
    paragraph(owner === null ? '' : `Owned by ${owner}`),
    prose(description, 3),
    list(links.map(({ text, url }) => webLink(text, url))),
    paragraph(linkTo(path, { text: 'How it is run', path: operationsPath(path), anchor: null })),
    ...part(2, 'Neighbours', edgeList(service.neighbourhood)),
    ...part(
      2,
      'Receives',
      filled(service.consumes, () => receives(service)),
    ),
    ...part(
      2,
      'Sends',
      filled(service.publishes, () => sends(service)),
    ),
    ...part(2, 'Use it', snippetParts(3, snippets)),
  ];
}

/** How a service is run. */
export function operationsTwin(service: ServicePage): readonly Block[] {
  const path = operationsPath(service.path);
  const { name, environment } = service;
  return [
    heading(1, `Running ${name}`),
    paragraph(linkTo(path, { text: name, path: service.path, anchor: null })),
    ...part(2, 'What it is made of', resources(service, path)),
    ...part(
      2,
      'Alarms',
      filled(service.alarms, () => alarms(service)),
    ),
    ...part(
      2,
      'Permissions',
      filled(service.permissions, () => permissions(service)),
    ),
    ...part(
      2,
      'Environment variables',
      filled(environment, () => factTable(path, environment)),
    ),
  ];
}

function filled(entries: readonly unknown[], spell: () => Block): readonly Block[] {
  return entries.length === 0 ? [] : [spell()];
}

function receives({ path, consumes }: ServicePage): Block {
  const rows = consumes.map(({ event, consumer, operation, summary, filter, delivery }) => [
    linkTo(path, event),
    md`${code(consumer)}${operation === consumer ? null : [' by ', code(operation)]}${summary === null ? null : [': ', proseLine(summary)]}`,
    filter.length === 0 ? 'every one' : joined(filter.map(words), '; '),
    words(delivery),
  ]);
  return table(['Event', 'Consumer', 'Takes those where', 'Delivery'], rows);
}

const how = { operation: 'operation', emits: 'in answer, from', ingress: 'by AWS itself, for' } as const;

function sends({ path, publishes }: ServicePage): Block {
  const rows = publishes.map(({ event, by, operation, summary, destination }) => [
    linkTo(path, event),
    md`${how[by]} ${code(operation)}${summary === null ? null : [': ', proseLine(summary)]}`,
    linkTo(path, destination),
  ]);
  return table(['Event', 'How', 'To'], rows);
}

function resources({ resources: all }: ServicePage, path: string): readonly Block[] {
  return all.flatMap(({ kind, name, belongsTo, facts }) => [
    heading(3, md`${kind} ${name}`),
    paragraph(md`Belongs to ${code(belongsTo)}`),
    factTable(path, facts),
  ]);
}

function alarms({ alarms: all }: ServicePage): Block {
  const rows = all.map(({ name, condition, meaning }) => [name, words(condition), words(meaning)]);
  return table(['Alarm', 'Goes off when', 'Which means'], rows);
}

function permissions({ permissions: all }: ServicePage): Block {
  return table(
    ['Who', 'May'],
    all.map(({ who, may }) => [words(who), words(may)]),
  );
}
