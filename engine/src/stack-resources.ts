import { type AlarmKind, planAlarms, type Watchable } from './alarm-plan.ts';
import type { Ingress } from './ingress.ts';
import type { Subscriber } from './subscriber.ts';
import type { Consumer, Destination, Service, SqsRoute, Topology } from './topology.ts';
import { watchablesOf, watchablesOfCore } from './watchable.ts';

/** The CDK's own, in every stack that reports to AWS what it was made with. */
const metadata = 1;

/** A function has a role, the policy of that role and a log group. */
const functionResources = 4;

/** A queue has a policy. */
const queueResources = 2;

/**
 * Returns how many resources the constructs make for a consumer at most, alarms apart, which `alarmResources` counts. It
 * depends on the consumer alone: no environment, setting or neighbour changes it.
 */
export function consumerResources({ routes, delivery }: Pick<Consumer, 'routes' | 'delivery'>): number {
  const channels = routes.filter((route): route is SqsRoute => route.kind === 'sqs').length;
  const others = routes.length - channels;
  const deadLetters = channels === 1 && others === 0 ? 0 : queueResources;
  const rulesAndSubscriptions = others;
  if (delivery.type === 'function') {
    const permissionsAndRetries = others + 1;
    return functionResources + deadLetters + rulesAndSubscriptions + permissionsAndRetries;
  }
  const ownQueue = others === 0 ? 0 : queueResources + 1;
  return functionResources + deadLetters + rulesAndSubscriptions + ownQueue + channels;
}

/** Returns how many resources the constructs make for a subscriber at most, alarms apart. */
export function subscriberResources({ routes, delivery }: Pick<Subscriber, 'routes' | 'delivery'>): number {
  const deadLetters = queueResources;
  // A rule or a subscription, and what lets it deliver: a role with its policy.
  const shared = deadLetters + routes.length + 2;
  switch (delivery.type) {
    case 'workflow':
      return shared + 4;
    case 'stream':
      // Firehose has a role for topics too.
      return shared + (delivery.kind === 'kinesis' ? 1 : 9);
    case 'bus':
      return shared;
    case 'endpoint':
      return shared + 2;
    case 'log':
      return shared + 2;
    case 'email':
      return shared + routes.length * delivery.addresses.length;
    case 'sms':
      return shared + routes.length * delivery.numbers.length;
    case 'http':
      return shared;
    case 'none':
      return shared + queueResources;
    default:
      return delivery satisfies never;
  }
}

/** Returns how many resources the constructs make for the ingresses of a service at most, alarms apart. */
export function ingressResources(ingresses: readonly Ingress[]): number {
  const http = ingresses.filter((ingress) => ingress.kind === 'http');
  // API, deployment, stage, log group, role and policy, validators, responses of the gateway, usage plan and key.
  const api = http.length === 0 ? 0 : 20;
  const methods = http.map(({ path, authorization }) => {
    const segments = path.split('/').filter((segment) => segment !== '').length;
    // An authorizer is shared by those that name the same one; each is counted with its function and permission.
    const authorizer = authorization.kind === 'lambda' || authorization.kind === 'jwt' ? functionResources + 3 : 0;
    // The method, its model, a validator of its own.
    return segments + 3 + authorizer;
  });
  // Pipe or schedule with its role, policy and log group, a dead-letter queue, and a queue or table to read.
  const others = (ingresses.length - http.length) * 10;
  return api + sum(methods) + others;
}

/** Returns how many resources the alarms of these take at most: as if none was switched off. */
export function alarmResources(watchables: readonly Watchable[]): number {
  return planAlarms(watchables.map((watchable) => ({ ...watchable, alarms: allAlarms }))).length;
}

/** Returns how many resources the first stack of a service has at most beside consumers, subscribers and alarms. */
export function sharedResources(service: Service, ingresses: readonly Ingress[]): number {
  const table = 1;
  const outbox = service.outbox === undefined ? 0 : 1 + functionResources + queueResources + 1;
  return table + outbox + ingressResources(ingresses);
}

/** Returns how many resources any stack of a service has at most beside its consumers, subscribers and alarms. */
export const partResources: number = metadata + 1;

/** Returns how many resources the core stack has at most, in any environment. */
export function coreResources(topology: Topology): number {
  const addresses = [topology.infrastructure, ...Object.values(topology.infrastructure?.environments ?? {})];
  const notified = Math.max(0, ...addresses.map((settings) => settings?.notify?.length ?? 0));
  const alarmTopic = queueResources + notified;
  const buses = topology.destinations.filter(({ kind }) => kind === 'bus').length;
  // Key, alias, the parameter with its ARN, and for each bus a queue for what it cannot decrypt.
  const key = topology.infrastructure?.encryption === 'customer' ? 3 + queueResources * buses : 0;
  const bucket = topology.claimBucket === undefined ? 0 : 2;
  const alarms = alarmResources(watchablesOfCore(topology));
  return partResources + alarmTopic + key + bucket + alarms + sum(topology.destinations.map(destinationResources));
}

function destinationResources(destination: Destination): number {
  switch (destination.kind) {
    case 'bus': {
      const { archive, allowAccounts = [], schemaRegistry, logging } = destination;
      const registry = schemaRegistry === undefined ? 0 : 1 + schemaRegistry.length;
      // A log group with its policy, and for each of three levels a delivery with source and destination.
      const logs = logging === undefined ? 0 : 11;
      // A statement for each account and source.
      const statements = allowAccounts.map(({ events }) => new Set(events.map(({ source }) => source)).size);
      return 1 + (archive === null ? 0 : 1) + sum(statements) + registry + logs;
    }
    case 'topic':
      return 2 + (destination.fedBy === null ? 0 : 1 + queueResources);
    case 'queue':
      return 2 * queueResources;
    default:
      return destination satisfies never;
  }
}

/** Returns what there is to be watched of a service, by key. */
export function watchablesByKey(topology: Topology, service: Service): ReadonlyMap<string, Watchable> {
  return new Map(watchablesOf(topology, service).map((watchable) => [watchable.key, watchable]));
}

const allAlarms = {
  deadLetters: 1,
  oldestMessageSeconds: 1,
  errors: 1,
  throttles: 1,
  failedInvocations: 1,
} as const satisfies Record<AlarmKind, number>;

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
