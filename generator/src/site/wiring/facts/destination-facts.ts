import {
  type BusDestination,
  type Destination,
  limits,
  type QueueDestination,
  type TopicDestination,
} from '@eventloom/engine';
import { count } from '../../count.ts';
import type { SiteContext } from '../../site-context.ts';
import type { Fact, Words } from '../../site-model.ts';
import { archiveWords } from '../event-facts.ts';
import { bytes, code, duration, together } from '../words.ts';
import { deadLetterQueueName } from './handler-facts.ts';

/** What a bus, topic or queue is set to. An environment stands in front of its name. */
export function destinationFacts(context: SiteContext, destination: Destination): readonly Fact[] {
  return [
    ...ownFacts(context, destination),
    { label: 'Environment variable', value: code(destination.environmentVariable) },
    { label: 'Stack', value: code(context.topology.system) },
  ];
}

function ownFacts(context: SiteContext, destination: Destination): readonly Fact[] {
  switch (destination.kind) {
    case 'bus':
      return busFacts(destination);
    case 'topic':
      return topicFacts(context, destination);
    case 'queue':
      return queueFacts(destination);
    default:
      return destination satisfies never;
  }
}

function busFacts({
  archive,
  allowAccounts = [],
  schemaRegistry = [],
  logging,
  name,
}: BusDestination): readonly Fact[] {
  return [
    { label: 'Archive', value: archive === null ? 'none' : archiveWords(archive.retentionDays) },
    ...(schemaRegistry.length === 0
      ? []
      : [{ label: 'Schema registry', value: `${code(name)}, with ${count(schemaRegistry.length, 'schema')}` }]),
    ...(logging === undefined
      ? []
      : [{ label: 'Logs', value: `level ${logging.level}, ${logging.detail ? 'with' : 'without'} payloads` }]),
    ...allowAccounts.map(({ account, events }) => ({
      label: 'May publish',
      value: `account ${code(account)}: ${together([...new Set(events.map((event) => event.name))].sort().map(code))}`,
    })),
  ];
}

function topicFacts({ paths }: SiteContext, topic: TopicDestination): readonly Fact[] {
  const { fedBy } = topic;
  return [
    ...orderFacts(topic),
    ...(fedBy === null
      ? []
      : [{ label: 'Fed by', value: 'one rule for the channel, on this bus', link: paths.destination(fedBy.bus) }]),
    { label: 'Largest message', value: bytes(limits.topicMessageBytesDefault.value) },
  ];
}

function queueFacts(queue: QueueDestination): readonly Fact[] {
  const { deliveryDelaySeconds, retentionSeconds, fairness } = queue;
  return [
    ...orderFacts(queue),
    { label: 'Dead-letter queue', value: code(deadLetterQueueName(queue.name)) },
    { label: 'Receives', value: `${queue.maxReceiveCount} at most, then the dead-letter queue` },
    { label: 'Visibility time-out', value: duration(queue.visibilityTimeoutSeconds) },
    { label: 'Kept for', value: duration(retentionSeconds) },
    ...(deliveryDelaySeconds === 0 ? [] : [{ label: 'Delivery delay', value: duration(deliveryDelaySeconds) }]),
    ...(fairness === undefined ? [] : [{ label: 'Fairness', value: `shared evenly by ${code(fairness.key)}` }]),
  ];
}

function orderFacts({
  fifo,
  ordering,
  contentBasedDeduplication,
}: TopicDestination | QueueDestination): readonly Fact[] {
  if (!fifo) return [{ label: 'Order', value: 'none' }];
  const group: Words = ordering === null ? 'the caller names the group' : `by ${code(ordering.key)}`;
  const by = contentBasedDeduplication ? 'id that the publisher gives, else by content' : 'id that the publisher gives';
  return [
    { label: 'Order', value: `FIFO, ${group}` },
    { label: 'Duplicates', value: `dropped by the ${by}` },
  ];
}
