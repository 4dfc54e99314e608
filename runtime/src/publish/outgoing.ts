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

/** The error that says that the service sends no event of a name, or none from a source. */
export function unknownEvent({ name, source = '', payload }: Named): PublishError {
  return new PublishError('unknown-event', `the service sends no event ${name}`, { name, source, payload });
}

interface Named {
  readonly name: string;
  readonly source?: string | undefined;
  readonly payload: unknown;
}
