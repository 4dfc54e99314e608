import type { Consumer, QueueDestination, Subscriber, Topology } from '@eventloom/engine';

/**
 * What keeps the queues of a system apart on AWS: by the key of the consumer, the subscriber or the destination a text for
 * each of its queues, which changes when CloudFormation would make another queue: stack and construct ids, and `.fifo`,
 * which no queue becomes.
 */
export type QueueIdentities = Readonly<Record<string, readonly string[]>>;

/** Returns the identities of all queues that hold messages of the system, dead-letter queues among them; sorted by key. */
export function queueIdentities(topology: Topology): QueueIdentities {
  const { system, destinations, consumers, subscribers = [] } = topology;
  const entries = [
    ...destinations.flatMap((one) => (one.kind === 'queue' ? [[one.key, ofDestination(system, one)] as const] : [])),
    ...consumers.flatMap((one) => ofConsumer(system, one)),
    ...subscribers.map((one) => [one.key, inStack(system, one, ofSubscriber(one))] as const),
  ];
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A point-to-point queue has a name; with another it is another queue. Its dead-letter queue is called after it. */
function ofDestination(system: string, { constructId, name }: QueueDestination): readonly string[] {
  return [`${system}/${constructId}/${name}`];
}

/** Who reads only the queues of channels has none of its own, but may have a dead-letter queue of its own. */
function ofConsumer(system: string, consumer: Consumer): readonly (readonly [string, readonly string[]])[] {
  const { key, routes, delivery } = consumer;
  const onlyChannels = routes.every(({ kind }) => kind === 'sqs');
  if (onlyChannels && routes.length === 1) return [];
  const isFifo = delivery.type === 'queue' && delivery.fifo;
  return [[key, inStack(system, consumer, { hasQueue: delivery.type === 'queue' && !onlyChannels, isFifo })]];
}

function ofSubscriber({ delivery }: Subscriber): QueuesOfOne {
  return delivery.type === 'none'
    ? { hasQueue: delivery.arn === null, isFifo: delivery.fifo }
    : { hasQueue: false, isFifo: false };
}

interface QueuesOfOne {
  readonly hasQueue: boolean;
  readonly isFifo: boolean;
}

function inStack(
  system: string,
  { service, constructId }: Pick<Consumer, 'service' | 'constructId'>,
  { hasQueue, isFifo }: QueuesOfOne,
): readonly string[] {
  const queues = hasQueue ? ['Queue', 'DeadLetterQueue'] : ['DeadLetterQueue'];
  return queues.map((queue) => `${system}-${service}/${constructId}/${queue}${isFifo ? '.fifo' : ''}`);
}
