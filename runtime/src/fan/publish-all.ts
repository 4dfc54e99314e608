import type { Connection } from '../connection.ts';
import type { PublishedEvent } from '../events.ts';
import type { Outgoing } from '../publish/outgoing.ts';
import { publishEvent } from '../publish/publish-event.ts';
import { assertValid } from '../validate.ts';
import { mapLimited } from './map-limited.ts';

/**
 * Publishes events, none unless all are valid. Rejects with a `ValidationFailure` or a `PublishError` when one was not
 * accepted; others may have been, then.
 */
export async function publishAll(connection: Connection, outgoings: readonly Outgoing[]): Promise<PublishedEvent[]> {
  for (const { event, payload } of outgoings) assertValid(event, payload);
  return mapLimited(outgoings, publishedAtATime, (outgoing) => publishEvent(connection, unchecked(outgoing)));
}

const publishedAtATime = 10;

/** What was checked needs no second check. */
const unchecked = (outgoing: Outgoing): Outgoing => ({
  ...outgoing,
  options: { ...outgoing.options, validate: false },
});
