import { createHash } from 'node:crypto';
import type { FaultOccurrence } from '@eventloom/local';
import { numberOf } from './bank.ts';

/** The call of a handler's function with one event. */
export interface Run {
  readonly consumer: string;
  /** Of the invocation. */
  readonly requestId: string;
  readonly messageId: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** An event, or a request with many, as AWS has accepted it. */
export interface Acceptance {
  readonly requestId: string;
  /** Key of the consumer whose function published it; null when it came from outside. */
  readonly publisher: string | null;
  /** What goes with the payload on a bus. */
  readonly resources: string;
  /** Place among all acceptances. */
  readonly order: number;
}

interface Invocation {
  readonly consumer: string;
  readonly began: number;
  /** Null while it goes on, for ever when its process died. */
  ended: number | null;
}

interface Effect {
  readonly run: Run;
  /** What the table remembers it by; null when nothing does. */
  readonly memory: string | null;
}

/** All that the suite sees of one run. */
export interface Notebook {
  /** By consumer and id, in their order. */
  readonly effects: Map<string, Effect[]>;
  /** By consumer and account, the numbers of items in the order of their first effects. */
  readonly orders: Map<string, number[]>;
  /** By name of the event and id of the item. */
  readonly accepted: Map<string, Acceptance[]>;
  /** Requests that were accepted, and whose answer was lost. */
  readonly unanswered: Set<string>;
  readonly violations: string[];
  /** Requests whose line broke, beside those that the local system counts. */
  lines: number;
  /** Effects that were repeated because the process died, or the store was out, before the first could be remembered. */
  repeated: number;
  /** Items of a FIFO group that came late, because the SDK sent a batch again whose answer was lost. */
  overtaken: number;
  /** Events that handlers left out because they had been handled, or were being handled. */
  absorbed: number;
  begin(requestId: string, consumer: string): void;
  end(requestId: string): void;
  tell(fault: FaultOccurrence): void;
  /** Notes that the table has been told that something is done. */
  remember(memory: string): void;
  /** Notes an effect, and whether it may be. */
  take(run: Run, id: string, account: string, memory?: string | null): void;
  /** Whether an invocation died, or a request of its consumer failed while it went on. */
  wasDisturbed(requestId: string): boolean;
  /** Whether, since an invocation, another of its consumer has died before its handler was called. */
  hasLost(requestId: string): boolean;
}

export const keyOf = (consumer: string, id: string): string => `${consumer} ${id}`;

/** The id under which `x-idempotency` remembers an event with a business key. */
export function lockId(
  consumer: string,
  event: { readonly name: string; readonly source: string },
  key: string,
): string {
  const identity = JSON.stringify({ key, name: event.name, source: event.source });
  return `${consumer}#${createHash('sha256').update(identity).digest('base64')}`;
}

/** Makes an empty notebook. */
export function newNotebook(): Notebook {
  const invocations = new Map<string, Invocation>();
  const deaths = new Map<string, { readonly consumer: string | null; readonly at: number }>();
  const remembered = new Set<string>();
  const disturbances = new Map<string, number[]>();
  let steps = 0;
  const wasDisturbed = (requestId: string): boolean => {
    const invocation = invocations.get(requestId);
    if (invocation === undefined) return false;
    const { consumer, began, ended } = invocation;
    if (ended === null && deaths.has(requestId)) return true;
    const until = ended ?? Number.POSITIVE_INFINITY;
    return (disturbances.get(consumer) ?? []).some((at) => at > began && at < until);
  };
  const hasLost = (requestId: string): boolean => {
    const { consumer, began = 0 } = invocations.get(requestId) ?? {};
    return [...deaths].some(([id, death]) => death.consumer === consumer && death.at > began && !invocations.has(id));
  };
  const book: Notebook = {
    effects: new Map(),
    orders: new Map(),
    accepted: new Map(),
    unanswered: new Set(),
    violations: [],
    lines: 0,
    repeated: 0,
    overtaken: 0,
    absorbed: 0,
    begin: (requestId, consumer) => invocations.set(requestId, { consumer, began: ++steps, ended: null }),
    end: (requestId) => {
      const invocation = invocations.get(requestId);
      if (invocation !== undefined) invocation.ended = ++steps;
    },
    tell: ({ kind, requestId, consumer }) => {
      if (kind === 'handlerCrashes' || kind === 'handlerTimesOut')
        deaths.set(requestId ?? '', { consumer, at: ++steps });
      else if (kind === 'connectionResetsAfterAcceptance' && requestId !== null) book.unanswered.add(requestId);
      if (consumer !== null && kind !== 'handlerRunsTwice') append(disturbances, consumer, ++steps);
    },
    remember: (memory) => remembered.add(memory),
    take: (run, id, account, memory = null) => {
      const { consumer } = run;
      const before = book.effects.get(keyOf(consumer, id)) ?? [];
      const last = before.filter((effect) => effect.memory === memory).at(-1);
      append(book.effects, keyOf(consumer, id), { run, memory });
      if (before.length === 0) append(book.orders, `${consumer} ${account}`, numberOf(id));
      if (last === undefined || memory === null) return;
      if (remembered.has(memory)) book.violations.push(`twice: ${id} at ${consumer}, which was remembered`);
      else if (!wasDisturbed(last.run.requestId)) book.violations.push(`twice: ${id} at ${consumer}`);
      else book.repeated++;
    },
    wasDisturbed,
    hasLost,
  };
  return book;
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
