import type { Service, Topology } from '@eventloom/engine';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { callsEnvironment, grantCalls } from './calls.ts';
import { ConstructError } from './construct-error.ts';
import type { Destinations } from './destinations.ts';
import type { EventConsumer } from './event-consumer.ts';
import { grantPublish, grantVerify, publishEnvironment } from './grant-publish.ts';
import { grantOutbox, outboxEnvironment } from './outbox.ts';

/** A service as seen by the code that builds the rest of it: its API, its jobs, its tables. */
export interface EventService {
  readonly service: Service;
  /** The service's consumers, by consumer key. */
  readonly consumers: ReadonlyMap<string, EventConsumer>;
  /**
   * Grants the right to publish what the service's `send` operations publish, and to ask whether their destinations
   * exist (`$verify()`), and nothing else: where they ask for it also to keep large payloads in the bucket for claims, and
   * to write to the service's outbox.
   */
  grantPublish(grantee: IGrantable): Grant;
  /** Returns the environment variables that the service's generated publisher reads. */
  publishEnvironment(): Readonly<Record<string, string>>;
  /** Grants the right to call the functions whose `x-callers` name the service, and no others. */
  grantCalls(grantee: IGrantable): Grant;
  /** Returns the environment variables that the service's generated calls read. */
  callsEnvironment(): Readonly<Record<string, string>>;
}

/** Returns a service that publishes and consumes nothing, so that it has no stack. */
export function producer(service: Service, destinations: Destinations): EventService {
  return {
    service,
    consumers: new Map(),
    grantPublish: (grantee) => grantProducing(grantee, service, destinations),
    publishEnvironment: () => producerEnvironment(service, destinations),
    grantCalls: (grantee) => grantCalls(grantee, service.name, destinations),
    callsEnvironment: () => callsEnvironment(service.name, destinations),
  };
}

/** Grants what a producer of the service needs. */
export function grantProducing(grantee: IGrantable, service: Service, destinations: Destinations): Grant {
  return grantPublish(grantee, service.publishes, destinations)
    .combine(grantVerify(grantee, service.publishes, destinations))
    .combine(grantOutbox(grantee, service, destinations));
}

/** Returns the environment variables that a producer of the service needs. */
export function producerEnvironment(service: Service, destinations: Destinations): Readonly<Record<string, string>> {
  return { ...publishEnvironment(service.publishes, destinations), ...outboxEnvironment(service, destinations) };
}

/** @throws ConstructError `unknown-service` when the topology has no service of that name. */
export function findService(topology: Topology, name: string): Service {
  const found = topology.services.find((service) => service.name === name);
  if (found !== undefined) return found;
  const known = topology.services.map((service) => service.name).join(', ');
  throw new ConstructError('unknown-service', `The topology has no service '${name}'. It has: ${known}.`);
}
