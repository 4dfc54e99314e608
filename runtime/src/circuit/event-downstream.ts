import type { Downstream } from '@eventloom/engine';
import type { RetryLater } from '../errors.ts';
import { type Admission, type CircuitBreaker, type CircuitCallOptions, notPermanent } from './circuit-breaker.ts';

/** Calls one downstream. */
export interface DownstreamCalls {
  /**
   * Calls `work` and counts how it ends. Rejects with what `work` throws, or with a `RetryLater` (code `circuit-open`)
   * without calling it when the circuit has opened since the event came. A call that still runs when `context.signal` is
   * aborted has failed, whether it listens to the signal or not: it rejects with the signal's reason.
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
  /** Seconds that the event has to wait because a call failed or still runs; 0 when there is none such. */
  owedSeconds(): number;
  /** Resolves when the calls that the signal cut off are counted. */
  counted(): Promise<unknown>;
}

/**
 * What one event does with one downstream. An event that was admitted as the probe calls with that right, as often as
 * it likes, until a call fails. Whatever the circuit's state is, the event waits twice as long after each attempt: that
 * is what `outlastedSeconds` counts on.
 */
export function eventDownstream(
  downstream: Downstream,
  breaker: CircuitBreaker,
  attempt: number,
  signal?: AbortSignal,
): EventDownstream {
  const { name, firstProbeSeconds, maximumProbeSeconds } = downstream;
  const atLeastSeconds = Math.min(maximumProbeSeconds, firstProbeSeconds * 2 ** (attempt - 1));
  let admission: Admission = {};
  let hasCalled = false;
  let hasFailed = false;
  let running = 0;
  const cutOff: Promise<unknown>[] = [];

  return {
    name,
    calls: {
      async call(work, { countsAsFailure = notPermanent } = {}) {
        const right = admission.probe ? admission : await breaker.admit(atLeastSeconds);
        hasCalled = true;
        running++;
        let isCutOff = false;
        const noteAbort = (): void => {
          isCutOff = true;
          cutOff.push(ending);
        };
        const ending = breaker.callWith(right, () => unlessAborted(work, signal, noteAbort), {
          countsAsFailure(error) {
            if (!isCutOff && !countsAsFailure(error)) return false;
            admission = {};
            hasFailed = true;
            return true;
          },
        });
        try {
          return await ending;
        } finally {
          running--;
        }
      },
    },
    async admit() {
      admission = await breaker.admit(atLeastSeconds);
    },
    async leave() {
      if (!hasCalled) await breaker.giveBack(admission);
    },
    comeback: async (cause) => (hasFailed ? breaker.comeback(atLeastSeconds, cause) : undefined),
    owedSeconds: () => (hasFailed || running > 0 ? atLeastSeconds : 0),
    counted: () => Promise.allSettled(cutOff),
  };
}

/** Does `work`, and rejects with the reason of the signal when that is aborted meanwhile. */
async function unlessAborted<Result>(
  work: () => Promise<Result> | Result,
  signal: AbortSignal | undefined,
  noteAbort: () => void,
): Promise<Result> {
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      noteAbort();
      reject(signal?.reason);
    };
  });
  signal?.addEventListener('abort', stop);
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
