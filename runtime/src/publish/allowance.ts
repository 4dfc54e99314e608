import { setMaxListeners } from 'node:events';
import { systemClock } from '../clock.ts';
import type { Connection } from '../connection.ts';
import type { Cut } from './cut.ts';
import type { Refusal } from './entry.ts';
import { type Outgoing, refuse } from './outgoing.ts';

/** How long a call may take. */
export interface CallLimits {
  /** Aborted: nothing more is sent; what is under way is cut off and is `unconfirmed`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Time for the whole call with all its retries; in a stream, for each round of requests. Default: 30,000. Where
   * `PublisherOptions.clock` replaces the time of the machine, requests under way are not cut off.
   */
  readonly timeoutMilliseconds?: number | undefined;
}

/** How long sending may go on. */
export interface Allowance {
  /** No request or attempt starts at or after this time, in milliseconds since 1970. */
  readonly endsAt: number;
  /** Its signal aborted: no request starts, and those under way end. */
  readonly cut: Cut;
}

/** The longest that a timer can wait. */
const longestMilliseconds = 2 ** 31 - 1;

/** Works within the limits of a call. Of those nothing is left behind: there may be thousands of calls a second. */
export async function within<Result>(
  { clock }: Connection,
  { timeoutMilliseconds = 30_000, signal }: CallLimits,
  work: (allowance: Allowance) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  // Each request under way listens, and each call to the caller's own: more than ten are no leak.
  setMaxListeners(0, controller.signal, ...(signal ? [signal] : []));
  const cut: Cut = { signal: controller.signal, ends: new Set() };
  const cutOff = (reason: unknown): void => {
    controller.abort(reason);
    for (const end of cut.ends) end();
  };
  const abort = (): void => cutOff(signal?.reason);
  // Only the machine's time can cut off what is under way.
  const wait = Math.min(longestMilliseconds, Math.max(0, timeoutMilliseconds));
  const timer = clock ? undefined : setTimeout(() => cutOff(new DOMException('time is up', 'TimeoutError')), wait);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  try {
    const endsAt = (clock ?? systemClock).now().getTime() + timeoutMilliseconds;
    return await work({ endsAt, cut });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** Throws a `PublishError` that says why `outgoing` may not be sent any more, if that is so. */
export function assertInTime(connection: Connection, allowance: Allowance, outgoing: Outgoing): void {
  const refusal = refusedBy(connection, allowance);
  if (refusal) throw refuse(outgoing, refusal.code, refusal.message, refusal.cause);
}

/** Why nothing may be sent `afterMilliseconds` from now; undefined while something may. */
export function refusedBy(
  { clock = systemClock }: Connection,
  { endsAt, cut: { signal } }: Allowance,
  afterMilliseconds = 0,
): Refusal | undefined {
  const late = clock.now().getTime() + afterMilliseconds >= endsAt;
  if (late || signal.reason?.name === 'TimeoutError')
    return { code: 'timed-out', message: 'there was no time to send it' };
  return signal.aborted ? { code: 'aborted', message: 'its sending was aborted', cause: signal.reason } : undefined;
}
