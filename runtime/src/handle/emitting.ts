import type { Connection } from '../connection.ts';
import type { Call, Feature } from '../feature.ts';
import { publishByName } from '../publish/publish-event.ts';
import type { PublishFeature } from '../publish/publish-feature.ts';

/**
 * Lets a handler publish: adds `publish` to its context. It stands apart so that a handler that publishes nothing
 * bundles no publisher.
 */
export const emitting: Feature = {
  extend: (call) => extension(call),
};

/** The same, with what the spec asks of publishing beside sending. */
export function emittingWith(...features: readonly PublishFeature[]): Feature {
  return { extend: (call) => extension(call, features) };
}

function extension(call: Call, features?: readonly PublishFeature[]): object {
  return { publish: publishByName(connectionFor(call), call.session.definition.emits, features) };
}

function connectionFor({ session: { connection, invocation }, messageId }: Call): Connection {
  const clients = invocation?.clientsFor?.(messageId);
  return clients === undefined ? connection : { ...connection, clients: { ...clients } };
}
