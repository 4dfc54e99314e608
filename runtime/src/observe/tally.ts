import { systemClock } from '../clock.ts';
import { isEventloomError } from '../errors.ts';
import type { Feature, Observation } from '../feature.ts';
import type { Session } from '../handle/session.ts';

/** What became of the events of one invocation. */
export interface Tally {
  readonly counts: Readonly<Record<CountName, number>>;
  /** For each event handled, the milliseconds from its `time` until then; not below 0. */
  readonly latencies: readonly number[];
}

/** The names of the counts, as they are written. */
export type CountName = 'Received' | 'Handled' | 'Invalid' | 'Retried' | 'DeadLettered';

/**
 * Counts what becomes of the events of an invocation, and calls `write` when it ends. An invocation without an event is
 * not written. A `write` that throws fails nothing: it is logged.
 */
export function tallying(write: (tally: Tally, session: Session) => void): Feature {
  const running = new WeakMap<Session, MutableTally>();
  return {
    observe: (observation) => {
      const session = sessionOf(observation);
      const tally = running.get(session) ?? empty();
      running.set(session, tally);
      count(tally, observation);
    },
    flush: (session) => {
      const tally = running.get(session);
      running.delete(session);
      try {
        if (tally) write(tally, session);
      } catch (error) {
        session.logOf().warn('Metrics not written', { error });
      }
    },
  };
}

interface MutableTally extends Tally {
  readonly counts: Record<CountName, number>;
  readonly latencies: number[];
}

const empty = (): MutableTally => ({
  counts: { Received: 0, Handled: 0, Invalid: 0, Retried: 0, DeadLettered: 0 },
  latencies: [],
});

const sessionOf = (observation: Observation): Session =>
  observation.kind === 'handled' ? observation.call.session : observation.session;

function count({ counts, latencies }: MutableTally, observation: Observation): void {
  if (observation.kind === 'received') counts.Received++;
  else if (observation.kind === 'handled') {
    counts.Handled++;
    latencies.push(latencyOf(observation.call));
  } else if (observation.kind === 'retried') {
    counts.Retried++;
    if (!observation.call && isUnreadable(observation.error)) counts.Invalid++;
  } else if (observation.kind === 'deadLettered') {
    counts.DeadLettered++;
    if (observation.invalid) counts.Invalid++;
  }
}

/** Tells whether an event that no handler saw was refused for what it is, and not for want of time. */
function isUnreadable(error: unknown): boolean {
  return (
    isEventloomError(error, 'ValidationFailure') ||
    isEventloomError(error, 'PermanentError') ||
    error instanceof SyntaxError
  );
}

/** The clock of a publisher may be ahead of ours. */
function latencyOf({ event, session }: Extract<Observation, { kind: 'handled' }>['call']): number {
  const now = (session.connection.clock ?? systemClock).now();
  return Math.max(0, now.valueOf() - event.time.valueOf());
}
