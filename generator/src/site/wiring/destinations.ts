import type { Destination } from '@eventloom/engine';
import type { EventType } from '../../model/event-model.ts';
import { byCodeUnit, sortBy } from '../../model/order.ts';
import type { SiteContext } from '../site-context.ts';
import type { DestinationEntry, SiteLink } from '../site-model.ts';
import { destinationFacts } from './facts/destination-facts.ts';
import { type Reception, receptionsOf } from './receptions.ts';

/** Describes every bus, topic and point-to-point queue, sorted by key. */
export function describeDestinations(context: SiteContext): readonly DestinationEntry[] {
  const receptions = receptionsOf(context);
  return sortBy(context.topology.destinations, ({ key }) => key).map((destination) => {
    const here = receptions.filter(({ route }) => passes(route, destination.key));
    return {
      key: destination.key,
      anchor: context.paths.destination(destination.key).anchor ?? destination.key,
      kind: destination.kind,
      name: destination.name,
      description: destination.description,
      facts: destinationFacts(context, destination),
      channels: channelsOf(context, destination),
      consumers: consumersOf(context, here),
    };
  });
}

/** Tells whether a route leads through a destination. */
function passes(route: Reception['route'], key: string): boolean {
  switch (route.kind) {
    case 'eventbridge':
      return route.bus === key;
    case 'eventbridge-sns':
      return route.bus === key || route.topic === key;
    case 'sns':
      return route.topic === key;
    case 'sqs':
      return route.queue === key;
    default:
      return route satisfies never;
  }
}

function channelsOf({ model, paths }: SiteContext, destination: Destination): DestinationEntry['channels'] {
  const events = model.catalog.events.filter((event) => arrivesAt(event, destination));
  const keys = [...new Set(events.map(({ channel }) => channel))].sort();
  return keys.map((key) => {
    const own = events.filter(({ channel }) => channel === key);
    const docs = model.documentation.channels.find(({ channel }) => channel === key);
    return {
      key,
      address: docs?.address ?? own[0]?.source ?? key,
      description: docs?.description ?? docs?.summary ?? null,
      events: [...own].sort((a, b) => byCodeUnit(a.name, b.name)).map((event) => paths.event(event)),
    };
  });
}

/** Published to it, or handed to it by the rule of a channel. */
function arrivesAt(event: EventType, destination: Destination): boolean {
  if (event.destination === destination.key) return true;
  if (destination.kind !== 'topic' || destination.fedBy === null || destination.fedBy.bus !== event.destination)
    return false;
  const { source, 'detail-type': names } = destination.fedBy.eventPattern;
  const isListed = (list: unknown, text: string) => Array.isArray(list) && list.includes(text);
  return isListed(source, event.source) && isListed(names, event.name);
}

/** One link for each operation: to its entry on the page of the first event that it selects. */
function consumersOf({ model, paths }: SiteContext, receptions: readonly Reception[]): readonly SiteLink[] {
  return receptions.flatMap(({ route, receiver }) => {
    const [first] = [...route.events].sort((a, b) => byCodeUnit(a.name, b.name));
    const event = model.catalog.events.find(({ name, source }) => name === first?.name && source === first.source);
    return event === undefined ? [] : [paths.consumer(event, receiver.wiring.service, route.operation)];
  });
}
