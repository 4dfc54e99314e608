import type { EventReference } from './activity.ts';
import type { Ledger, LedgerEvent } from './ledger.ts';
import { type Verdict, verdictsOf } from './report.ts';

/** One event, what became of it, and the events that its handlers published. */
export interface EventTrace {
  readonly event: EventReference;
  readonly publishedAt: Date;
  /** Key of the consumer whose handler published it; null when it came from outside. */
  readonly publisher: string | null;
  /** By consumer key, only consumers that the event was delivered to. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** What its handlers published, in the order of publishing. */
  readonly caused: readonly EventTrace[];
}

/** Traces the event with this id; undefined when no such event was published. Costs one pass over later events. */
export function traceEvent(ledger: Ledger, id: string): EventTrace | undefined {
  const index = ledger.indexById.get(id);
  const root = index === undefined ? undefined : ledger.events[index];
  if (root === undefined) return undefined;
  const children = new Map<number, LedgerEvent[]>([[root.index, []]]);
  for (let later = root.index + 1; later < ledger.events.length; later++) {
    const event = ledger.events[later];
    const cause = event?.causes.find((candidate) => children.has(candidate));
    if (event === undefined || cause === undefined) continue;
    children.get(cause)?.push(event);
    children.set(later, []);
  }
  return build(ledger, root, children);
}

/** Prints a trace as an indented tree, one line per event and per consumer, times relative to the first event. */
export function formatTrace(trace: EventTrace): string {
  return lines(trace, trace.publishedAt.getTime()).join('\n');
}

function build(ledger: Ledger, event: LedgerEvent, children: ReadonlyMap<number, LedgerEvent[]>): EventTrace {
  const verdicts = Object.entries(verdictsOf(ledger, event.index)).filter(([, { kind }]) => kind !== 'notMatched');
  return {
    event: { id: event.id, name: event.name, source: event.source },
    publishedAt: new Date(event.publishedAt),
    publisher: event.publisher,
    verdicts: Object.fromEntries(verdicts),
    caused: (children.get(event.index) ?? []).map((child) => build(ledger, child, children)),
  };
}

function lines(trace: EventTrace, start: number): string[] {
  const elapsed = (trace.publishedAt.getTime() - start) / 1000;
  const under = [
    ...Object.entries(trace.verdicts).flatMap(([key, verdict]) => [
      `${key}: ${describe(verdict)}`,
      ...trace.caused.filter(({ publisher }) => publisher === key).flatMap((child) => indent(lines(child, start))),
    ]),
  ];
  return [`${trace.event.name} (${trace.event.source}) +${elapsed} s`, ...indent(under)];
}

function describe(verdict: Verdict): string {
  return 'reason' in verdict ? `${verdict.kind} (${verdict.reason})` : verdict.kind;
}

function indent(text: readonly string[]): string[] {
  return text.map((line) => `  ${line}`);
}
