import type { EventReference } from './activity.ts';
import { noteLetter, noteReturned, type Standing } from './standing.ts';

/** A published event in the ledger. Payloads are not kept, so that a long run stays small. */
export interface LedgerEvent extends EventReference {
  /** Place in the ledger. */
  readonly index: number;
  readonly destination: string;
  /** Milliseconds since the epoch. */
  readonly publishedAt: number;
  /** Key of the consumer that published it; null when it came from outside. */
  readonly publisher: string | null;
  /** The events under which it was published. */
  readonly causes: readonly number[];
  /** Handlers between it and an event from outside. */
  readonly hops: number;
  /** True when it stands in an outbox, out of which a relay publishes it. */
  readonly inOutbox?: true;
}

/** How one delivery of an event to a consumer ended. */
export type Outcome = 'handled' | 'deadLettered' | 'filtered' | 'lost';

/** Running counts of one consumer. */
export interface ConsumerCounts {
  received: number;
  invocations: number;
  handled: number;
  retried: number;
  deadLettered: number;
  redriven: number;
  lost: number;
}

/** What became of every event at every consumer: one cell of 16 bits for each pair. */
export interface Ledger {
  /** Keys of consumers, after them those of the relays of outboxes, and after them those of subscribers. */
  readonly consumers: readonly string[];
  /** Where the relays begin. */
  readonly relaysFrom: number;
  /** Where the subscribers begin. */
  readonly subscribersFrom: number;
  readonly events: LedgerEvent[];
  readonly indexById: Map<string, number>;
  readonly counts: readonly ConsumerCounts[];
  /** Why an event ended as it did, for the cells where there is something to say. */
  readonly reasons: Map<number, string>;
  /** For the cells that have dead letters. */
  readonly standing: Map<number, Standing>;
  cells: Uint16Array;
}

/** A cell: how many deliveries are open (low bits), and what has happened so far (flags). */
export const cellBits = { open: 0x0fff, handled: 0x1000, deadLettered: 0x2000, lost: 0x4000 } as const;

const flagOf = {
  handled: cellBits.handled,
  deadLettered: cellBits.deadLettered,
  filtered: 0,
  lost: cellBits.lost,
} as const;

/** Makes an empty ledger for the consumers, the relays and the subscribers with these keys. */
export function createLedger(
  handlers: readonly string[],
  relays: readonly string[] = [],
  subscribers: readonly string[] = [],
): Ledger {
  const consumers = [...handlers, ...relays, ...subscribers];
  const counts = consumers.map(() => ({
    received: 0,
    invocations: 0,
    handled: 0,
    retried: 0,
    deadLettered: 0,
    redriven: 0,
    lost: 0,
  }));
  const cells = new Uint16Array(64 * consumers.length);
  return {
    consumers,
    relaysFrom: handlers.length,
    subscribersFrom: handlers.length + relays.length,
    events: [],
    indexById: new Map(),
    counts,
    reasons: new Map(),
    standing: new Map(),
    cells,
  };
}

/** Enters a published event. */
export function enterEvent(ledger: Ledger, event: Omit<LedgerEvent, 'index' | 'hops'>): LedgerEvent {
  const index = ledger.events.length;
  const hops = event.causes.reduce((most, cause) => Math.max(most, 1 + (ledger.events[cause]?.hops ?? 0)), 0);
  const entered = { index, hops, ...event };
  ledger.events.push(entered);
  ledger.indexById.set(event.id, index);
  const needed = ledger.events.length * ledger.consumers.length;
  if (needed > ledger.cells.length) {
    const larger = new Uint16Array(2 * needed);
    larger.set(ledger.cells);
    ledger.cells = larger;
  }
  return entered;
}

/** The cell of an event at a consumer. */
export function cellIndex(ledger: Ledger, event: number, consumer: number): number {
  return event * ledger.consumers.length + consumer;
}

/** Notes that an event is on its way to a consumer. */
export function openDelivery(ledger: Ledger, event: number, consumer: number): void {
  const cell = cellIndex(ledger, event, consumer);
  ledger.cells[cell] = (ledger.cells[cell] ?? 0) + 1;
  countsOf(ledger, consumer).received++;
  noteReturned(ledger, event, consumer);
}

/** Notes how a delivery ended. An event that the mapping filtered out was never received. */
export function closeDelivery(
  ledger: Ledger,
  event: number,
  consumer: number,
  end: { readonly outcome: Outcome; readonly reason?: string | undefined },
): void {
  const cell = cellIndex(ledger, event, consumer);
  const before = ledger.cells[cell] ?? 0;
  ledger.cells[cell] = (before - (before & cellBits.open ? 1 : 0)) | flagOf[end.outcome];
  if (end.reason !== undefined) ledger.reasons.set(cell, end.reason);
  if (end.outcome === 'deadLettered') noteLetter(ledger, cell);
  const counts = countsOf(ledger, consumer);
  if (end.outcome === 'filtered') counts.received--;
  else counts[end.outcome]++;
}

/** Notes that something may still deliver an event to a consumer, so that it counts as pending. */
export function hold(ledger: Ledger, event: number, consumer: number): void {
  const cell = cellIndex(ledger, event, consumer);
  ledger.cells[cell] = (ledger.cells[cell] ?? 0) + 1;
}

/** Takes a {@link hold} back. */
export function release(ledger: Ledger, event: number, consumer: number): void {
  const cell = cellIndex(ledger, event, consumer);
  ledger.cells[cell] = (ledger.cells[cell] ?? 1) - 1;
}

/** The event at a place in the ledger. */
export function eventAt(ledger: Ledger, index: number): LedgerEvent {
  const event = ledger.events[index];
  if (event === undefined) throw new Error(`The ledger has no event ${index}`);
  return event;
}

/** The running counts of a consumer. */
export function countsOf(ledger: Ledger, consumer: number): ConsumerCounts {
  const counts = ledger.counts[consumer];
  if (counts === undefined) throw new Error(`The ledger has no consumer ${consumer}`);
  return counts;
}
