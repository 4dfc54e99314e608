import type { Downstream } from '@eventloom/engine';
import { type Clock, systemClock } from '../clock.ts';
import { isEventloomError, RetryLater } from '../errors.ts';
import type { CircuitRecord, CircuitStore } from './circuit-store.ts';
import { keptRecord } from './kept-record.ts';
import { asClosed, type CircuitState, stateOf, withFailure, withoutProbe, withProbe } from './transitions.ts';

/** What a circuit breaker of one's own is made of. */
export interface CircuitBreakerOptions {
  /** Names the circuit in the store: all with the same id share it. */
  readonly id: string;
  /** When the circuit opens, and when it is probed. */
  readonly downstream: Downstream;
  readonly store: CircuitStore;
  /** Default: the time of the machine. */
  readonly clock?: Clock | undefined;
  /** Draws the jitter: from 0 to less than 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** How long a state that was read is believed. Default: 5,000. */
  readonly cacheMilliseconds?: number | undefined;
  /** Is told that this breaker opened, probed or closed the circuit, or why the store could not be used. Must not throw. */
  readonly onChange?: ((change: CircuitChange) => void) | undefined;
}

/** What a breaker did. */
export type CircuitChange =
  | { readonly kind: 'opened' | 'probed'; readonly waitSeconds: number | undefined }
  | { readonly kind: 'closed' }
  | { readonly kind: 'storeFailed'; readonly error: unknown };

/** What a caller may say about one call. */
export interface CircuitCallOptions {
  /** Tells whether an error says that the downstream is out of order. Default: every error but a `PermanentError`. */
  readonly countsAsFailure?: ((error: unknown) => boolean) | undefined;
}

/** The right to call a downstream. */
export interface Admission {
  /** For a probe, what stood before it was taken, and what was written. */
  readonly probe?: { readonly before: CircuitRecord; readonly taken: CircuitRecord } | undefined;
}

/** Keeps calls from a downstream that is out of order. A store that cannot be reached never keeps a call from it. */
export interface CircuitBreaker {
  /**
   * Calls `work`, unless the circuit is open: then it throws a `RetryLater` with the code `circuit-open` and the time
   * until the next probe. Rejects with what `work` throws.
   */
  call<Result>(work: () => Promise<Result> | Result, options?: CircuitCallOptions): Promise<Result>;
  /**
   * Asks for the right to call, for who calls later; throws like `call`, with `atLeastSeconds` (default 0) or more. A
   * probe that is not used has to be given back.
   */
  admit(atLeastSeconds?: number): Promise<Admission>;
  /** Calls with a right that {@link CircuitBreaker.admit} gave. */
  callWith<Result>(
    admission: Admission,
    work: () => Promise<Result> | Result,
    options?: CircuitCallOptions,
  ): Promise<Result>;
  /** Gives back a probe that was not used, so that somebody else can send one. Never rejects. */
  giveBack(admission: Admission): Promise<void>;
  /**
   * What to throw for work that failed with the downstream (code `downstream-failed`), or waits for its circuit
   * (`circuit-open`): it comes again with the next probe, after `atLeastSeconds` or more. Never rejects.
   */
  comeback(atLeastSeconds: number, cause?: unknown): Promise<RetryLater>;
}

/** Of several that change a record at the same instant one does; the others look again, so often at most. */
const triesAtMost = 5;

/** Whether an error counts as a failure of the downstream, unless the caller says otherwise. */
export const notPermanent = (error: unknown): boolean => !isEventloomError(error, 'PermanentError');

/** Makes the breaker of one downstream. */
export function createCircuitBreaker(options: CircuitBreakerOptions): CircuitBreaker {
  const { downstream, clock = systemClock, random = Math.random, onChange } = options;
  const now = (): number => clock.now().getTime();
  const kept = keptRecord(options, now);

  async function admit(atLeastSeconds = 0): Promise<Admission> {
    for (let tries = 0; tries < triesAtMost; tries++) {
      const before = await kept.read();
      const state = stateOf(before, now());
      if (before === undefined || state === 'closed') return {};
      if (state === 'open') throw later(before, atLeastSeconds);
      const taken = withProbe(before, downstream, now());
      const outcome = await kept.write(taken);
      if (outcome === 'failed') return {};
      if (outcome === 'written') {
        onChange?.({ kind: 'probed', waitSeconds: before.waitSeconds });
        return { probe: { before, taken } };
      }
    }
    throw later(await kept.read(), Math.max(atLeastSeconds, downstream.firstProbeSeconds));
  }

  async function callWith<Result>(
    { probe }: Admission,
    work: () => Promise<Result> | Result,
    { countsAsFailure = notPermanent }: CircuitCallOptions = {},
  ): Promise<Result> {
    try {
      const result = await work();
      await succeeded(probe !== undefined);
      return result;
    } catch (error) {
      // An error that does not count is an answer: the downstream is there.
      await (countsAsFailure(error) ? failed() : succeeded(probe !== undefined));
      throw error;
    }
  }

  /** A call costs nothing while all is well: there is nothing to write when there were no failures. */
  async function succeeded(asProbe: boolean): Promise<void> {
    await change((record, state) => {
      if (!record || (state === 'closed' ? record.failures === 0 : !asProbe)) return undefined;
      return asClosed(record, downstream, now());
    });
  }

  /** An open circuit has counted the failure of its probe already, and those of calls before it opened say nothing new. */
  const failed = (): Promise<void> =>
    change((record, state) => (state === 'closed' ? withFailure(record, downstream, now()) : undefined));

  /** Changes of one process wait for each other, since each would cost the others a try. */
  let last = Promise.resolve();
  function change(
    next: (record: CircuitRecord | undefined, state: CircuitState) => CircuitRecord | undefined,
  ): Promise<void> {
    last = last.then(async () => {
      for (let tries = 0; tries < triesAtMost; tries++) {
        const record = await kept.read();
        const changed = next(record, stateOf(record, now()));
        const outcome = changed && (await kept.write(changed));
        if (changed && outcome === 'written') tell(record, changed);
        if (outcome !== 'conflict') return;
      }
    });
    return last;
  }

  function tell(before: CircuitRecord | undefined, { probeAt, waitSeconds }: CircuitRecord): void {
    if (probeAt !== undefined) onChange?.({ kind: 'opened', waitSeconds });
    else if (before?.probeAt !== undefined) onChange?.({ kind: 'closed' });
  }

  /** Jitter of a quarter of the wait, so that those who wait do not all come at once. */
  function later(record: CircuitRecord | undefined, atLeastSeconds: number, cause?: unknown): RetryLater {
    const { probeAt = 0, waitSeconds = atLeastSeconds } = record ?? {};
    const seconds = Math.max(0, atLeastSeconds, (probeAt - now()) / 1_000);
    const jitter = random() * Math.max(1, waitSeconds / 4);
    const [code, state] = probeAt > 0 ? ['circuit-open', 'is open'] : ['downstream-failed', 'counts a failure'];
    const [why, options] = cause === undefined ? ['', { code }] : [`: ${String(cause)}`, { code, cause }];
    return new RetryLater(`The circuit of ${downstream.name} ${state}${why}`, Math.ceil(seconds + jitter), options);
  }

  return {
    admit,
    callWith,
    call: async (work, callOptions) => callWith(await admit(), work, callOptions),
    async giveBack({ probe }) {
      if (probe) await kept.write(withoutProbe(probe.before, probe.taken));
    },
    comeback: async (atLeastSeconds, cause) => later(await kept.read(), atLeastSeconds, cause),
  };
}
