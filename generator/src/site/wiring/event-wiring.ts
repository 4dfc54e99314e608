import type { JsonValue } from '@eventloom/engine';
import type { EventType } from '../../model/event-model.ts';
import { publishedEvent } from '../../route/published.ts';
import type { SiteContext } from '../site-context.ts';
import type { ConsumerEntry, EventExample, Fact, ProducerEntry, WireForm } from '../site-model.ts';
import { consumerEntry } from './consumer-entry.ts';
import { eventFacts } from './event-facts.ts';
import { producersOf } from './producers.ts';
import { receptionsOfEvent } from './receptions.ts';
import { wireForms } from './wire/wire-forms.ts';

/** How one event goes through the system. */
export interface EventWiring {
  readonly producers: readonly ProducerEntry[];
  readonly consumers: readonly ConsumerEntry[];
  readonly wireForms: readonly WireForm[];
  readonly facts: readonly Fact[];
}

/** Follows an event from who sends it to who receives it; each consumer judges the examples. */
export function describeEventWiring(
  context: SiteContext,
  event: EventType,
  examples: readonly EventExample[],
): EventWiring {
  const receptions = receptionsOfEvent(context, event);
  const message = context.messages.get(event.message);
  const messages = message === undefined ? [] : [message];
  const published = examples.map(({ payload }) => publishedEvent(event, payload as JsonValue, { messages }));
  return {
    producers: producersOf(context, event),
    consumers: receptions.map((reception) => consumerEntry(context, reception, { event, published })),
    wireForms: wireForms(context, event, { receptions, examples }),
    facts: eventFacts(context, event),
  };
}
