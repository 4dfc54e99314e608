import { addressOf, type Connection, connect, type PublisherOptions } from '../connection.ts';
import type { PublishedEventDefinition, PublisherDefinition } from '../definitions.ts';
import type { EventPublisher } from './event-publisher.ts';
import type { PublishOptions } from './options.ts';
import { type Publish, type PublishByName, publishByName, publishEvent } from './publish-event.ts';
import type { PublishFeature } from './publish-feature.ts';
import { type GivenEvent, publishAll, publishMany } from './publish-many.ts';
import { publishStream } from './publish-stream.ts';
import { verify } from './verify.ts';

/**
 * Makes the publisher of a service: a method per operation, `method(payload, options)` when the operation has one
 * event, `method(name, payload, options)` when it has several, and the methods of {@link EventPublisher}, whose names no
 * operation can have. `features` are what the spec asks for beside sending.
 *
 * Throws a `ConfigurationError` at once when an environment variable of a destination, or one that a feature needs, is
 * missing, so that a function fails at start and not at its first event. Clients of AWS are imported and made when first
 * needed.
 */
export function createPublisher<P>(
  definition: PublisherDefinition,
  options?: PublisherOptions,
  features: readonly PublishFeature[] = [],
): P {
  const { environment, clients, clock, stores } = connect(options);
  // A copy: each look at `process.env` asks the system. And no spread: a connection made from one has a hidden class of its
  // own, for which V8 would throw away the code that it has optimized for another publisher.
  const connection: Connection = { environment: { ...environment }, clients, clock, stores };
  const operations = Object.entries(definition.operations);
  const events = operations.flatMap(([, own]) => own);
  for (const event of events) addressOf(connection, event.destination.environmentVariable);
  for (const { check } of features) check?.(connection);
  const methods = operations.map(([operation, own]) => [operation, methodOf(connection, own, features)] as const);
  const batcher = { connection, events, features };
  const many: EventPublisher<GivenEvent> = {
    $publish: (given, batchOptions) => publishAll(batcher, given, batchOptions),
    $publishSettled: (given, batchOptions) => publishMany(batcher, given, batchOptions),
    $publishStream: (given, batchOptions) => publishStream(batcher, given, batchOptions),
    $verify: () => verify(connection, events),
  };
  return { ...Object.fromEntries(methods), ...many } as P;
}

function methodOf(
  connection: Connection,
  events: readonly PublishedEventDefinition[],
  features: readonly PublishFeature[],
): Publish | PublishByName {
  const [event, ...others] = events;
  if (event === undefined || others.length > 0) return publishByName(connection, events, features);
  return (payload: unknown, options: PublishOptions = {}) =>
    publishEvent(connection, { event, payload, options }, features);
}
