import type { Watchable } from './alarm-plan.ts';
import { ofService } from './by-service.ts';
import type { Ingress } from './ingress.ts';
import { alarmsOf, type ResolvedSettings, settingsOf } from './settings.ts';
import type { Subscriber } from './subscriber.ts';
import type { Consumer, Destination, Service, SqsRoute, Topology } from './topology.ts';

/** An event is old by default when it has waited for this long, or for three visibility timeouts of its queue. */
const oldSeconds = 900;

/** Returns the age at which a message of a queue is old by default, in seconds: it has failed twice by then. */
export function oldMessageSeconds(visibilityTimeoutSeconds: number): number {
  return Math.max(oldSeconds, 3 * visibilityTimeoutSeconds);
}

/** Returns what there is to be watched of a service, sorted by key: consumers, subscribers, ingresses, the relay. */
export function watchablesOf(topology: Topology, service: Service, environment?: string): readonly Watchable[] {
  const settings = settingsOf(topology, environment, service.name);
  const watchables = [
    ...ofService(topology.consumers, service.name).map((consumer) => watchableConsumer(topology, consumer, settings)),
    ...ofService(topology.subscribers, service.name).map((subscriber) => watchableSubscriber(subscriber, settings)),
    ...watchableIngresses(service, ofService(topology.ingresses, service.name), settings),
    ...(service.outbox === undefined ? [] : [watchableRelay(service.outbox.key, settings)]),
  ];
  return watchables.sort(byKey);
}

/**
 * Returns what there is to be watched of the core stack, sorted by key: topics that a bus feeds, buses with a key of
 * your own, which put aside what they cannot decrypt, and queues that no consumer of ours reads; the others are watched by
 * their consumer.
 */
export function watchablesOfCore(topology: Topology, environment?: string): readonly Watchable[] {
  const { alarms, encryption } = settingsOf(topology, environment);
  const isEncrypted = encryption === 'customer';
  const read = new Set(topology.consumers.flatMap(({ routes }) => routes.filter(isSqsRoute).map(({ queue }) => queue)));
  const watchables = topology.destinations.flatMap((destination): readonly Watchable[] => {
    const { key } = destination;
    if (destination.kind === 'bus')
      return isEncrypted ? [{ ...nothing, key, name: `${destination.name}-bus`, alarms, deadLetters: 1 }] : [];
    if (destination.kind === 'topic') {
      if (destination.fedBy === null) return [];
      return [{ ...nothing, key, name: `${destination.name}-topic`, alarms, deadLetters: 1, rules: [key] }];
    }
    if (read.has(key)) return [];
    const waiting = [oldMessageSeconds(destination.visibilityTimeoutSeconds)];
    return [{ ...nothing, key, name: `${destination.name}-queue`, alarms, deadLetters: 1, waiting }];
  });
  return watchables.sort(byKey);
}

/** Returns what there is to be watched of a consumer. */
export function watchableConsumer(
  { destinations }: Pick<Topology, 'destinations'>,
  consumer: Consumer,
  settings: Pick<ResolvedSettings, 'alarms'>,
): Watchable {
  const { key, routes, delivery, alarms } = consumer;
  const channels = routes.filter(isSqsRoute).sort((a, b) => (a.operation < b.operation ? -1 : 1));
  const own = delivery.type === 'queue' && channels.length < routes.length ? [delivery.visibilityTimeoutSeconds] : [];
  const ofChannels = channels.flatMap(({ queue }) => visibilityOf(destinations, queue));
  return {
    key,
    name: nameOf(consumer.consumer, consumer),
    alarms: alarmsOf(settings, alarms),
    deadLetters: channels.length === 1 && routes.length === 1 ? 1 : 1 + channels.length,
    waiting: [...own, ...ofChannels].map(oldMessageSeconds),
    // What fails on a queue comes again, so a few errors are no news; where the message goes in the end is watched too.
    failing: [{ name: functionName, bound: delivery.type === 'queue' ? 5 : 1 }],
    throttled: [functionName],
    rules: rulesOf(routes),
  };
}

function visibilityOf(destinations: readonly Destination[], queue: string): readonly number[] {
  const found = destinations.find(({ key }) => key === queue);
  return found?.kind === 'queue' ? [found.visibilityTimeoutSeconds] : [];
}

