import { eventAt, type Ledger, type LedgerEvent } from '../accounting/ledger.ts';
import type { InvocationRecord, World } from './world.ts';

/** Thrown by `settle` and `advance` when events keep causing events. */
export class RunawayError extends Error {
  override readonly name = 'RunawayError';
  readonly code = 'runaway';
  /** Key of the consumer that was invoked most. */
  readonly consumer: string;

  constructor(message: string, consumer: string) {
    super(message);
    this.consumer = consumer;
  }
}

/** Invocations that need no event from outside to justify them. */
const freeInvocations = 1_000;

/** Throws a {@link RunawayError} when this invocation goes beyond what the events from outside can have caused. */
export function guardAgainstRunaway(world: World, records: readonly InvocationRecord[]): void {
  const { activity, bounds, ledger } = world;
  const allowed = freeInvocations + bounds.invocationsPerEvent * activity.outsideEvents;
  if (activity.invocations > allowed) {
    throw runaway(world, `${activity.invocations} invocations for ${activity.outsideEvents} events from outside`, null);
  }
  for (const { event } of records) {
    const entered = eventAt(ledger, event);
    if (entered.hops > bounds.hops) throw runaway(world, `a chain of ${entered.hops} handlers`, entered);
  }
}

function runaway(world: World, what: string, event: LedgerEvent | null): RunawayError {
  const { ledger } = world;
  const invocations = (index: number) => ledger.counts[index]?.invocations ?? 0;
  const hottest = ledger.consumers.reduce(
    (most, _, index) => (invocations(index) > invocations(most) ? index : most),
    0,
  );
  const key = ledger.consumers[hottest] ?? '';
  const chain = event === null ? '' : ` The end of the chain: ${chainEnd(ledger, event).join(' -> ')}.`;
  const message =
    `The events of this system seem to cause each other for ever: ${what}. ` +
    `The hottest consumer is ${key} with ${invocations(hottest)} invocations.${chain} ` +
    'Break the loop with a filter, or raise `bounds` of the local system if the chain is meant to be that long.';
  return new RunawayError(message, key);
}

const shownHops = 6;

function chainEnd(ledger: Ledger, last: LedgerEvent): string[] {
  const steps: string[] = [];
  for (let event: LedgerEvent | undefined = last; event !== undefined && steps.length < shownHops; ) {
    steps.unshift(event.publisher === null ? event.name : `${event.publisher} publishes ${event.name}`);
    const [cause]: readonly number[] = event.causes;
    event = cause === undefined ? undefined : ledger.events[cause];
  }
  return steps;
}
