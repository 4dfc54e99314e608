import {
  type Consumer,
  type Destination,
  limits,
  type QueueDestination,
  type Service,
  type Topology,
} from '@eventloom/engine';
import { settingsOf } from './settings.ts';

/**
 * Returns the topology as it is in an environment: with the memory and the timeout that `x-infrastructure` gives there, and
 * visibility timeouts that follow. Applied to its result it changes nothing more.
 */
export function inEnvironment(topology: Topology, environment: string | undefined): Topology {
  const { environments } = topology.infrastructure ?? {};
  if (environment === undefined || environments === undefined || !Object.hasOwn(environments, environment)) {
    return topology;
  }
  const known = changedTopologies.get(topology)?.get(environment);
  if (known !== undefined) return known;
  const changed = changedTopology(topology, environment);
  remember(topology, environment, changed);
  remember(changed, environment, changed);
  return changed;
}

/** Topologies never change, and each stack of a system asks for the same one. */
const changedTopologies = new WeakMap<Topology, Map<string, Topology>>();

function remember(topology: Topology, environment: string, changed: Topology): void {
  const known = changedTopologies.get(topology) ?? new Map<string, Topology>();
  changedTopologies.set(topology, known.set(environment, changed));
}

function changedTopology(topology: Topology, environment: string): Topology {
  const changed = topology.consumers.map((consumer) => changedConsumer(topology, consumer, environment));
  return {
    ...topology,
    consumers: changed,
    services: topology.services.map((service) => changedService(topology, service, environment)),
    destinations: topology.destinations.map((destination) => changedQueue(destination, topology.consumers, changed)),
  };
}

function changedConsumer(topology: Topology, consumer: Consumer, environment: string | undefined): Consumer {
  const settings = settingsOf(topology, environment, consumer.service);
  const { delivery } = consumer;
  const timeoutSeconds = settings.timeoutSeconds ?? delivery.timeoutSeconds;
  const memoryMb = settings.memoryMb ?? delivery.memoryMb;
  if (delivery.type === 'function') return { ...consumer, delivery: { ...delivery, timeoutSeconds, memoryMb } };
  const visibilityTimeoutSeconds = followed(delivery.visibilityTimeoutSeconds, delivery, timeoutSeconds);
  return { ...consumer, delivery: { ...delivery, timeoutSeconds, memoryMb, visibilityTimeoutSeconds } };
}

/** The relay of an outbox keeps its timeout, which has nothing to do with how long handlers run. */
function changedService(topology: Topology, service: Service, environment: string | undefined): Service {
  const { memoryMb } = settingsOf(topology, environment, service.name);
  const { outbox } = service;
  return memoryMb === null || outbox === undefined ? service : { ...service, outbox: { ...outbox, memoryMb } };
}

/** A point-to-point queue follows the consumer that reads it. */
function changedQueue(destination: Destination, before: readonly Consumer[], after: readonly Consumer[]): Destination {
  if (destination.kind !== 'queue') return destination;
  const reader = before.findIndex(({ routes }) =>
    routes.some((one) => one.kind === 'sqs' && one.queue === destination.key),
  );
  const old = before[reader]?.delivery;
  const now = after[reader]?.delivery;
  if (old?.type !== 'queue' || now === undefined || old.timeoutSeconds === now.timeoutSeconds) return destination;
  return withVisibility(destination, followed(destination.visibilityTimeoutSeconds, old, now.timeoutSeconds));
}

function withVisibility(destination: QueueDestination, visibilityTimeoutSeconds: number): QueueDestination {
  return { ...destination, visibilityTimeoutSeconds };
}

/**
 * What follows the old timeout follows the new one: six times as long and the batching window
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html). What somebody chose stays, unless it
 * became too short.
 */
function followed(
  visibilitySeconds: number,
  {
    timeoutSeconds,
    batchingWindowSeconds,
  }: { readonly timeoutSeconds: number; readonly batchingWindowSeconds: number },
  newTimeoutSeconds: number,
): number {
  if (newTimeoutSeconds === timeoutSeconds) return visibilitySeconds;
  const advised = (seconds: number): number => limits.visibilityTimeoutFactor.value * seconds + batchingWindowSeconds;
  if (visibilitySeconds === advised(timeoutSeconds)) return advised(newTimeoutSeconds);
  return Math.max(visibilitySeconds, advised(newTimeoutSeconds));
}
