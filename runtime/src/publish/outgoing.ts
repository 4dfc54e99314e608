import type { PublishedEventDefinition } from '../definitions.ts';
import { PublishError } from '../errors.ts';
import type { EventOptions } from './options.ts';

/** One event that is to be published. */
export interface Outgoing {
  readonly event: PublishedEventDefinition;
  readonly payload: unknown;
  readonly options: EventOptions;
}

/** The error that says why an event was not published. */
export function refuse({ event, payload }: Outgoing, code: string, message: string, cause?: unknown): PublishError {
  return new PublishError(code, message, { name: event.name, source: event.source, payload }, cause);
}

/** The event of a name, and of a source where one is given; undefined when the service sends none. */
export function eventNamed(
  events: readonly PublishedEventDefinition[],
  { name, source }: Pick<NamedEvent, 'name' | 'source'>,
): PublishedEventDefinition | undefined {
  return events.find((one) => one.name === name && one.source === (source ?? one.source));
}

/** The same; throws a `PublishError` when the service sends none. */
export function sentEvent(events: readonly PublishedEventDefinition[], named: NamedEvent): PublishedEventDefinition {
  const event = eventNamed(events, named);
  if (event) return event;
  const { name, source = '', payload } = named;
  throw new PublishError('unknown-event', `the service sends no event ${name}`, { name, source, payload });
}

/** An event as a caller names it. */
export interface NamedEvent {
  readonly name: string;
  readonly source?: string | undefined;
  readonly payload: unknown;
}
