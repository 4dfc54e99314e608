import {
  type Consumer,
  type EventAddress,
  type Ingress,
  type Subscriber,
  settingsOf,
  type Topology,
} from '@eventloom/engine';
import type { ServiceModel } from '../../../model/event-model.ts';
import { sortBy } from '../../../model/order.ts';
import type { SiteContext } from '../../site-context.ts';
import type { PermissionEntry, Words } from '../../site-model.ts';
import { hasOwnQueue } from '../facts/handler-facts.ts';
import { code, together } from '../words.ts';
import { memoryTableName, outboxTableName, remembers } from './tables.ts';

/** What each role of a service may do, and no more. Those of consumers first. */
export function permissionEntries(
  { topology }: Pick<SiteContext, 'topology'>,
  service: ServiceModel,
): readonly PermissionEntry[] {
  const { wiring, consumers, subscribers, ingresses } = service;
  return [
    ...consumers.flatMap((consumer) => ofConsumer(topology, consumer.wiring, service)),
    ...subscribers.flatMap((subscriber) => ofSubscriber(topology, subscriber.wiring)),
    ...ofIngresses(
      topology,
      wiring.name,
      ingresses.map((ingress) => ingress.wiring),
    ),
    ...ofRelay(topology, service),
    ...ofPublisher(topology, service),
  ];
}

function rights(who: Words, may: readonly Words[]): readonly PermissionEntry[] {
  return may.map((right) => ({ who, may: right }));
}

function ofConsumer(topology: Topology, consumer: Consumer, { wiring }: ServiceModel): readonly PermissionEntry[] {
  return rights(`function of ${code(consumer.key)}`, [
    ...logRights(topology, consumer.service),
    ...queuesRead(topology, consumer),
    'send to its dead-letter queue',
    ...publishRights(topology, consumer.emits),
    ...(remembers(consumer) ? [memoryRight(topology, consumer)] : []),
    ...(consumer.claims === true ? ['read the payloads of the events that it receives from the claim bucket'] : []),
    ...callRights(wiring.calls ?? []),
  ]);
}

function logRights(topology: Topology, service: string): readonly Words[] {
  const { tracing } = settingsOf(topology, undefined, service);
  return tracing ? ['write its log', 'report to X-Ray'] : ['write its log'];
}

function queuesRead(topology: Topology, consumer: Consumer): readonly Words[] {
  const channels = consumer.routes.flatMap((route) =>
    route.kind === 'sqs' ? [`queue ${code(nameOf(topology, route.queue))}`] : [],
  );
  const queues = [...(hasOwnQueue(consumer) ? ['its queue'] : []), ...channels];
  return queues.length === 0 ? [] : [`receive, hide and delete messages of ${together(queues)}`];
}

function memoryRight({ system }: Topology, { service, idempotency, gather }: Consumer): Words {
  const actions = [
    'read',
    'put',
    ...(idempotency === null && gather === undefined ? [] : ['update']),
    ...(idempotency === null ? [] : ['delete']),
  ];
  return `${together(actions)} items of table ${code(memoryTableName(system, service))}`;
}

function callRights(calls: readonly { readonly consumer: string }[]): readonly Words[] {
  return calls.length === 0
    ? []
    : [`call the functions of ${together(calls.map(({ consumer }) => code(consumer)).sort())}`];
}

/** One for each destination, and what keeps large payloads. */
function publishRights(topology: Topology, addresses: readonly EventAddress[]): readonly Words[] {
  const keys = [...new Set(addresses.map(({ destination }) => destination))].sort();
  const claimed = addresses.filter(({ claimCheck }) => claimCheck !== undefined);
  return [
    ...keys.flatMap((key) =>
      publishRight(
        topology,
        key,
        addresses.filter(({ destination }) => destination === key),
      ),
    ),
    ...(claimed.length === 0 ? [] : [`write payloads of ${namesOf(claimed)} to the claim bucket`]),
  ];
}

/** A right to a bus is bound to source and names; a topic and a queue know no such condition. */
function publishRight(topology: Topology, key: string, addresses: readonly EventAddress[]): readonly Words[] {
  const destination = topology.destinations.find((one) => one.key === key);
  if (destination?.kind !== 'bus')
    return [`publish ${namesOf(addresses)} to ${destination?.kind ?? 'destination'} ${code(destination?.name ?? key)}`];
  const sources = [...new Set(addresses.map(({ source }) => source))].sort();
  return sources.map((source) => {
    const own = addresses.filter((address) => address.source === source);
    return `publish ${namesOf(own)} of source ${code(source)} to bus ${code(destination.name)}`;
  });
}

