import { count } from '../count.ts';
import type { SiteModel } from '../site-model.ts';
import { pagePath, sitePaths } from '../site-paths.ts';
import { eventTable } from './list-twins.ts';
import { type Block, code, heading, type Inline, list, md, paragraph, webLink } from './markdown.ts';
import { edgeList, part } from './parts.ts';
import { prose, proseLine } from './prose.ts';
import { linkTo } from './words.ts';

/** The start page. */
export function homeTwin(site: SiteModel): readonly Block[] {
  const from = sitePaths.home;
  const { events, services, destinations } = site;
  return [
    heading(1, site.title),
    paragraph(
      md`Version ${site.version}, from ${code(site.specFile)}: ${[count(events.length, 'event'), count(services.length, 'service'), count(destinations.length, 'destination')].join(', ')}.`,
    ),
    prose(site.description, 3),
    list([...contacts(site), ...places(site)]),
    ...part(2, 'The system', edgeList(site.overview)),
    ...part(2, 'Events', events.length === 0 ? [] : [eventTable(from, events)]),
    ...part(2, 'Services', services.length === 0 ? [] : [list(services.map((service) => serviceItem(from, service)))]),
  ];
}

function serviceItem(from: string, { name, path, summary }: SiteModel['services'][number]): Inline {
  return md`${linkTo(from, { text: name, path, anchor: null })}${summary === null ? null : [': ', proseLine(summary)]}`;
}

/** Where else to look. */
function places(site: SiteModel): readonly Inline[] {
  const place = (text: string, path: string): Inline => linkTo(sitePaths.home, { text, path, anchor: null });
  return [
    place('Events', sitePaths.events),
    place('Services', sitePaths.services),
    place('Destinations', sitePaths.destinations),
    place('Fields', sitePaths.glossary),
    place('Does it match?', sitePaths.match),
    ...(site.changes.length === 0 ? [] : [place('Changes', sitePaths.changes)]),
    ...site.pages.map(({ title, slug }) => place(title, pagePath(slug))),
    ...site.links.map(({ text, url }) => webLink(text, url)),
  ];
}

function contacts({ info }: SiteModel): readonly Inline[] {
  const { contact, license, termsOfService, externalDocs, tags } = info;
  const address = contact?.url ?? (contact?.email ? `mailto:${contact.email}` : null);
  const name = contact?.name ?? contact?.email ?? contact?.url ?? '';
  return [
    ...(contact === null ? [] : [md`Contact: ${address === null ? name : webLink(name, address)}`]),
    ...(license === null
      ? []
      : [md`Licence: ${license.url === null ? license.name : webLink(license.name, license.url)}`]),
    ...(termsOfService === null ? [] : [md`Terms: ${webLink(termsOfService, termsOfService)}`]),
    ...(externalDocs === null ? [] : [md`More: ${webLink(externalDocs.text, externalDocs.url)}`]),
    ...(tags.length === 0 ? [] : [md`Tags: ${tags.join(', ')}`]),
  ];
}
