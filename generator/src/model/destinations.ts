import type { BusDestination, Destination, QueueDelivery, QueueDestination, TopicDestination } from '@eventloom/engine';
import type { ChannelDeclaration, Declarations, ServerDeclaration } from './declarations.ts';
import { queueDefaults, visibilityTimeout } from './delivery-defaults.ts';
import { busKey, queueKey, topicKey } from './events.ts';
import { destinationConstructId, destinationVariable } from './names.ts';
import { sortBy } from './order.ts';
import { channelPattern } from './routes.ts';

/** How the one consumer of a point-to-point queue reads it; by channel key. */
export type QueueReaders = ReadonlyMap<string, QueueDelivery>;

/** Makes the buses, topics and point-to-point queues, sorted by key. */
export function buildDestinations(
  declarations: Declarations,
  readers: QueueReaders,
  extras: (server: ServerDeclaration) => BusExtras,
): readonly Destination[] {
  const buses = declarations.servers.flatMap((server) => toBus(server, extras(server)));
  const others = declarations.channels.flatMap((channel) => toTopic(channel) ?? toQueue(channel, readers) ?? []);
  return sortBy([...buses, ...others], ({ key }) => key);
}

/** What of a bus is found in channels and messages. */
export type BusExtras = Pick<BusDestination, 'allowAccounts' | 'schemaRegistry'>;

function toBus({ key, bus }: ServerDeclaration, extras: BusExtras): readonly Destination[] {
  if (bus === null) return [];
  const { name, archive, description, logging } = bus;
  const own = { name, archive, description, ...(logging === null ? {} : { logging }) };
  return [{ kind: 'bus', key: busKey(key), ...named('bus', key), ...own, ...extras }];
}

function toTopic(channel: ChannelDeclaration): TopicDestination | null {
  const { key, placement, ordering, description } = channel;
  if (placement?.kind !== 'topic' && placement?.kind !== 'bus-topic') return null;
  const { name, fifo, contentBasedDeduplication } = placement.topic;
  return {
    kind: 'topic',
    key: topicKey(key),
    ...named('topic', key),
    name,
    description,
    fifo,
    contentBasedDeduplication,
    ordering: ordering?.value ?? null,
    fedBy: placement.kind === 'topic' ? null : { bus: busKey(placement.server), eventPattern: channelPattern(channel) },
  };
}

function toQueue(
  { key, placement, ordering, fairness, description }: ChannelDeclaration,
  readers: QueueReaders,
): QueueDestination | null {
  if (placement?.kind !== 'queue') return null;
  const { queue } = placement;
  const reader = readers.get(key);
  return {
    kind: 'queue',
    key: queueKey(key),
    ...named('queue', key),
    name: queue.name,
    description,
    fifo: queue.fifo,
    contentBasedDeduplication: false,
    ordering: ordering?.value ?? null,
    maxReceiveCount: queue.maxReceiveCount ?? reader?.maxReceiveCount ?? queueDefaults.maxReceiveCount,
    visibilityTimeoutSeconds:
      queue.visibilityTimeoutSeconds ??
      (reader === undefined
        ? queueDefaults.visibilityTimeoutSeconds
        : visibilityTimeout(reader.timeoutSeconds, reader.batchingWindowSeconds)),
    deliveryDelaySeconds: queue.deliveryDelaySeconds ?? queueDefaults.deliveryDelaySeconds,
    retentionSeconds: queue.retentionSeconds ?? queueDefaults.retentionSeconds,
    ...(fairness === null ? {} : { fairness: fairness.value }),
  };
}

function named(kind: Destination['kind'], key: string) {
  return { constructId: destinationConstructId(kind, key), environmentVariable: destinationVariable(kind, key) };
}