function namesOf(addresses: readonly EventAddress[]): Words {
  return together([...new Set(addresses.map(({ name }) => name))].sort().map(code));
}

function nameOf({ destinations }: Topology, key: string): string {
  return destinations.find((one) => one.key === key)?.name ?? key;
}

function ofSubscriber(topology: Topology, { key, delivery, emits, routes }: Subscriber): readonly PermissionEntry[] {
  const byRule = routes.some(({ kind }) => kind === 'eventbridge');
  const byTopic = routes.some(({ kind }) => kind !== 'eventbridge');
  const rules = `rules of ${code(key)}`;
  switch (delivery.type) {
    case 'workflow':
      return [
        ...rights(rules, ['start executions of its state machine']),
        ...(delivery.definition === null ? [] : rights(`workflow of ${code(key)}`, publishRights(topology, emits))),
      ];
    case 'stream':
      if (delivery.kind === 'kinesis') return rights(rules, ['write to its stream']);
      return [
        ...(byRule ? rights(rules, ['write to its stream']) : []),
        ...(byTopic ? rights(`subscriptions of ${code(key)}`, ['write to its stream']) : []),
        ...rights(`stream of ${code(key)}`, ['write objects to its bucket', 'write its log']),
      ];
    case 'bus':
      return rights(rules, [`put events on bus ${code(delivery.busName)}`]);
    case 'endpoint':
      return rights(rules, ['call its endpoint']);
    case 'log':
      return rights(rules, ['write to its log group']);
    case 'email':
    case 'sms':
    case 'http':
    case 'none':
      return [];
    default:
      return delivery satisfies never;
  }
}

function ofIngresses(topology: Topology, service: string, ingresses: readonly Ingress[]): readonly PermissionEntry[] {
  const api = ingresses.filter(({ kind }) => kind === 'http').map(({ event }) => event);
  return [
    ...rights(`API of ${code(service)}`, publishRights(topology, api)),
    ...sortBy(ingresses, ({ operation }) => operation).flatMap((ingress) => ofIngress(topology, ingress)),
  ];
}

function ofIngress(topology: Topology, ingress: Ingress): readonly PermissionEntry[] {
  const publish = publishRights(topology, [ingress.event]);
  const own = code(ingress.operation);
  switch (ingress.kind) {
    case 'http':
      return [];
    case 'schedule':
      return rights(`schedule ${own}`, [...publish, 'send to its dead-letter queue']);
    case 'queue':
      return rights(`pipe ${own}`, [...publish, 'receive and delete messages of its queue']);
    case 'table':
      return rights(`pipe ${own}`, [...publish, 'read the stream of its table', 'send to its dead-letter queue']);
    default:
      return ingress satisfies never;
  }
}

function ofRelay(topology: Topology, { wiring }: ServiceModel): readonly PermissionEntry[] {
  const { outbox, name } = wiring;
  if (outbox === undefined) return [];
  const table = code(outboxTableName(topology.system, name));
  return rights(`relay ${code(outbox.key)}`, [
    ...logRights(topology, name),
    `read the stream of table ${table}`,
    `update and delete items of table ${table}`,
    ...publishRights(topology, outbox.publishes),
    'send to its dead-letter queue',
  ]);
}

/** What `grantPublish` and `grantCalls` of the constructs give. */
function ofPublisher(topology: Topology, { wiring, producers }: ServiceModel): readonly PermissionEntry[] {
  const who = `whoever publishes for ${code(wiring.name)}`;
  const keys = [...new Set(wiring.publishes.map(({ destination }) => destination))].sort();
  const outbox = code(outboxTableName(topology.system, wiring.name));
  return producers.length === 0 && (wiring.calls ?? []).length === 0
    ? []
    : rights(who, [
        ...publishRights(topology, wiring.publishes),
        ...(keys.length === 0
          ? []
          : [`ask AWS whether its destinations exist: ${together(keys.map((key) => code(nameOf(topology, key))))}`]),
        ...(wiring.outbox === undefined ? [] : [`put items into table ${outbox}`]),
        ...callRights(wiring.calls ?? []),
      ]);
}
