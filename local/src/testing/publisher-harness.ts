import type { Topology } from '@eventloom/engine';
import type { PublisherOptions } from '@eventloom/runtime';
import { createLocalSystem, type LocalSystem } from '../system.ts';
import { AwsError } from '../wire/aws-error.ts';
import type { Interceptor } from '../wire/call.ts';
import { createClients } from '../wire/clients.ts';
import { type PublishedBy, type PublishedByHandler, recordPublished, type SourceOf } from './harness/published.ts';
import { testLocation } from './wrap.ts';

/** What stands around a publisher under test. */
export interface PublisherHarnessOptions {
  /** When virtual time begins. Default: 2026-01-01T00:00:00Z. */
  readonly startTime?: Date | undefined;
  /** What ids depend on. Default: 1. */
  readonly seed?: number | string | undefined;
}

/** A generated publisher in an AWS of its own, in which nobody consumes. */
export interface PublisherHarness<Publisher> {
  /** To be handed to the code under test. */
  readonly publisher: Publisher;
  /** What AWS has accepted, in that order; the harness of a handler takes it as it is. */
  readonly published: readonly PublishedBy<Publisher>[];
  /**
   * From now on AWS refuses every request with this code, such as `AccessDeniedException`; null accepts again. What is
   * refused so is not tried again, whatever the code: the publisher fails with it.
   */
  refuse(code: string | null): void;
  /** The local system around it: the buses, topics and queues of the topology, without consumers. */
  readonly system: LocalSystem;
}

/**
 * Runs a generated publisher against the buses, topics and queues of the generated topology, and writes down what it
 * publishes. Throws what making the publisher throws.
 * @example
 * const orders = publisherHarness(createOrdersPublisher, topology);
 * await orders.publisher.placeOrder(payloadOf(orderPlacedSchema));
 * orders.published[0]?.payload.total;
 */
export function publisherHarness<Publisher extends object>(
  create: (options: PublisherOptions) => Publisher,
  topology: Topology,
  { startTime, seed }: PublisherHarnessOptions = {},
): PublisherHarness<Publisher> {
  const published: PublishedByHandler[] = [];
  let refusal: string | null = null;
  const refusing: Interceptor = (call, next) => {
    if (refusal === null) return next(call);
    throw new AwsError(refusal, `${call.operation} is refused by the test`, { status: 403 });
  };
  const recording = recordPublished(published, 'outside', { sourceOf: sourcesIn(topology), now: () => system.now() });
  const system: LocalSystem = createLocalSystem({
    topology: { ...topology, consumers: [] },
    handlers: {},
    interceptors: [recording, refusing],
    startTime,
    seed,
  });
  // The clients of the system try three times; then nobody knows whether the first try was accepted.
  const clients = createClients(testLocation.region, system.requestHandler, 1);
  return {
    publisher: create({ clients, environment: system.environment, clock: system.clock }),
    // The types are those of the publisher, which has validated the events.
    published: published as never,
    refuse: (code) => {
      refusal = code;
    },
    system,
  };
}

/** The sources of what services publish, by the wiring. */
function sourcesIn({ services, destinations }: Topology): SourceOf {
  const addresses = services.flatMap(({ publishes }) => publishes);
  return (name, destination) => {
    const key = destinations.find((candidate) => candidate.name === destination)?.key;
    return addresses.find((address) => address.name === name && address.destination === key)?.source;
  };
}
