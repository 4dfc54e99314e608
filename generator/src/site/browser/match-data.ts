import type { Topology } from '@eventloom/engine';
import { addressKey, byCodeUnit } from '../../model/order.ts';
import type { RoutedTopology } from '../../route/route-rows.ts';
import type { SiteContext } from '../site-context.ts';
import type { SiteFile } from '../site-file.ts';
import type { SiteModel } from '../site-model.ts';
import { assignScript } from './assign-script.ts';
import { eventScript } from './event-script.ts';
import type { MatchData, MatchEvent } from './match-format.ts';

/** What the match box needs: the topology, examples and validators, as classic scripts below `assets/match/`. */
export function matchData(context: SiteContext, site: SiteModel): readonly SiteFile[] {
  const matched = matchedSystem(context, site);
  const pages = new Map(site.events.map((event) => [addressKey(event), event]));
  return [
    { path: 'assets/match-data.js', content: assignScript('eventloomMatch', matched) },
    ...matched.events.flatMap((event): readonly SiteFile[] => {
      const message = context.messages.get(event.message);
      const page = pages.get(addressKey(event));
      if (message === undefined || page === undefined) return [];
      return [{ path: event.script, content: eventScript(event.script, page, message.payload) }];
    }),
  ];
}

/** Collects what it takes to route events in a browser. Events are in the order of the site. */
export function matchedSystem({ model, topology, paths }: SiteContext, { services }: SiteModel): MatchData {
  const { messages } = model.catalog;
  const events = [...model.catalog.events].sort((a, b) => byCodeUnit(a.name, b.name) || byCodeUnit(a.source, b.source));
  return {
    topology: routedTopology(topology),
    events: events.map(({ name, source, channel, message, destination }): MatchEvent => {
      const { path } = paths.event({ name, source });
      return { name, source, channel, message, destination, page: path, script: scriptOf(path) };
    }),
    messages: messages.map(({ typeName, headers }) => ({
      typeName,
      headers: headers.map(({ name, attributeType }) => ({ name, attributeType })),
    })),
    services: services.map(({ name, path }) => [name, path]),
  };
}

function routedTopology({ destinations, consumers, subscribers = [] }: Topology): RoutedTopology {
  return {
    destinations: destinations.map(({ key, kind, name }) => ({ key, kind, name })),
    consumers: [...consumers, ...subscribers].map(({ service, consumer, routes }) => ({ service, consumer, routes })),
  };
}

/** `events/order-placed.html` has its script at `assets/match/order-placed.js`. */
function scriptOf(page: string): string {
  return page.replace(/^events\//, 'assets/match/').replace(/\.html$/, '.js');
}
