import {
  type Consumer,
  type Ingress,
  type QueueDestination,
  type Subscriber,
  splitService,
  type Topology,
} from '@eventloom/engine';

/**
 * What keeps the queues of a system apart on AWS: by the key of the consumer or subscriber, of the destination, or
 * `ingress:` and the operation, a text for each of its queues, which changes when CloudFormation would make another queue: stack and construct ids, and `.fifo`,
 * which no queue becomes.
 */
export type QueueIdentities = Readonly<Record<string, readonly string[]>>;

/** Returns the identities of all queues that hold messages of the system, dead-letter queues among them; sorted by key. */
export function queueIdentities(topology: Topology): QueueIdentities {
  const { system, destinations, consumers, subscribers = [], ingresses = [] } = topology;
  const parts = topology.services.flatMap((service) => splitService(topology, service));
  const stacks = new Map(
    parts.flatMap(({ name, consumers, subscribers }) =>
      [...consumers, ...subscribers].map(({ key }) => [key, `${system}-${name}`] as const),
    ),
  );
  const stackOf = ({ key, service }: Pick<Consumer, 'key' | 'service'>) => stacks.get(key) ?? `${system}-${service}`;
  const entries = [
    ...destinations.flatMap((one) => (one.kind === 'queue' ? [[one.key, ofDestination(system, one)] as const] : [])),
    ...consumers.flatMap((one) => ofConsumer(stackOf(one), one)),
    ...subscribers.map((one) => [one.key, inStack(stackOf(one), one, ofSubscriber(one))] as const),
    ...ingresses.flatMap((one) => ofIngress(`${system}-${one.service}`, one)),
  ];
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A point-to-point queue has a name; with another it is another queue. Its dead-letter queue is called after it. */
function ofDestination(system: string, { constructId, name }: QueueDestination): readonly string[] {
  return [`${system}/${constructId}/${name}`];
}

/** Who reads only the queues of channels has none of its own, but may have a dead-letter queue of its own. */
function ofConsumer(stack: string, consumer: Consumer): readonly (readonly [string, readonly string[]])[] {
  const { key, routes, delivery } = consumer;
  const onlyChannels = routes.every(({ kind }) => kind === 'sqs');
  if (onlyChannels && routes.length === 1) return [];
  const isFifo = delivery.type === 'queue' && delivery.fifo;
  return [[key, inStack(stack, consumer, { hasQueue: delivery.type === 'queue' && !onlyChannels, isFifo })]];
}

function ofSubscriber({ delivery }: Subscriber): QueuesOfOne {
  return delivery.type === 'none'
    ? { hasQueue: delivery.arn === null, isFifo: delivery.fifo }
    : { hasQueue: false, isFifo: false };
}

/** An API keeps nothing. A queue that exists already is the business of its owner, its dead-letter queue too. */
function ofIngress(stack: string, ingress: Ingress): readonly (readonly [string, readonly string[]])[] {
  if (ingress.kind === 'http' || (ingress.kind === 'queue' && ingress.arn !== null)) return [];
  const queues = { hasQueue: ingress.kind === 'queue', isFifo: false };
  return [[`ingress:${ingress.operation}`, inStack(stack, ingress, queues)]];
}

interface QueuesOfOne {
  readonly hasQueue: boolean;
  readonly isFifo: boolean;
}

function inStack(
  stack: string,
  { constructId }: Pick<Consumer, 'constructId'>,
  { hasQueue, isFifo }: QueuesOfOne,
): readonly string[] {
  const queues = hasQueue ? ['Queue', 'DeadLetterQueue'] : ['DeadLetterQueue'];
  return queues.map((queue) => `${stack}/${constructId}/${queue}${isFifo ? '.fifo' : ''}`);
}
