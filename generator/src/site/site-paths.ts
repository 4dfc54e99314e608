import type { EventModel, EventType, ServiceModel } from '../model/event-model.ts';
import { remembered } from './remembered.ts';
import type { SiteLink } from './site-model.ts';

/** Pages of which there is one. Paths are below the site's folder. */
export const sitePaths = {
  home: 'index.html',
  events: 'events.html',
  services: 'services.html',
  destinations: 'destinations.html',
  glossary: 'glossary.html',
  match: 'match.html',
  changes: 'changes.html',
} as const;

/** Where the pages of a model are. Each path stands for one event, service or destination, whatever their names. */
export interface SitePaths {
  readonly event: (event: Address) => SiteLink;
  readonly jsonSchema: (event: Address) => string;
  readonly service: (name: string) => SiteLink;
  /** By key of the destination: `bus:shop`. */
  readonly destination: (key: string) => SiteLink;
  /** The entry of a `receive` operation on the page of an event. */
  readonly consumer: (event: Address, service: string, operation: string) => SiteLink;
}

type Address = Pick<EventType, 'name' | 'source'>;

/** Names the pages of a model: by message, with the channel where several channels share one. */
export function sitePathsOf({ catalog, system }: Pick<EventModel, 'catalog' | 'system'>): SitePaths {
  const fileNames = new Map(catalog.messages.map(({ typeName, fileName }) => [typeName, fileName]));
  const shared = new Map<string, number>();
  for (const { message } of catalog.events) shared.set(message, (shared.get(message) ?? 0) + 1);
  const bases = new Map(
    catalog.events.map(({ name, source, channel, message }) => {
      const fileName = fileNames.get(message) ?? encodeName(name);
      const isShared = (shared.get(message) ?? 0) > 1;
      return [keyOf({ name, source }), isShared ? `${fileName}/${encodeName(channel)}` : fileName];
    }),
  );
  const names = new Map(system.destinations.map(({ key, name }) => [key, name]));
  const links = linksOf(catalog.events, bases);
  const event = (address: Address): SiteLink =>
    links.get(address.source)?.get(address.name) ?? linkTo(address.name, encodeName(address.name));
  return {
    event,
    jsonSchema: (address) => event(address).path.replace(/^events\/(.*)\.html$/, 'schemas/$1.schema.json'),
    service: (name) => ({ text: name, path: servicePath(name), anchor: null }),
    destination: (key) => ({ text: names.get(key) ?? key, path: sitePaths.destinations, anchor: encodeName(key) }),
    consumer: (address, service, operation) => ({
      text: operation,
      path: event(address).path,
      anchor: `consumer-${service}.${encodeName(operation)}`,
    }),
  };
}

/** Every event's link by source and name, made once: pages ask for them over and over. */
function linksOf(
  events: readonly Address[],
  bases: ReadonlyMap<string, string>,
): ReadonlyMap<string, ReadonlyMap<string, SiteLink>> {
  const links = new Map<string, Map<string, SiteLink>>();
  for (const event of events) {
    const ofSource = links.get(event.source) ?? new Map<string, SiteLink>();
    ofSource.set(event.name, linkTo(event.name, bases.get(keyOf(event)) ?? encodeName(event.name)));
    links.set(event.source, ofSource);
  }
  return links;
}

function linkTo(name: string, base: string): SiteLink {
  return { text: name, path: `events/${base}.html`, anchor: null };
}

/** Service names are kebab-case. */
function servicePath(name: ServiceModel['wiring']['name']): string {
  return `services/${name}.html`;
}

/** Path of an extra page. */
export function pagePath(slug: string): string {
  return `pages/${slug}.html`;
}

/** Path of a page's Markdown twin. */
export function twinOf(path: string): string {
  return path.endsWith('.html') ? `${path.slice(0, -5)}.md` : path;
}

/** Anchor of a channel on the page of the destinations. */
export function channelAnchor(channel: string): string {
  return `channel-${encodeName(channel)}`;
}

/** The page of how a service is run, below its own: `services/orders/operations.html`. */
export function operationsPath(ofService: string): string {
  return ofService.replace(/\.html$/, '/operations.html');
}

function keyOf({ name, source }: Address): string {
  return JSON.stringify([source, name]);
}

/**
 * Spells any text as a part of a path or an anchor, each text in its own way even where case does not count: ASCII
 * letters, digits and `-` as they are, a capital as `_` and its small letter, all else as its code point between dots.
 */
export const encodeName: (text: string) => string = remembered((text) =>
  text.replace(/[^a-z0-9-]/gu, (character) =>
    /^[A-Z]$/.test(character) ? `_${character.toLowerCase()}` : `.${character.codePointAt(0)?.toString(16)}.`,
  ),
);

/** The `href` from one page to a place: relative, so that the site works from any folder and from `file://`. */
export function hrefFrom(page: string, { path, anchor }: Pick<SiteLink, 'path' | 'anchor'>): string {
  const fragment = anchor === null ? '' : `#${encodeURIComponent(anchor)}`;
  if (path === page && anchor !== null) return fragment;
  const start = commonFolder(page, path);
  let up = '';
  for (let at = page.indexOf('/', start); at !== -1; at = page.indexOf('/', at + 1)) up += '../';
  return `${up}${encodePath(path.slice(start))}${fragment}`;
}

/** How many characters of both paths are the folders that they share. */
function commonFolder(page: string, path: string): number {
  let start = 0;
  for (let at = page.indexOf('/') + 1; at > 0 && path.startsWith(page.slice(start, at), start); ) {
    start = at;
    at = page.indexOf('/', at) + 1;
  }
  return start;
}

function encodePath(path: string): string {
  return /^[\w./-]*$/.test(path) ? path : path.split('/').map(encodeURIComponent).join('/');
}
