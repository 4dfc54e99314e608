import type { EventReference } from './activity.ts';
import { cellBits, cellIndex, type Ledger } from './ledger.ts';

/** What has happened so far. Plain data. */
export interface SystemReport {
  /** One row per consumer, sorted by key. `received` = `handled` + `deadLettered` + `lost` + `inFlight`. */
  readonly consumers: readonly ConsumerReport[];
  /**
   * One row per consumer without a handler, sorted by key: `handled` is what its target has taken, `invocations` the calls
   * of the function that plays the target.
   */
  readonly subscribers: readonly ConsumerReport[];
  /**
   * One row per outbox, with the key of its relay: `received` is what was written there, `handled` what the relay has
   * published, `deadLettered` what it could not publish, `inFlight` what waits.
   */
  readonly outboxes: readonly ConsumerReport[];
  /** One row per event type that was published, sorted by source and name. What waits in an outbox does not count yet. */
  readonly events: readonly EventReport[];
  /**
   * One entry per published event, in the order of publishing, with a verdict for each consumer and subscriber. An event in an outbox is
   * one too, with a verdict of the relay alone: `pending` until the relay has published it.
   */
  readonly accounted: readonly EventAccount[];
}

/** What one consumer has done. */
export interface ConsumerReport {
  readonly key: string;
  /** Messages or events delivered to it, once for one that was redriven; what a mapping filter deletes does not count. */
  readonly received: number;
  /** Calls of its handler. */
  readonly invocations: number;
  /** Deliveries that its handler has handled. */
  readonly handled: number;
  /** Deliveries of a message or event to the handler after its first one. */
  readonly retried: number;
  /** Those that are back from the dead-letter queue are not among them. */
  readonly deadLettered: number;
  /** Put before the consumer again and deleted from the dead-letter queue: each counts by its new end since. */
  readonly redriven: number;
  /** Left its queue unhandled: deleted by a client, purged, or past the retention. */
  readonly lost: number;
  /** Delivered, and neither handled nor dead-lettered nor lost yet. */
  readonly inFlight: number;
}

/** How often one event type was published. */
export interface EventReport {
  readonly name: string;
  readonly source: string;
  /** Events that a bus, a topic or a queue has accepted. */
  readonly published: number;
  /** Of these, how many no consumer and no subscriber received. */
  readonly unmatched: number;
}

/** One published event and what became of it. */
export interface EventAccount {
  readonly event: EventReference;
  /** By key: a verdict for each consumer and subscriber of the topology; in an outbox, one of its relay. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

/**
 * What became of an event at a consumer. When it was delivered more than once, the least settled outcome counts:
 * `pending`, then `deadLettered`, `lost`, `handled`.
 */
export type Verdict =
  | { readonly kind: 'notMatched' }
  | { readonly kind: 'handled' }
  | { readonly kind: 'deadLettered'; readonly reason: string }
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'pending' };

const notMatched: Verdict = Object.freeze({ kind: 'notMatched' });
const handled: Verdict = Object.freeze({ kind: 'handled' });
const pending: Verdict = Object.freeze({ kind: 'pending' });

/** Reads the report off a ledger. Costs time and memory for events times consumers. */
export function createReport(ledger: Ledger): SystemReport {
  const rows = ledger.consumers.map((key, index) => consumerReport(ledger, key, index));
  return {
    consumers: rows.slice(0, ledger.relaysFrom),
    subscribers: rows.slice(ledger.subscribersFrom),
    outboxes: rows.slice(ledger.relaysFrom, ledger.subscribersFrom),
    events: eventReports(ledger),
    accounted: ledger.events.map((event) => ({
      event: { id: event.id, name: event.name, source: event.source },
      verdicts: verdictsOf(ledger, event.index),
    })),
  };
}

/** The verdicts on one event, by consumer key; on one in an outbox, that of its relay. */
export function verdictsOf(ledger: Ledger, event: number): Readonly<Record<string, Verdict>> {
  const verdicts: Record<string, Verdict> = {};
  const inOutbox = ledger.events[event]?.inOutbox === true;
  ledger.consumers.forEach((key, consumer) => {
    const isRelay = consumer >= ledger.relaysFrom && consumer < ledger.subscribersFrom;
    if (isRelay !== inOutbox) return;
    const verdict = verdictAt(ledger, cellIndex(ledger, event, consumer));
    if (!inOutbox || verdict !== notMatched) verdicts[key] = verdict;
  });
  return verdicts;
}

function verdictAt(ledger: Ledger, cell: number): Verdict {
  const bits = ledger.cells[cell] ?? 0;
  if (bits === 0) return notMatched;
  if ((bits & cellBits.open) > 0) return pending;
  if (bits & cellBits.deadLettered) return { kind: 'deadLettered', reason: ledger.reasons.get(cell) ?? '' };
  if (bits & cellBits.lost) return { kind: 'lost', reason: ledger.reasons.get(cell) ?? '' };
  return handled;
}

function consumerReport(ledger: Ledger, key: string, index: number): ConsumerReport {
  const counts = ledger.counts[index];
  if (counts === undefined) throw new Error(`No counts of ${key}`);
  const { received, invocations, handled, retried, deadLettered, redriven, lost } = counts;
  const inFlight = received - handled - deadLettered - lost;
  return { key, received, invocations, handled, retried, deadLettered, redriven, lost, inFlight };
}

function eventReports(ledger: Ledger): readonly EventReport[] {
  const rows = new Map<string, { name: string; source: string; published: number; unmatched: number }>();
  for (const { index, name, source, inOutbox } of ledger.events) {
    if (inOutbox) continue;
    const key = JSON.stringify([source, name]);
    const row = rows.get(key) ?? { name, source, published: 0, unmatched: 0 };
    rows.set(key, row);
    row.published++;
    const first = cellIndex(ledger, index, 0);
    if (ledger.cells.subarray(first, first + ledger.consumers.length).every((bits) => bits === 0)) row.unmatched++;
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row);
}
