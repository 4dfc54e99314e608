import type { EventType } from '../../model/event-model.ts';
import { routeJudge } from '../../route/judge-route.ts';
import type { Published } from '../../route/published.ts';
import type { SiteContext } from '../site-context.ts';
import type { ConsumerEntry } from '../site-model.ts';
import { compiledFilters } from './compiled-filters.ts';
import { deliveryWords } from './delivery-words.ts';
import { emittedEvents } from './emitted-events.ts';
import { consumerFacts } from './facts/consumer-facts.ts';
import { filterWords } from './filter-words.ts';
import { narrowedType } from './narrowed-type.ts';
import { operationDocs } from './operation-docs.ts';
import type { Reception } from './receptions.ts';

/** Describes a `receive` operation, as far as one event goes. */
export function consumerEntry(
  context: SiteContext,
  reception: Reception,
  { event, published }: { readonly event: EventType; readonly published: readonly Published[] },
): ConsumerEntry {
  const { receiver, route } = reception;
  const { wiring } = receiver;
  const docs = operationDocs(context, route.operation);
  const { anchor } = context.paths.consumer(event, wiring.service, route.operation);
  return {
    anchor: anchor ?? '',
    service: context.paths.service(wiring.service),
    operation: route.operation,
    consumer: wiring.consumer,
    summary: docs?.summary ?? null,
    description: docs?.description ?? null,
    route: route.kind,
    delivery: deliveryWords(wiring),
    filter: wantedWords(context, reception, event),
    compiled: compiledFilters(route),
    verdicts: published.map(routeJudge(route, context.topology)),
    narrowed: reception.kind === 'handler' ? narrowedType(reception.receiver, event) : null,
    facts: consumerFacts(context, reception, event),
    emits: emittedEvents(context, wiring.emits),
  };
}

/** What must hold for the payload of an event, for a reception to take it. */
export function wantedWords(
  { messages }: Pick<SiteContext, 'messages'>,
  { operation }: Pick<Reception, 'operation'>,
  event: Pick<EventType, 'message'>,
): ConsumerEntry['filter'] {
  if (operation === null) return [];
  const { filter, filterScope } = operation;
  return filterWords({ filter, scope: filterScope, schema: messages.get(event.message)?.payload ?? true });
}
