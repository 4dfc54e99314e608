import type { EventModel, EventReference, EventType, ServiceModel } from '../../../model/event-model.ts';
import { addressKey, byCodeUnit } from '../../../model/order.ts';
import type { SiteContext } from '../../site-context.ts';
import type { ConsumedEntry, PublishedEntry } from '../../site-model.ts';
import { wantedWords } from '../consumer-entry.ts';
import { deliveryWords } from '../delivery-words.ts';
import { operationDocs } from '../operation-docs.ts';
import { sending } from '../producers.ts';
import type { Reception } from '../receptions.ts';

/** What a service publishes, sorted by (event, source, operation). */
export function publishedEntries(context: SiteContext, service: ServiceModel): readonly PublishedEntry[] {
  const sends = service.producers.flatMap(({ operation, events }) =>
    events.map((event) => ({ event, operation, by: sending(service, operation, false).kind })),
  );
  const emits = [...service.consumers, ...service.subscribers].flatMap(({ wiring }) =>
    wiring.emits.map((event) => ({ event, operation: wiring.consumer, by: 'emits' as const })),
  );
  const find = eventFinder(context);
  const entries = [...sends, ...emits].flatMap(({ event, operation, by }) => {
    const found = find(event);
    return found === undefined
      ? []
      : [{ found, operation, by, summary: operationDocs(context, operation)?.summary ?? null }];
  });
  return entries
    .sort((a, b) => byEvent(a.found, b.found) || byCodeUnit(a.operation, b.operation) || byCodeUnit(a.by, b.by))
    .map(({ found, ...rest }) => ({
      event: context.paths.event(found),
      ...rest,
      destination: context.paths.destination(found.destination),
    }));
}

/** What a service receives: one for each (operation, event), sorted by (event, source, operation). */
export function consumedEntries(context: SiteContext, receptions: readonly Reception[]): readonly ConsumedEntry[] {
  const find = eventFinder(context);
  const pairs = receptions.flatMap((reception) =>
    reception.route.events.flatMap((event) => {
      const found = find(event);
      return found === undefined ? [] : [{ reception, found }];
    }),
  );
  return pairs
    .sort((a, b) => byEvent(a.found, b.found) || byCodeUnit(a.reception.route.operation, b.reception.route.operation))
    .map(({ reception, found }) => {
      const { wiring } = reception.receiver;
      const { operation } = reception.route;
      return {
        event: context.paths.event(found),
        entry: context.paths.consumer(found, wiring.service, operation),
        operation,
        consumer: wiring.consumer,
        summary: operationDocs(context, operation)?.summary ?? null,
        filter: wantedWords(context, reception, found),
        delivery: deliveryWords(wiring),
      };
    });
}

function byEvent(left: EventReference, right: EventReference): number {
  return byCodeUnit(left.name, right.name) || byCodeUnit(left.source, right.source);
}

/** Models never change, and each service looks for its own part of the events. */
const known = new WeakMap<EventModel, ReadonlyMap<string, EventType>>();

function eventFinder({ model }: SiteContext): (event: EventReference) => EventType | undefined {
  const events = known.get(model) ?? new Map(model.catalog.events.map((event) => [addressKey(event), event]));
  known.set(model, events);
  return (event) => events.get(addressKey(event));
}
