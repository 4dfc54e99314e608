import type { EventType } from '../../model/event-model.ts';
import type { SiteContext } from '../site-context.ts';
import type { ConsumerEntry, EventExample, Fact, ProducerEntry, WireForm } from '../site-model.ts';

/** How one event goes through the system. */
export interface EventWiring {
  readonly producers: readonly ProducerEntry[];
  readonly consumers: readonly ConsumerEntry[];
  readonly wireForms: readonly WireForm[];
  readonly facts: readonly Fact[];
}

/** Follows an event from who sends it to who receives it; each consumer judges the examples. */
export function describeEventWiring(
  _context: SiteContext,
  _event: EventType,
  _examples: readonly EventExample[],
): EventWiring {
  return { producers: [], consumers: [], wireForms: [], facts: [] };
}
