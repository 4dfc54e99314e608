import { systemClock } from '../clock.ts';
import { isEventloomError } from '../errors.ts';
import type { Call, Feature, Observation } from '../feature.ts';
import type { Session } from '../handle/session.ts';

/** What became of the events of one invocation. */
export interface Tally {
  readonly counts: Readonly<Record<CountName, number>>;
  /** For each event handled, the milliseconds from its `time` until then; not below 0. */
  readonly latencies: readonly number[];
}

/** The names of the counts, as they are written. */
export type CountName = 'Received' | 'Handled' | 'LeftOut' | 'Invalid' | 'Retried' | 'DeadLettered';

/**
 * Counts what becomes of the events of an invocation, and calls `write` when it ends. An invocation without an event is
 * not written. A `write` that throws fails nothing: it is logged.
 */
export function tallying(write: (tally: Tally, session: Session) => void): Feature {
  const running = new WeakMap<Session, Running>();
  return {
    observe: (observation) => {
      const session = sessionOf(observation);
      const tally = running.get(session) ?? begin(session);
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

/** A tally that is being made. Events are known by the ids of their messages. */
interface Running extends Tally {
  readonly counts: Record<CountName, number>;
  readonly latencies: number[];
  readonly received: Set<string>;
  readonly retried: Set<string>;
  /** The events that the user's function was called with. */
  readonly called: WeakSet<Call>;
}

function begin({ features }: Session): Running {
  const called = new WeakSet<Call>();
  // Innermost, since only there is known that no other feature has left the event out.
  (features as Feature[]).push({
    around: (call, next) => {
      called.add(call);
      return next();
    },
  });
  return {
    counts: { Received: 0, Handled: 0, LeftOut: 0, Invalid: 0, Retried: 0, DeadLettered: 0 },
    latencies: [],
    received: new Set(),
    retried: new Set(),
    called,
  };
}

const sessionOf = (observation: Observation): Session =>
  observation.kind === 'handled' ? observation.call.session : observation.session;

function count({ counts, latencies, received, retried, called }: Running, observation: Observation): void {
  const { kind } = observation;
  if (kind === 'received') {
    counts.Received++;
    received.add(observation.messageId);
  } else if (kind === 'handled' && called.has(observation.call)) {
    counts.Handled++;
    latencies.push(latencyOf(observation.call));
  } else if (kind === 'handled' || kind === 'unwanted') {
    counts.LeftOut++;
  } else if (kind === 'retried') {
    const { messageId, call, error } = observation;
    // One that was given back without having been begun.
    if (!received.has(messageId)) counts.Received++;
    // One that was given back while it was handled, and failed then, is told of twice.
    if (!retried.has(messageId)) counts.Retried++;
    retried.add(messageId);
    if (!call && isUnreadable(error)) counts.Invalid++;
  } else {
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
function latencyOf({ event, session }: Call): number {
  const now = (session.connection.clock ?? systemClock).now();
  return Math.max(0, now.valueOf() - event.time.valueOf());
}
