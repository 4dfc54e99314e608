import { type Consumer, type ResolvedSettings, settingsOf, type Topology } from '@eventloom/engine';
import { type CostLine, charge, gigabytes } from './cost-line.ts';
import type { CostOptions } from './cost-options.ts';
import { type Counted, deliveredOf, handledOf, meanBytes, total } from './counted.ts';
import { functionCost } from './function-cost.ts';
import { idleCost, queueCost, receives } from './queue-cost.ts';
import { deliveryFilter, type Receiver, readsBodies } from './receivers.ts';
import { subscriberCost } from './subscriber-cost.ts';

/** What a receiver is billed for. */
export interface ReceiverWork {
  readonly receiver: Receiver;
  readonly counted: readonly Counted[];
  readonly topology: Topology;
  readonly options: CostOptions;
  /** False leaves out what the filter itself costs. */
  readonly isFiltered: boolean;
  /** Bytes of all that is published to the topic of a route, by destination key: what a body filter reads. */
  readonly topicBytes: ReadonlyMap<string, number>;
}

/** The positions of a receiver, from its rules and subscriptions on. */
export function receiverCost(work: ReceiverWork): readonly CostLine[] {
  const { receiver, topology, options } = work;
  const settings = settingsOf(topology, options.environment ?? undefined, receiver.service);
  const lines =
    'handler' in receiver ? consumerCost(receiver, work, settings) : subscriberCost(receiver, work, settings);
  return [...subscriptionCost(work), ...lines];
}

function subscriptionCost({ receiver, counted, topology, isFiltered, topicBytes }: ReceiverWork): readonly CostLine[] {
  const fifo = new Set(topology.destinations.flatMap((one) => (one.kind === 'topic' && one.fifo ? [one.key] : [])));
  const routes: Receiver['routes'] = receiver.routes;
  return routes.flatMap((route) => {
    if (route.kind !== 'sns' && route.kind !== 'eventbridge-sns') return [];
    const delivered = total(counted.filter(({ flow }) => flow.route === route).map((one) => one.delivered));
    // A policy that only selects messages is no filter of the consumer's, and stays when that is taken away.
    const isRead = readsBodies(route) && (isFiltered || deliveryFilter(route) === null);
    const read = isRead ? (topicBytes.get(route.topic) ?? 0) : 0;
    return [
      ...charge('topicFilterBytes', gigabytes(read), 'subscription: bodies read by its filter'),
      ...(fifo.has(route.topic) ? charge('topicFifoDeliveries', delivered, 'subscription: FIFO deliveries') : []),
    ];
  });
}

function consumerCost(consumer: Consumer, work: ReceiverWork, settings: ResolvedSettings): readonly CostLine[] {
  const { counted, options } = work;
  const { delivery } = consumer;
  const lines =
    delivery.type === 'queue'
      ? behindQueues(consumer, work, settings)
      : functionCost(
          { invocations: deliveredOf(counted), events: handledOf(counted), memoryMb: delivery.memoryMb },
          options,
          settings,
        );
  return [...lines, ...memoryCost(consumer, counted), ...claimReads(counted)];
}

/** One queue for all routes from buses and topics, and the own queue of each channel that is one. */
function behindQueues(consumer: Consumer, work: ReceiverWork, settings: ResolvedSettings): readonly CostLine[] {
  const { counted, options, topology } = work;
  const { delivery } = consumer;
  if (delivery.type !== 'queue') return [];
  const batch = options.batch ?? delivery.batchSize;
  const shared = counted.filter(({ flow }) => flow.route.kind !== 'sqs');
  const own = counted.filter(({ flow }) => flow.route.kind === 'sqs');
  const channels = [...new Set(consumer.routes.flatMap((route) => (route.kind === 'sqs' ? [route.queue] : [])))];
  const queues = [
    ...(consumer.routes.some(({ kind }) => kind !== 'sqs')
      ? [
          {
            fifo: delivery.fifo,
            fair: false,
            counted: shared,
            sent: deliveredOf(shared),
            received: deliveredOf(shared),
          },
        ]
      : []),
    ...channels.map((key) => {
      const found = topology.destinations.find((one) => one.key === key);
      const part = own.filter(({ flow }) => flow.route.kind === 'sqs' && flow.route.queue === key);
      const fair = found?.kind === 'queue' && found.fairness !== undefined;
      // Lambda receives everything, and deletes what its filter does not match.
      return { fifo: delivery.fifo, fair, counted: part, sent: 0, received: total(part.map((one) => one.published)) };
    }),
  ];
  const lines = queues.flatMap(({ fifo, fair, counted: part, sent, received }) => {
    const bytes = meanBytes(part);
    return [
      ...queueCost({ fifo, fair, sent, received, bytes, batch }),
      ...idleCost(fifo, receives({ received, bytes, batch })),
    ];
  });
  const invocations = deliveredOf(counted) / batch;
  const events = handledOf(counted);
  return [...lines, ...functionCost({ invocations, events, memoryMb: delivery.memoryMb }, options, settings)];
}

/** What a handler remembers: a lock and its release for each event, and the parts that it gathers. */
function memoryCost({ idempotency, gather }: Consumer, counted: readonly Counted[]): readonly CostLine[] {
  const handled = handledOf(counted);
  return [
    ...(idempotency === null ? [] : charge('tableWrites', handled * 2, 'table: idempotency')),
    ...(gather === undefined ? [] : charge('tableWrites', handled * 2, 'table: parts gathered')),
  ];
}

function claimReads(counted: readonly Counted[]): readonly CostLine[] {
  const claimed = counted.filter(({ flow }) => flow.event.isClaimed);
  return charge('bucketReads', handledOf(claimed), 'payload fetched');
}
