import type { Connection } from '../connection.ts';
import type { Call, Feature } from '../feature.ts';
import type { EventOptions } from '../publish/options.ts';
import { type PublishByName, publishByName } from '../publish/publish-event.ts';
import type { PublishFeature } from '../publish/publish-feature.ts';

/**
 * Lets a handler publish: adds `publish` to its context. What it publishes carries on what came with the event, unless
 * the caller says otherwise. It stands apart so that a handler that publishes nothing bundles no publisher.
 */
export const emitting: Feature = {
  extend: (call) => extension(call),
};

/** The same, with what the spec asks of publishing beside sending. */
export function emittingWith(...features: readonly PublishFeature[]): Feature {
  return { extend: (call) => extension(call, features) };
}

function extension(call: Call, features?: readonly PublishFeature[]): { readonly publish: PublishByName } {
  const publish = publishByName(connectionFor(call), call.session.definition.emits, features);
  return { publish: (name, payload, options) => publish(name, payload, { ...carriedOn(call), ...options }) };
}

/** What an event hands on to those that come of it. What is made of all parts of a split is none of its parts. */
export function carriedOn({ event, session }: Pick<Call, 'event' | 'session'>): EventOptions {
  const { correlationId, part, traceHeader } = event;
  return { correlationId, part: session.definition.gather ? undefined : part, traceHeader };
}

/** Where the work on one event publishes. */
export function connectionFor({ session: { connection, invocation }, messageId }: Call): Connection {
  const clients = invocation?.clientsFor?.(messageId);
  return clients === undefined ? connection : { ...connection, clients: { ...clients } };
}
