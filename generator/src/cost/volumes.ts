import type { Topology } from '@eventloom/engine';
import { addressKey, sortBy } from '../model/order.ts';
import type { EventFacts } from './event-facts.ts';
import { type EventGraph, orderOf } from './event-order.ts';
import { type FilterShare, filterShare } from './filter-share.ts';
import { deliveryFilter, handlerFilter, type Receiver, receiversOf } from './receivers.ts';
import { monthlyInvocations } from './schedule-rate.ts';
import { splitSize } from './split-size.ts';

/** What of one event comes to a receiver by one route. */
export interface Flow {
  readonly receiver: Receiver;
  readonly route: Receiver['routes'][number];
  readonly event: EventFacts;
  /** What of the event the route lets through. */
  readonly delivered: FilterShare;
  /** What of the event the handler then handles, 0 to 1: less, where it evaluates the rest of a filter. */
  readonly handledShare: number;
}

/** How many events of a type are published in a month. */
export interface Volume {
  readonly events: number;
  /**
   * - `given`: by the user.
   * - `schedule`: from the expression of a schedule that publishes it.
   * - `emitted`: from what is handled by those that emit it.
   * - `none`: nobody says, so none.
   */
  readonly basis: 'given' | 'schedule' | 'emitted' | 'none';
  /** Those that `send` operations publish, an ingress or an outbox among them; the others are emitted by consumers. */
  readonly sent: number;
}

/** The events of a month, and where they go. */
export interface Volumes {
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly flows: readonly Flow[];
  /** Emissions that are not followed, since they would go round for ever. */
  readonly cut: readonly { readonly receiver: string; readonly event: EventFacts }[];
}

interface Given {
  readonly topology: Topology;
  readonly events: ReadonlyMap<string, EventFacts>;
  readonly published: ReadonlyMap<string, number>;
  readonly shares: ReadonlyMap<string, number>;
}

/** Follows the events of a month through the choreography. */
export function followEvents(given: Given): Volumes {
  const flows = flowsOf(given);
  const byEvent = groupBy(flows, ({ event }) => event.key);
  const starts = new Map([...scheduled(given.topology), ...given.published]);
  const graph: EventGraph = {
    nodes: sortBy(given.events.keys(), (key) => `${starts.has(key) ? 0 : 1}${key}`),
    // What is given does not depend on who emits it.
    next: (key) => emissionsAt(key, byEvent.get(key) ?? []).filter(({ to }) => given.events.has(to) && !starts.has(to)),
  };
  const { order, back } = orderOf(graph);
  const emitted = new Map<string, number>();
  const amountOf = (key: string): number => starts.get(key) ?? emitted.get(key) ?? 0;
  for (const key of order) {
    for (const flow of byEvent.get(key) ?? []) {
      const made = amountOf(key) * flow.handledShare * partsOf(flow, flows);
      for (const to of emitsOf(flow.receiver)) {
        if (back.has(edgeId(key, flow.receiver.key, to))) continue;
        emitted.set(to, (emitted.get(to) ?? 0) + made);
      }
    }
  }
  const volumes = new Map([...given.events.keys()].map((key) => [key, volumeOf(key, given, starts, emitted)]));
  return { volumes, flows, cut: cutEdges(back, flows, given.events) };
}

function volumeOf(
  key: string,
  { published }: Given,
  starts: ReadonlyMap<string, number>,
  emitted: ReadonlyMap<string, number>,
): Volume {
  const byConsumers = emitted.get(key) ?? 0;
  const started = starts.get(key);
  if (started !== undefined) {
    const basis = published.has(key) ? 'given' : 'schedule';
    return { events: started, basis, sent: Math.max(0, started - byConsumers) };
  }
  return { events: byConsumers, basis: emitted.has(key) ? 'emitted' : 'none', sent: 0 };
}

function flowsOf({ topology, events, shares }: Given): readonly Flow[] {
  return receiversOf(topology).flatMap((receiver) =>
    receiver.routes.flatMap((route) =>
      route.events.flatMap((address): Flow[] => {
        const event = events.get(addressKey(address));
        if (event === undefined) return [];
        const share = shares.get(receiver.key);
        if (share !== undefined) {
          return [{ receiver, route, event, delivered: { share, basis: 'given' }, handledShare: share }];
        }
        const delivered = filterShare(deliveryFilter(route), event.space);
        const rest = handlerFilter(route);
        const handledShare =
          rest === null ? delivered.share : Math.min(delivered.share, filterShare(rest, event.space).share);
        return [{ receiver, route, event, delivered, handledShare }];
      }),
    ),
  );
}

/** What schedules publish, by event. */
function scheduled({ ingresses = [] }: Topology): ReadonlyMap<string, number> {
  const amounts = new Map<string, number>();
  for (const ingress of ingresses) {
    const amount = ingress.kind === 'schedule' ? monthlyInvocations(ingress.expression) : null;
    if (amount === null) continue;
    const key = addressKey(ingress.event);
    amounts.set(key, (amounts.get(key) ?? 0) + amount);
  }
  return amounts;
}

/** Events that one handled event makes of each type emitted. */
function partsOf({ receiver, event }: Flow, flows: readonly Flow[]): number {
  if (!('handler' in receiver)) return 1;
  const { split, gather } = receiver;
  const made = split === undefined ? 1 : splitSize(event, split);
  return gather === undefined ? made : made / gatheredParts(event, flows);
}

/** How many events a gathering consumer waits for: as many as whoever splits makes of one. */
function gatheredParts(part: EventFacts, flows: readonly Flow[]): number {
  const splitter = flows.find(
    ({ receiver }) => 'split' in receiver && receiver.split !== undefined && emitsOf(receiver).includes(part.key),
  );
  if (splitter === undefined || !('split' in splitter.receiver)) return 1;
  return Math.max(1, splitSize(splitter.event, splitter.receiver.split ?? ''));
}

function emitsOf({ emits }: Receiver): readonly string[] {
  return emits.map(addressKey);
}

function emissionsAt(key: string, flows: readonly Flow[]): readonly { readonly id: string; readonly to: string }[] {
  return flows.flatMap(({ receiver }) => emitsOf(receiver).map((to) => ({ id: edgeId(key, receiver.key, to), to })));
}

function edgeId(from: string, receiver: string, to: string): string {
  return JSON.stringify([from, receiver, to]);
}

function cutEdges(
  back: ReadonlySet<string>,
  flows: readonly Flow[],
  events: ReadonlyMap<string, EventFacts>,
): Volumes['cut'] {
  const edges = flows.flatMap(({ receiver, event: { key } }) =>
    emitsOf(receiver).flatMap((to) => {
      const event = events.get(to);
      return event !== undefined && back.has(edgeId(key, receiver.key, to)) ? [{ receiver: receiver.key, event }] : [];
    }),
  );
  return [...new Map(edges.map((edge) => [JSON.stringify([edge.receiver, edge.event.key]), edge])).values()];
}

/** Puts things together that have one key, in their order. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item)) ?? [];
    group.push(item);
    groups.set(keyOf(item), group);
  }
  return groups;
}
