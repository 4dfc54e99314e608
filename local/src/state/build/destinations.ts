import { compileRuleSet, type Destination, type Route, type Topology } from '@eventloom/engine';
import { arn, deadLetterQueueName } from '../names.ts';
import { addQueue, deadLetterSettings } from './queues.ts';
import type { Site } from './site.ts';

/** Makes the bus, the topic or the queue of a destination. */
export function addDestination(site: Site, destination: Destination): void {
  const { key, name } = destination;
  switch (destination.kind) {
    case 'bus':
      site.buses.set(name, {
        key,
        name,
        arn: arn(site.location, 'events', `event-bus/${name}`),
        rules: compileRuleSet([]),
      });
      return;
    case 'topic': {
      const topicArn = arn(site.location, 'sns', name);
      const { fifo, contentBasedDeduplication } = destination;
      const source = sourceOf(site.topology, key) ?? name;
      const feedDeadLetterQueue =
        destination.fedBy === null
          ? null
          : addQueue(site, { ...deadLetterSettings, name: deadLetterQueueName(`${name}-feed`), fifo: false });
      const state = { feedDeadLetterQueue, subscriptions: [], deduplication: new Map(), sequence: 0 };
      site.topics.set(topicArn, { key, name, arn: topicArn, fifo, contentBasedDeduplication, source, ...state });
      return;
    }
    case 'queue': {
      const owner = site.topology.consumers.findIndex(({ routes }) =>
        routes.some((route) => route.kind === 'sqs' && route.queue === key),
      );
      const deadLetters = addQueue(site, {
        ...deadLetterSettings,
        name: deadLetterQueueName(name),
        fifo: destination.fifo,
      });
      addQueue(site, {
        ...destination,
        source: sourceOf(site.topology, key) ?? name,
        delaySeconds: destination.deliveryDelaySeconds,
        redrive: { queue: deadLetters, maxReceiveCount: destination.maxReceiveCount },
        consumer: owner < 0 ? null : owner,
      });
      return;
    }
    default:
      destination satisfies never;
  }
}

/** The channel's address of what is sent to a destination, which nothing on the wire tells. */
function sourceOf(topology: Topology, destination: string): string | undefined {
  const { services } = topology;
  const consumers = [...topology.consumers, ...(topology.subscribers ?? [])];
  const published = [...services.flatMap(({ publishes }) => publishes), ...consumers.flatMap(({ emits }) => emits)];
  const address = published.find((candidate) => candidate.destination === destination);
  if (address !== undefined) return address.source;
  const routes: readonly Route[] = consumers.flatMap((consumer) => consumer.routes);
  const route = routes.find(
    (candidate) =>
      (candidate.kind === 'sns' && candidate.topic === destination) ||
      (candidate.kind === 'sqs' && candidate.queue === destination),
  );
  return route?.events[0]?.source;
}
