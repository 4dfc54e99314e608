import type { Consumer, Destination, EventAddress, Route, Topology } from '@eventloom/engine';
import { type ConsumerDescription, type Description, type RouteDescription, sorted } from './description.ts';

/** Returns what the templates of a topology must say. */
export function describeTopology(topology: Topology): Description {
  const nameOf = (key: string): string => {
    const found = topology.destinations.find((destination) => destination.key === key);
    if (found === undefined) throw new Error(`there is no ${key}`);
    return found.name;
  };
  return {
    destinations: Object.fromEntries(topology.destinations.map((one) => [one.name, destinationOf(one, nameOf)])),
    consumers: Object.fromEntries(topology.consumers.map((one) => [one.handler, consumerOf(one, topology, nameOf)])),
    subscribers: sorted(
      (topology.subscribers ?? []).flatMap(({ service, delivery, routes }) =>
        routes.map((route) => ({
          stack: `${topology.system}-${service}`,
          type: delivery.type,
          route: routeOf(route, nameOf),
        })),
      ),
    ),
  };
}

type NameOf = (key: string) => string;

function destinationOf(destination: Destination, nameOf: NameOf): unknown {
  switch (destination.kind) {
    case 'bus':
      return { kind: 'bus', archiveDays: destination.archive?.retentionDays ?? null };
    case 'topic': {
      const { fifo, contentBasedDeduplication, fedBy } = destination;
      const feed = fedBy === null ? null : { bus: nameOf(fedBy.bus), eventPattern: fedBy.eventPattern };
      return { kind: 'topic', fifo, contentBasedDeduplication, fedBy: feed };
    }
    case 'queue': {
      const { fifo, contentBasedDeduplication, maxReceiveCount } = destination;
      const { visibilityTimeoutSeconds, deliveryDelaySeconds, retentionSeconds } = destination;
      return {
        ...{ kind: 'queue', fifo, contentBasedDeduplication, maxReceiveCount },
        ...{ visibilityTimeoutSeconds, deliveryDelaySeconds, retentionSeconds },
      };
    }
    default:
      return destination satisfies never;
  }
}

function consumerOf(consumer: Consumer, { system, destinations }: Topology, nameOf: NameOf): ConsumerDescription {
  const kindOf = (key: string) => destinations.find((destination) => destination.key === key)?.kind;
  return {
    stack: `${system}-${consumer.service}`,
    routes: sorted(consumer.routes.map((route) => routeOf(route, nameOf))),
    delivery: deliveryOf(consumer),
    rights: [...ownRights(consumer, nameOf), ...emitRights(consumer.emits, kindOf, nameOf)].sort(),
  };
}

function routeOf(route: Route, nameOf: NameOf): RouteDescription {
  switch (route.kind) {
    case 'eventbridge':
      return { kind: 'eventbridge', bus: nameOf(route.bus), eventPattern: route.eventPattern };
    case 'eventbridge-sns':
    case 'sns': {
      const { filterPolicy, filterPolicyScope } = route;
      return { kind: 'topic', topic: nameOf(route.topic), filterPolicy, filterPolicyScope };
    }
    case 'sqs':
      return { kind: 'sqs', queue: nameOf(route.queue), mappingFilter: route.mappingFilter };
    default:
      return route satisfies never;
  }
}

function deliveryOf({ delivery, routes }: Consumer): Readonly<Record<string, unknown>> {
  const { onInvalid: _, ...said } = delivery;
  if (said.type === 'function') return said;
  const { type, timeoutSeconds, memoryMb, batchSize, batchingWindowSeconds, maxConcurrency } = said;
  const common = { type, timeoutSeconds, memoryMb, batchSize, batchingWindowSeconds, maxConcurrency };
  // Of queues that belong to channels, the destination tells the rest.
  if (routes.every(({ kind }) => kind === 'sqs')) return common;
  const { maxReceiveCount, visibilityTimeoutSeconds, fifo } = said;
  return { ...common, maxReceiveCount, visibilityTimeoutSeconds, fifo };
}

function ownRights({ delivery, routes, idempotency }: Consumer, nameOf: NameOf): readonly string[] {
  const channels = routes.flatMap((route) => (route.kind === 'sqs' ? [nameOf(route.queue)] : []));
  const own = delivery.type === 'queue' && channels.length < routes.length ? ['its own queue'] : [];
  return [
    ...['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => `${action} on its log group`),
    ...['xray:PutTelemetryRecords', 'xray:PutTraceSegments'].map((action) => `${action} on *`),
    'sqs:SendMessage on its dead-letter queue',
    ...(delivery.type === 'queue' ? [...channels, ...own].flatMap((queue) => consumeRights(queue)) : []),
    ...(idempotency === null
      ? []
      : ['Delete', 'Get', 'Put', 'Update'].map((verb) => `dynamodb:${verb}Item on the table of its service`)),
  ];
}

function consumeRights(queue: string): readonly string[] {
  const verbs = ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'];
  return verbs.map((verb) => `sqs:${verb} on ${queue}`);
}

function emitRights(
  emits: readonly EventAddress[],
  kindOf: (key: string) => Destination['kind'] | undefined,
  nameOf: NameOf,
): readonly string[] {
  const rights = emits.map(({ destination, source, name }) => {
    if (kindOf(destination) === 'topic') return `sns:Publish on ${nameOf(destination)}`;
    if (kindOf(destination) === 'queue') return `sqs:SendMessage on ${nameOf(destination)}`;
    return `events:PutEvents on ${nameOf(destination)} as ${name} from ${source}`;
  });
  return [...new Set(rights)];
}
