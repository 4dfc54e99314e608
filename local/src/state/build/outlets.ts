import {
  type Consumer,
  type Destination,
  deadLetterQueueVariable,
  limits,
  queueVariable,
  type Topology,
} from '@eventloom/engine';
import {
  arn,
  consumerQueueName,
  deadLetterQueueName,
  environmentValue,
  functionName,
  type Location,
} from '../names.ts';
import type { Queue, QueueSource } from '../world.ts';
import { mappingFilterOf } from './patterns.ts';
import { addQueue, deadLetterSettings } from './queues.ts';
import { byKey, type Outlet, type Site } from './site.ts';
import { storeEnvironment } from './stores.ts';

/** Makes the queues of a consumer, and all of its function but the way to invoke it. */
export function createOutlet(site: Site, consumer: Consumer, index: number): Outlet {
  const channelQueues = consumer.routes.flatMap((route) =>
    route.kind === 'sqs'
      ? [{ queue: byKey(site.queues, route.queue), filter: mappingFilterOf(consumer.key, route.mappingFilter) }]
      : [],
  );
  const own = ownQueue(site, consumer, index);
  const deadLetterQueue =
    own?.redrive?.queue ?? channelDeadLetters(consumer, channelQueues) ?? ownDeadLetters(site, consumer);
  const sources = [...channelQueues, ...(own === null ? [] : [{ queue: own, filter: null }])];
  const name = functionName(site.topology.system, consumer);
  return {
    consumer,
    index,
    name,
    arn: arn(site.location, 'lambda', `function:${name}`),
    deadLetterQueue,
    sources,
    environment: environmentOf(site, consumer, { deadLetterQueue, queue: own ?? sources[0]?.queue }),
  };
}

/** The consumer's queue; null when it is invoked without one, or when the queues of channels are all that feeds it. */
function ownQueue(site: Site, consumer: Consumer, index: number): Queue | null {
  const { delivery, routes } = consumer;
  if (delivery.type === 'function' || routes.every(({ kind }) => kind === 'sqs')) return null;
  const { fifo, visibilityTimeoutSeconds, maxReceiveCount } = delivery;
  const redrive = { queue: ownDeadLetters(site, consumer), maxReceiveCount };
  const name = consumerQueueName(site.topology.system, consumer);
  const retentionSeconds = limits.retentionSecondsDefault.value;
  return addQueue(site, { name, fifo, visibilityTimeoutSeconds, retentionSeconds, redrive, consumer: index });
}

/** Who reads nothing but one channel's queue uses the dead-letter queue of that. */
function channelDeadLetters({ routes }: Consumer, [source]: readonly QueueSource[]): Queue | null {
  return routes.length === 1 ? (source?.queue.redrive?.queue ?? null) : null;
}

function ownDeadLetters(site: Site, consumer: Consumer): Queue {
  const name = deadLetterQueueName(consumerQueueName(site.topology.system, consumer));
  return addQueue(site, { ...deadLetterSettings, name, fifo: name.endsWith('.fifo') });
}

interface OwnQueues {
  readonly deadLetterQueue: Queue;
  readonly queue: Queue | undefined;
}

/** Exactly what the wiring of the function sets: where it may publish to, its queues, and what its service stores. */
function environmentOf(
  site: Site,
  consumer: Consumer,
  { deadLetterQueue, queue }: OwnQueues,
): Readonly<Record<string, string>> {
  const targets = new Set(consumer.emits.map(({ destination }) => destination));
  const destinations = site.topology.destinations.filter(({ key }) => targets.has(key));
  return {
    ...environmentFor(site.location, destinations),
    ...storeEnvironment(site.topology, consumer.service),
    ...callsEnvironment(site.topology, consumer.service),
    [deadLetterQueueVariable]: deadLetterQueue.url,
    ...(queue === undefined ? {} : { [queueVariable]: queue.url }),
  };
}

/** The environment variables that tell a service where the functions are that it may call directly. */
export function callsEnvironment(topology: Topology, service: string): Readonly<Record<string, string>> {
  const calls = topology.services.find(({ name }) => name === service)?.calls ?? [];
  return Object.fromEntries(
    calls.flatMap(({ consumer: key, environmentVariable }) => {
      const consumer = topology.consumers.find((one) => one.key === key);
      return consumer === undefined ? [] : [[environmentVariable, functionName(topology.system, consumer)]];
    }),
  );
}

/** The environment variables of these destinations. */
export function environmentFor(location: Location, destinations: readonly Destination[]): Record<string, string> {
  return Object.fromEntries(
    destinations.map((destination) => [destination.environmentVariable, environmentValue(location, destination)]),
  );
}
