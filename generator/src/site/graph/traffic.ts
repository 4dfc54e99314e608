import type { Ingress, Route } from '@eventloom/engine';
import type { EventReference, EventType, ReceiverModel, ServiceModel } from '../../model/event-model.ts';
import { addressKey, byAddress, byCodeUnit, sortBy } from '../../model/order.ts';
import type { SiteContext } from '../site-context.ts';
import { type FilterWords, filterWords } from './filter-words.ts';
import { type ReceiverTarget, receiverTarget } from './receiver-target.ts';

/** Who sends and who receives what, as drawings need it. */
export interface Traffic {
  /** Sorted by (source, name). */
  readonly events: readonly EventType[];
  /** By the key of an event; each service once, sorted. */
  readonly senders: ReadonlyMap<string, readonly Sender[]>;
  /** By the key of an event; sorted by key. */
  readonly receivers: ReadonlyMap<string, readonly Receiver[]>;
  /** By a service, the events that it sends; sorted by (source, name). */
  readonly sent: ReadonlyMap<string, readonly EventType[]>;
  /** By a service, the events that it receives; sorted by (source, name). */
  readonly received: ReadonlyMap<string, readonly EventType[]>;
  /** Names that several events have. */
  readonly sharedNames: ReadonlySet<string>;
}

/** A service that sends an event. */
export interface Sender {
  readonly service: string;
  /** `POST /orders`; null unless AWS itself publishes for it. */
  readonly ingress: string | null;
}

/** A consumer, as far as one event goes. */
export interface Receiver {
  /** `<service>/<consumer>`. */
  readonly key: string;
  readonly service: string;
  readonly consumer: string;
  /** The first of its operations that select the event. */
  readonly operation: string;
  /** The route of that operation. */
  readonly route: Route;
  readonly target: ReceiverTarget;
  /** Null takes every event. */
  readonly filter: FilterWords | null;
  readonly emits: readonly EventReference[];
}

/** Follows every event from its senders to its receivers. */
export function trafficOf(context: SiteContext): Traffic {
  const known = memory.get(context);
  if (known !== undefined) return known;
  const { catalog, system } = context.model;
  const events = [...catalog.events].sort(byAddress);
  const [senders, receivers] = [sendersOf(system.services), receiversOf(system.services)];
  const traffic = {
    events,
    senders,
    receivers,
    sent: byService(events, senders),
    received: byService(events, receivers),
    sharedNames: repeated(catalog.events.map(({ name }) => name)),
  };
  memory.set(context, traffic);
  return traffic;
}

/** Spares hundreds of drawings of one site following the same events again. */
const memory = new WeakMap<SiteContext, Traffic>();

function byService(
  events: readonly EventType[],
  ends: ReadonlyMap<string, readonly { readonly service: string }[]>,
): Traffic['sent'] {
  const found = new Map<string, EventType[]>();
  for (const event of events) {
    for (const service of new Set((ends.get(addressKey(event)) ?? []).map((end) => end.service))) {
      const own = found.get(service);
      if (own === undefined) found.set(service, [event]);
      else own.push(event);
    }
  }
  return found;
}

function sendersOf(services: readonly ServiceModel[]): Traffic['senders'] {
  const found = new Map<string, Map<string, Sender>>();
  const add = (event: EventReference, service: string, ingress: string | null): void => {
    const key = addressKey(event);
    const senders = found.get(key) ?? new Map<string, Sender>();
    found.set(key, senders);
    senders.set(service, { service, ingress: senders.get(service)?.ingress ?? ingress });
  };
  for (const { wiring, producers, consumers, subscribers, ingresses } of services) {
    for (const { events } of producers) for (const event of events) add(event, wiring.name, null);
    for (const receiver of [...consumers, ...subscribers]) {
      for (const event of receiver.wiring.emits) add(event, wiring.name, null);
    }
    for (const ingress of ingresses) add(ingress.wiring.event, wiring.name, ingressWords(ingress.wiring));
  }
  return new Map([...found].map(([key, senders]) => [key, sortBy(senders.values(), ({ service }) => service)]));
}

function ingressWords(ingress: Ingress): string {
  switch (ingress.kind) {
    case 'http':
      return `${ingress.method} ${ingress.path}`;
    case 'schedule':
      return ingress.expression;
    case 'queue':
      return 'messages of a queue';
    case 'table':
      return 'items of a table';
    default:
      return ingress satisfies never;
  }
}

function receiversOf(services: readonly ServiceModel[]): Traffic['receivers'] {
  const found = new Map<string, Receiver[]>();
  for (const { consumers, subscribers } of services) {
    for (const receiver of [...consumers, ...subscribers]) {
      for (const [key, one] of receivedBy(receiver)) {
        const receivers = found.get(key) ?? [];
        found.set(key, receivers);
        receivers.push(one);
      }
    }
  }
  return new Map([...found].map(([key, receivers]) => [key, sortBy(receivers, (one) => one.key)]));
}

function receivedBy(receiver: ReceiverModel): ReadonlyMap<string, Receiver> {
  const { key, service, consumer, routes, emits } = receiver.wiring;
  const received = new Map<string, Receiver>();
  for (const route of [...routes].sort((a, b) => byCodeUnit(a.operation, b.operation))) {
    const filter = filterOf(receiver, route);
    for (const event of route.events) {
      const known = received.get(addressKey(event));
      received.set(
        addressKey(event),
        known === undefined
          ? {
              key,
              service,
              consumer,
              operation: route.operation,
              route,
              target: receiverTarget(receiver.wiring),
              filter,
              emits,
            }
          : { ...known, filter: either(known.filter, filter) },
      );
    }
  }
  return received;
}

function filterOf({ operations }: ReceiverModel, { operation }: Route): FilterWords | null {
  const filter = operations.find((one) => one.operation === operation)?.filter ?? null;
  return filter === null ? null : filterWords(filter);
}

function either(one: FilterWords | null, other: FilterWords | null): FilterWords | null {
  if (one === null || other === null) return null;
  return { short: `${one.short} or ${other.short}`, whole: `${one.whole} or ${other.whole}` };
}

function repeated(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.size === seen.add(name).size));
}

/** Services that send an event, sorted. */
export function sendingServices({ senders }: Traffic, event: EventReference): readonly string[] {
  return (senders.get(addressKey(event)) ?? []).map(({ service }) => service);
}

/** Services that receive an event, each once, sorted. */
export function receivingServices({ receivers }: Traffic, event: EventReference): readonly string[] {
  return [...new Set((receivers.get(addressKey(event)) ?? []).map(({ service }) => service))];
}
