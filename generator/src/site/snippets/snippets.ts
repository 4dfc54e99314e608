import type { EventType, ServiceModel } from '../../model/event-model.ts';
import type { SiteContext } from '../site-context.ts';
import type { EventExample, Snippet } from '../site-model.ts';

/** Code to publish the event, to handle it, and to become a new consumer of it. */
export function eventSnippets(
  _context: SiteContext,
  _event: EventType,
  _examples: readonly EventExample[],
): readonly Snippet[] {
  return [];
}

/** Code that a service starts with: its publisher, its handlers, its direct calls. */
export function serviceSnippets(_context: SiteContext, _service: ServiceModel): readonly Snippet[] {
  return [];
}