/** Returns what there is to be watched of the relay of an outbox. Its stream tells how far behind it is. */
export function watchableRelay(key: string, { alarms }: Pick<ResolvedSettings, 'alarms'>): Watchable {
  const failing = [{ name: functionName, bound: 1 }];
  return {
    ...{ key, name: 'outbox-relay', alarms, deadLetters: 1, waiting: [oldSeconds] },
    ...{ failing, throttled: [functionName], rules: [] },
  };
}

/** Returns what there is to be watched of a subscriber. */
export function watchableSubscriber(subscriber: Subscriber, settings: Pick<ResolvedSettings, 'alarms'>): Watchable {
  const { key, routes, delivery, alarms } = subscriber;
  return {
    ...nothing,
    key,
    name: nameOf(subscriber.consumer, subscriber),
    alarms: alarmsOf(settings, alarms),
    deadLetters: 1,
    waiting: waitingOf(subscriber),
    failing: delivery.type === 'workflow' ? [{ name: 'Executions', bound: 1 }] : [],
    rules: rulesOf(routes),
  };
}

/** A queue that was made for it, and a stream that gathers events before it writes them. */
function waitingOf({ delivery }: Subscriber): readonly number[] {
  if (delivery.type === 'none' && delivery.arn === null) return [oldMessageSeconds(delivery.visibilityTimeoutSeconds)];
  if (delivery.type === 'stream' && delivery.kind === 'firehose') return [oldMessageSeconds(delivery.bufferSeconds)];
  return [];
}

/** By operation, so that the order of a topology shows nowhere. */
function sorted(ingresses: readonly Ingress[]): readonly Ingress[] {
  return [...ingresses].sort(({ operation: left }, { operation: right }) => (left < right ? -1 : left > right ? 1 : 0));
}

/** Returns what there is to be watched of the ingresses of a service; all its methods of HTTP are one API. */
export function watchableIngresses(
  { name }: Pick<Service, 'name'>,
  ingresses: readonly Ingress[],
  { alarms }: Pick<ResolvedSettings, 'alarms'>,
): readonly Watchable[] {
  const authorizers = authorizersOf(ingresses);
  // No identifier of a consumer has a dash.
  const api = {
    ...{ ...nothing, key: `${name}/http-api`, name: 'http-api', alarms, throttled: authorizers },
    failing: ['Api', ...authorizers].map((member) => ({ name: member, bound: 1 })),
  };
  return [
    ...(ingresses.some(({ kind }) => kind === 'http') ? [api] : []),
    ...sorted(ingresses).flatMap((ingress): readonly Watchable[] => {
      const own = { key: `${name}/${ingress.operation}`, name: nameOf(ingress.operation, ingress), alarms };
      switch (ingress.kind) {
        case 'http':
          return [];
        case 'schedule':
          return [{ ...nothing, ...own, deadLetters: 1 }];
        case 'queue': {
          // A queue of somebody else has a dead-letter queue of theirs.
          const made = ingress.arn === null ? { deadLetters: 1, waiting: [oldSeconds] } : {};
          return [{ ...nothing, ...own, ...made, failing: [{ name: 'Pipe', bound: 1 }] }];
        }
        case 'table':
          return [{ ...nothing, ...own, deadLetters: 1, failing: [{ name: 'Pipe', bound: 1 }] }];
        default:
          return ingress satisfies never;
      }
    }),
  ];
}

/** The modules of the functions that decide who may call. */
function authorizersOf(ingresses: readonly Ingress[]): readonly string[] {
  const modules = ingresses.flatMap((ingress) =>
    ingress.kind === 'http' && 'handler' in ingress.authorization ? [ingress.authorization.handler] : [],
  );
  return [...new Set(modules)].sort();
}

const functionName = 'Function';

const nothing = { deadLetters: 0, waiting: [], failing: [], throttled: [], rules: [] } as const;

/** An identifier as it is; of any other text the construct id, which is as unique in the service. */
function nameOf(identifier: string, { constructId }: { readonly constructId: string }): string {
  return /^\w+$/.test(identifier) ? identifier : constructId;
}

function rulesOf(routes: Consumer['routes'] | Subscriber['routes']): readonly string[] {
  return routes
    .filter(({ kind }) => kind === 'eventbridge')
    .map(({ operation }) => operation)
    .sort();
}

function isSqsRoute(route: Consumer['routes'][number]): route is SqsRoute {
  return route.kind === 'sqs';
}

function byKey(a: Watchable, b: Watchable): number {
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}
