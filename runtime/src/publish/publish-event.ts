import type { Connection } from '../connection.ts';
import type { PublishedEventDefinition } from '../definitions.ts';
import type { PublishedEvent } from '../events.ts';
import { assertInTime, within } from './allowance.ts';
import { unconfirmed } from './entry.ts';
import type { PublishOptions } from './options.ts';
import { type Outgoing, refuse, sentEvent } from './outgoing.ts';
import { prepare } from './prepare.ts';
import type { PublishFeature } from './publish-feature.ts';
import { settle } from './settle.ts';

/** A method that publishes one event type. */
export type Publish = (payload: unknown, options?: PublishOptions) => Promise<PublishedEvent>;

/** A method that publishes one of several event types, chosen by name, and by source where a name has several. */
export type PublishByName = (
  name: string,
  payload: unknown,
  options?: PublishOptions & { readonly source?: string },
) => Promise<PublishedEvent>;

/** One event that is to be published within limits of its own. */
export interface OutgoingAlone extends Outgoing {
  readonly options: PublishOptions;
}

/**
 * Validates and publishes one event. Rejects with a `ValidationFailure` or a `PublishError`; only when it resolves has
 * AWS accepted the event.
 */
export async function publishEvent(
  connection: Connection,
  outgoing: OutgoingAlone,
  features?: readonly PublishFeature[],
): Promise<PublishedEvent> {
  const { event, options } = outgoing;
  const [outcome = unconfirmed] = await within(connection, options, async (allowance) => {
    const entry = await prepare(connection, outgoing, allowance, features);
    assertInTime(connection, allowance, outgoing);
    return settle(connection, event.destination.transport.sendOne, [entry], allowance);
  });
  if (!('code' in outcome)) return outcome;
  throw refuse(outgoing, outcome.code, outcome.message, outcome.cause);
}

/** Makes the method that publishes any of `events`. */
export function publishByName(
  connection: Connection,
  events: readonly PublishedEventDefinition[],
  features?: readonly PublishFeature[],
): PublishByName {
  return async (name, payload, options = {}) => {
    const event = sentEvent(events, { name, source: options.source, payload });
    return publishEvent(connection, { event, payload, options }, features);
  };
}
