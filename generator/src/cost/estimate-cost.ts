import {
  type Destination,
  type Ingress,
  observabilityOf,
  type Service,
  settingsOf,
  type Topology,
} from '@eventloom/engine';
import type { EventModel } from '../model/event-model.ts';
import { topicKey } from '../model/events.ts';
import { addressKey } from '../model/order.ts';
import { toTopology } from '../model/to-topology.ts';
import { assumptionsOf } from './assumptions.ts';
import { type CostLine, lessUsd, sumUsd } from './cost-line.ts';
import type { CostOptions } from './cost-options.ts';
import { type Counted, deliveredOf, handledOf, total } from './counted.ts';
import { type EventFacts, eventFacts } from './event-facts.ts';
import { freeTierLines } from './free-tier.ts';
import { ingressCost, outboxCost } from './ingress-cost.ts';
import { publishCost } from './publish-cost.ts';
import { receiverCost } from './receiver-cost.ts';
import { type Receiver, receiversOf } from './receivers.ts';
import { monthlyInvocations } from './schedule-rate.ts';
import { keyRequestLines, standingLines } from './standing-cost.ts';
import { type Flow, followEvents, groupBy, type Volume, type Volumes } from './volumes.ts';

/** Whoever is billed: its positions, and their sum. */
interface Billed {
  readonly lines: readonly CostLine[];
  /** US dollars of a month. */
  readonly usd: number;
}

/** What an event costs until somebody receives it. */
export interface EventCost extends Billed, Pick<Volume, 'events' | 'basis'> {
  readonly name: string;
  readonly source: string;
  readonly bytes: number;
  readonly bytesBasis: EventFacts['payload']['basis'];
}

/** What a consumer or subscriber costs. */
export interface ReceiverCost extends Billed {
  readonly key: string;
  readonly service: string;
  readonly delivery: Receiver['delivery']['type'];
  /** Published of the events that it selects. */
  readonly published: number;
  /** What its routes let through. */
  readonly delivered: number;
  /** What is handled. */
  readonly handled: number;
  /** `delivered` by `published`; null when nothing is published. */
  readonly share: number | null;
  /** The weakest of its routes and events. */
  readonly shareBasis: Flow['delivered']['basis'];
  /** What it would cost if every event it selects were let through. */
  readonly withoutFilterUsd: number;
  readonly savesUsd: number;
}

/** What an ingress or an outbox costs until its event is published. */
export interface IncomingCost extends Billed {
  readonly key: string;
  readonly service: string;
  readonly kind: Ingress['kind'] | 'outbox';
  readonly events: number;
}

/** What is paid for a service, or for what all share, however many events come. */
export interface StandingCost extends Billed {
  /** Null for what all services share. */
  readonly service: string | null;
}

/** A month's bill. Every sum is that of its parts. */
export interface CostEstimate {
  readonly events: readonly EventCost[];
  readonly consumers: readonly ReceiverCost[];
  readonly incoming: readonly IncomingCost[];
  readonly standing: readonly StandingCost[];
  /** What the free tier takes off; empty unless it was asked for. */
  readonly freeTier: readonly CostLine[];
  readonly totalUsd: number;
  /** What was taken for granted, in sentences. */
  readonly assumptions: readonly string[];
}

/** Estimates a month's bill of a system. */
export function estimateCost(model: EventModel, options: CostOptions): CostEstimate {
  const topology = toTopology(model);
  const events = eventFacts(model, options);
  const volumes = followEvents({ topology, events, published: options.published, shares: options.shares });
  const work: Work = { model, topology, events, volumes, options, sends: sendsOf(model) };
  const parts = {
    events: eventCosts(work),
    consumers: receiverCosts(work),
    incoming: [...ingressCosts(work), ...outboxCosts(work)],
    standing: standingCosts(work),
  };
  const billed: readonly Billed[] = [...parts.events, ...parts.consumers, ...parts.incoming, ...parts.standing];
  const freeTier = options.freeTier ? freeTierLines(billed.flatMap(({ lines }) => lines)) : [];
  const totalUsd = sumUsd([...billed, ...freeTier]);
  return { ...parts, freeTier, totalUsd, assumptions: assumptionsOf({ topology, events, volumes, options }) };
}

/** What all parts of an estimate start from. */
interface Work {
  readonly model: EventModel;
  readonly topology: Topology;
  readonly events: ReadonlyMap<string, EventFacts>;
  readonly volumes: Volumes;
  readonly options: CostOptions;
  /** How many `send` operations publish each event: they share what consumers do not emit. */
  readonly sends: ReadonlyMap<string, number>;
}

function billed(lines: readonly CostLine[]): Billed {
  return { lines, usd: sumUsd(lines) };
}

function eventCosts({ topology, events, volumes, options }: Work): readonly EventCost[] {
  const destinations = new Map(topology.destinations.map((one) => [one.key, one]));
  const claimDays = topology.claimBucket?.expireDays ?? 0;
  const { logRetentionDays } = settingsOf(topology, options.environment ?? undefined);
  return [...events.values()].flatMap((facts): EventCost[] => {
    const { event, payload, key } = facts;
    const destination = destinations.get(event.destination);
    const volume = volumes.volumes.get(key);
    if (destination === undefined || volume === undefined) return [];
    const topic = fedTopic(destination, destinations.get(topicKey(event.channel)));
    const lines = publishCost({ event: facts, events: volume.events, destination, topic, claimDays, logRetentionDays });
    const { name, source } = event;
    const size = { bytes: payload.bytes, bytesBasis: payload.basis };
    return [{ name, source, events: volume.events, basis: volume.basis, ...size, ...billed(lines) }];
  });
}

function fedTopic(destination: Destination, topic: Destination | undefined) {
  return destination.kind === 'bus' && topic?.kind === 'topic' ? topic : undefined;
}

