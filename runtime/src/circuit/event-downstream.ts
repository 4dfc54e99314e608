import type { Downstream } from '@eventloom/engine';
import type { RetryLater } from '../errors.ts';
import { type Admission, type CircuitBreaker, type CircuitCallOptions, notPermanent } from './circuit-breaker.ts';

/** Calls one downstream. */
export interface DownstreamCalls {
  /**
   * Calls `work` and counts how it ends. Rejects with what `work` throws, or with a `RetryLater` (code `circuit-open`)
   * without calling it when the circuit has opened since the event came.
   */
  call<Result>(work: () => Promise<Result> | Result, options?: CircuitCallOptions): Promise<Result>;
}

/** A downstream during one event. */
export interface EventDownstream {
  readonly name: string;
  readonly calls: DownstreamCalls;
  /** Asks for the right to call, before the event is handled. Throws a `RetryLater` while the circuit is open. */
  admit(): Promise<void>;
  /** Gives back what was not used. */
  leave(): Promise<void>;
  /** What to throw instead of `cause` when a call failed; undefined when none did. */
  comeback(cause: unknown): Promise<RetryLater | undefined>;
}

/**
 * What one event does with one downstream. An event that was admitted as the probe calls with that right, as often as
 * it likes, until a call fails. Whatever the circuit's state is, the event waits twice as long after each attempt: that
 * is what `outlastedSeconds` counts on.
 */
export function eventDownstream(downstream: Downstream, breaker: CircuitBreaker, attempt: number): EventDownstream {
  const { name, firstProbeSeconds, maximumProbeSeconds } = downstream;
  const atLeastSeconds = Math.min(maximumProbeSeconds, firstProbeSeconds * 2 ** (attempt - 1));
  let admission: Admission = {};
  let hasCalled = false;
  let hasFailed = false;

  return {
    name,
    calls: {
      async call(work, { countsAsFailure = notPermanent } = {}) {
        const right = admission.probe ? admission : await breaker.admit(atLeastSeconds);
        hasCalled = true;
        return breaker.callWith(right, work, {
          countsAsFailure(error) {
            if (!countsAsFailure(error)) return false;
            admission = {};
            hasFailed = true;
            return true;
          },
        });
      },
    },
    async admit() {
      admission = await breaker.admit(atLeastSeconds);
    },
    async leave() {
      if (!hasCalled) await breaker.giveBack(admission);
    },
    comeback: async (cause) => (hasFailed ? breaker.comeback(atLeastSeconds, cause) : undefined),
  };
}
