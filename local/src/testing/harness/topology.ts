import {
  type Consumer,
  type Delivery,
  type Destination,
  type EventAddress,
  limits,
  type Route,
  type Topology,
} from '@eventloom/engine';
import type { ConsumerDefinition, PublishedEventDefinition } from '@eventloom/runtime';
import type { AnyHandler } from '../wrap.ts';

/** Settings of the queue or the function around a handler. */
export interface DeliverySettings {
  /** Receives before a message moves to the dead-letter queue; for a function, tries in all, up to 3. Default: 3. */
  readonly maxReceiveCount?: number | undefined;
  /** Messages of one batch at most. Default: 10. */
  readonly batchSize?: number | undefined;
  /** How long a received message stays hidden. Default: 60. */
  readonly visibilityTimeoutSeconds?: number | undefined;
  /** The machine's time after which a handler counts as timed out. Default: 30. */
  readonly timeoutSeconds?: number | undefined;
}

/** Name of the queue or topic that feeds the handler; a FIFO queue has `.fifo` behind it. */
export const incomingName = 'incoming';

const incoming = { queue: `queue:${incomingName}`, topic: `topic:${incomingName}` } as const;

/** The smallest system around one handler: what feeds it, and where it publishes to. */
export function topologyAround(handler: AnyHandler, settings: DeliverySettings): Topology {
  const { definition } = handler;
  const targets = destinationsOf(definition.emits);
  const services = [{ name: definition.service, constructId: 'Service', publishes: [] }];
  const feed = handler.delivery === 'queue' ? feedingQueue(definition, settings) : feedingTopic;
  return {
    system: 'test',
    destinations: [feed, ...targets.values()],
    services,
    consumers: [consumerOf(handler, settings, targets)],
  };
}

const shared = { constructId: 'Incoming', description: null, environmentVariable: 'EVENTLOOM_INCOMING' } as const;

const feedingTopic: Destination = {
  ...shared,
  kind: 'topic',
  key: incoming.topic,
  name: incomingName,
  fifo: false,
  contentBasedDeduplication: false,
  ordering: null,
  fedBy: null,
};

function feedingQueue({ fifo = false }: ConsumerDefinition, settings: DeliverySettings): Destination {
  return {
    ...shared,
    kind: 'queue',
    key: incoming.queue,
    name: fifo ? `${incomingName}.fifo` : incomingName,
    fifo,
    contentBasedDeduplication: false,
    ordering: null,
    maxReceiveCount: settings.maxReceiveCount ?? 3,
    visibilityTimeoutSeconds: settings.visibilityTimeoutSeconds ?? 60,
    deliveryDelaySeconds: 0,
    retentionSeconds: limits.retentionSecondsMaximum.value,
  };
}

/** One destination for each environment variable that publishing reads. */
function destinationsOf(emits: readonly PublishedEventDefinition[]): ReadonlyMap<string, Destination> {
  return new Map(
    emits.map((event): [string, Destination] => {
      const { transport, environmentVariable } = event.destination;
      const { kind } = transport;
      const fifo = isFifo(event);
      const name = destinationName(event);
      const base = { key: `${kind}:${name}`, constructId: name, name, environmentVariable, description: null };
      const order = { fifo, contentBasedDeduplication: false, ordering: null };
      if (kind === 'bus') return [environmentVariable, { ...base, kind, archive: null }];
      if (kind === 'topic') return [environmentVariable, { ...base, ...order, kind, fedBy: null }];
      return [environmentVariable, { ...base, ...order, kind, ...keptForLong }];
    }),
  );
}

/** The name of what an event is published to. */
export function destinationName(event: PublishedEventDefinition): string {
  const name = event.destination.environmentVariable.toLowerCase().replaceAll('_', '-');
  return isFifo(event) ? `${name}.fifo` : name;
}

function isFifo({ destination, ordering }: PublishedEventDefinition): boolean {
  return destination.transport.kind !== 'bus' && typeof ordering === 'string';
}

const keptForLong = {
  maxReceiveCount: 3,
  visibilityTimeoutSeconds: 60,
  deliveryDelaySeconds: 0,
  retentionSeconds: limits.retentionSecondsMaximum.value,
} as const;

function consumerOf(
  handler: AnyHandler,
  settings: DeliverySettings,
  targets: ReadonlyMap<string, Destination>,
): Consumer {
  const { definition } = handler;
  const { key, service, consumer, split, gather, downstreams } = definition;
  const emits = definition.emits.map(({ name, source, destination, claimCheck }): EventAddress => {
    const target = targets.get(destination.environmentVariable)?.key ?? '';
    return { name, source, destination: target, ...(claimCheck === undefined ? {} : { claimCheck }) };
  });
  return {
    key,
    service,
    consumer,
    constructId: 'Consumer',
    description: null,
    handler: key,
    routes: [routeOf(handler)],
    delivery: deliveryOf(handler, settings),
    emits,
    idempotency: definition.idempotency ?? null,
    claims: true,
    ...(split === undefined ? {} : { split }),
    ...(gather === undefined ? {} : { gather }),
    ...(downstreams === undefined ? {} : { downstreams }),
  };
}

function routeOf({ delivery, definition: { receives } }: AnyHandler): Route {
  const events = receives.map(({ name, source }) => ({ name, source }));
  const base = { operation: incomingName, constructId: 'Incoming', events };
  if (delivery === 'queue') return { ...base, kind: 'sqs', queue: incoming.queue, mappingFilter: null };
  return { ...base, kind: 'sns', topic: incoming.topic, filterPolicy: null, filterPolicyScope: 'MessageBody' };
}

function deliveryOf({ delivery, definition }: AnyHandler, settings: DeliverySettings): Delivery {
  const { onInvalid = 'deadLetter', fifo = false, concurrency, backoff } = definition;
  const { maxReceiveCount = 3, batchSize = 10, visibilityTimeoutSeconds = 60, timeoutSeconds = 30 } = settings;
  const base = { timeoutSeconds, memoryMb: 256, onInvalid };
  if (delivery === 'function') {
    return {
      ...base,
      type: 'function',
      retryAttempts: Math.min(2, maxReceiveCount - 1),
      maxEventAgeSeconds: limits.asynchronousEventAgeSecondsDefault.value,
    };
  }
  return {
    ...base,
    type: 'queue',
    batchSize,
    batchingWindowSeconds: 0,
    maxConcurrency: null,
    maxReceiveCount,
    visibilityTimeoutSeconds,
    fifo,
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(backoff === undefined ? {} : { backoff }),
  };
}
