import type { Connection } from '../connection.ts';
import type { Call, Feature } from '../feature.ts';
import { publishByName } from '../publish/publish-event.ts';

/**
 * Lets a handler publish: adds `publish` to its context. It stands apart so that a handler that publishes nothing
 * bundles no publisher.
 */
export const emitting: Feature = {
  extend: (call) => ({ publish: publishByName(connectionFor(call), call.session.definition.emits) }),
};

function connectionFor({ session: { connection, invocation }, messageId }: Call): Connection {
  const clients = invocation?.clientsFor?.(messageId);
  return clients === undefined ? connection : { ...connection, clients: { ...clients } };
}