function receiverCosts({ topology, events, volumes, options }: Work): readonly ReceiverCost[] {
  const flows = groupBy(volumes.flows, ({ receiver }) => receiver.key);
  const topicBytes = bytesOfTopics(topology, events, volumes);
  return receiversOf(topology).map((receiver) => {
    const counted = (flows.get(receiver.key) ?? []).map((flow) => countFlow(flow, volumes));
    const shared = { receiver, topology, options, topicBytes };
    const own = billed(receiverCost({ ...shared, counted, isFiltered: true }));
    const all = counted.map((one) => ({ ...one, delivered: one.published, handled: one.published }));
    const without = sumUsd(receiverCost({ ...shared, counted: all, isFiltered: false }));
    const published = total(counted.map((one) => one.published));
    const delivered = deliveredOf(counted);
    return {
      key: receiver.key,
      service: receiver.service,
      delivery: receiver.delivery.type,
      published,
      delivered,
      handled: handledOf(counted),
      share: published === 0 ? null : delivered / published,
      shareBasis: weakest(counted),
      withoutFilterUsd: without,
      savesUsd: lessUsd(without, own.usd),
      ...own,
    };
  });
}

function countFlow(flow: Flow, { volumes }: Volumes): Counted {
  const published = volumes.get(flow.event.key)?.events ?? 0;
  return { flow, published, delivered: published * flow.delivered.share, handled: published * flow.handledShare };
}

function weakest(counted: readonly Counted[]): ReceiverCost['shareBasis'] {
  const order = ['assumed', 'schema', 'given', 'none'] as const;
  return order.find((basis) => counted.some(({ flow }) => flow.delivered.basis === basis)) ?? 'none';
}

/** Bytes of all that comes to a topic, by its key: a filter of bodies reads all of it. */
function bytesOfTopics(
  { destinations }: Topology,
  events: ReadonlyMap<string, EventFacts>,
  { volumes }: Volumes,
): ReadonlyMap<string, number> {
  const topics = destinations.flatMap((one) => (one.kind === 'topic' ? [one] : []));
  const amounts = [...events.values()].map((facts) => ({ facts, events: volumes.get(facts.key)?.events ?? 0 }));
  return new Map(
    topics.map(({ key, fedBy }) => [
      key,
      total(
        amounts
          .filter(({ facts }) => key === (fedBy === null ? facts.event.destination : topicKey(facts.event.channel)))
          .map((one) => one.events * (fedBy === null ? one.facts.sentBytes : one.facts.envelopeBytes)),
      ),
    ]),
  );
}

function ingressCosts(work: Work): readonly IncomingCost[] {
  const { topology, events, options } = work;
  return (topology.ingresses ?? []).flatMap((ingress): IncomingCost[] => {
    const event = events.get(addressKey(ingress.event));
    if (event === undefined) return [];
    const amount = scheduledBy(ingress) ?? sentBy(work, event.key);
    const settings = settingsOf(topology, options.environment ?? undefined, ingress.service);
    const lines = ingressCost(ingress, { events: amount, event, options, settings });
    const key = `${ingress.service}/${ingress.operation}`;
    return [{ key, service: ingress.service, kind: ingress.kind, events: amount, ...billed(lines) }];
  });
}

/** What a schedule publishes; null where that does not follow from its expression. */
function scheduledBy(ingress: Ingress): number | null {
  return ingress.kind === 'schedule' ? monthlyInvocations(ingress.expression) : null;
}

function outboxCosts(work: Work): readonly IncomingCost[] {
  const { topology, events, options } = work;
  return topology.services.flatMap(({ name, outbox }: Service): IncomingCost[] => {
    if (outbox === undefined) return [];
    const settings = settingsOf(topology, options.environment ?? undefined, name);
    const incoming = outbox.publishes.flatMap((address) => {
      const event = events.get(addressKey(address));
      return event === undefined ? [] : [{ events: sentBy(work, event.key), event, options, settings }];
    });
    const amount = total(incoming.map((one) => one.events));
    return [
      { key: outbox.key, service: name, kind: 'outbox', events: amount, ...billed(outboxCost(outbox, incoming)) },
    ];
  });
}

/** What one `send` operation publishes of an event, where several share evenly what no schedule does. */
function sentBy({ volumes, sends, topology }: Work, key: string): number {
  const schedules = (topology.ingresses ?? [])
    .filter(({ event }) => addressKey(event) === key)
    .flatMap((ingress) => {
      return scheduledBy(ingress) ?? [];
    });
  const others = (sends.get(key) ?? 1) - schedules.length;
  const sent = (volumes.volumes.get(key)?.sent ?? 0) - total(schedules);
  return others < 1 ? 0 : Math.max(0, sent) / others;
}

function sendsOf({ system }: EventModel): ReadonlyMap<string, number> {
  const keys = system.services.flatMap(({ producers }) => producers.flatMap(({ events }) => events.map(addressKey)));
  return new Map(keys.map((key) => [key, keys.filter((other) => other === key).length]));
}

function standingCosts({ topology, options }: Work): readonly StandingCost[] {
  const environment = options.environment ?? undefined;
  const { stacks, keys } = observabilityOf(topology, environment);
  const services = [...new Set(stacks.map(({ service }) => service))];
  return services.map((service) => {
    const own = stacks.filter((stack) => stack.service === service);
    const counts = {
      alarms: total(own.map(({ alarmMetrics }) => alarmMetrics)),
      dashboards: total(own.map(({ dashboards }) => dashboards)),
      keys: service === undefined ? keys : 0,
    };
    const requests = service === undefined && keys > 0 ? keyRequestLines(topology) : [];
    return { service: service ?? null, ...billed([...standingLines(counts), ...requests]) };
  });
}
