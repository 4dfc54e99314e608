import { isDeepStrictEqual } from 'node:util';
import type { ProbeEvent } from './events.ts';
import type { Copies } from './expect.ts';
import type { Copy, Received } from './receive.ts';

/** An event that was accepted, and who is to get it. */
export interface SentEvent extends ProbeEvent {
  readonly id: string;
  readonly copies: Copies;
}

/** What came of one consumer. */
export interface Verdict {
  readonly consumer: string;
  /** Copies that `route` promises. */
  readonly expected: number;
  readonly received: number;
  /** What is wrong, a line each; empty when consumer and `route` agree. */
  readonly faults: readonly string[];
}

/** Compares what each consumer received with what `route` says, event by event, payloads and all. */
export function compare(
  consumers: readonly string[],
  sent: readonly SentEvent[],
  received: Received,
): readonly Verdict[] {
  const byId = new Map(sent.map((event) => [event.id, event]));
  return consumers.map((consumer) => {
    const copies = received.get(consumer) ?? [];
    const counts = new Map<string, number>();
    for (const { id } of copies) counts.set(id, (counts.get(id) ?? 0) + 1);
    const expected = sent.reduce((sum, event) => sum + (event.copies.get(consumer) ?? 0), 0);
    const strangers = copies.filter(({ id }) => !byId.has(id)).map(({ id }) => `an event that nobody sent: ${id}`);
    const wrong = sent.flatMap((event) =>
      wrongCount(event, event.copies.get(consumer) ?? 0, counts.get(event.id) ?? 0),
    );
    const changed = copies.flatMap((copy) => changedPayload(copy, byId.get(copy.id)));
    return { consumer, expected, received: copies.length, faults: [...strangers, ...wrong, ...changed] };
  });
}

function wrongCount({ name, payload }: SentEvent, expected: number, received: number): readonly string[] {
  if (expected === received) return [];
  return [`${received} instead of ${expected} of ${name} ${JSON.stringify(payload)}`];
}

function changedPayload({ payload, id }: Copy, sent: SentEvent | undefined): readonly string[] {
  if (sent === undefined || isDeepStrictEqual(payload, sent.payload)) return [];
  return [`${sent.name} ${id} came as ${JSON.stringify(payload)} instead of ${JSON.stringify(sent.payload)}`];
}
