import { systemClock } from '../clock.ts';
import type { Connection, RequestOptions } from '../connection.ts';
import { type Entry, type Outcome, type Refusal, refusalOf, unconfirmed } from './entry.ts';

/** Sends entries in one request and says for each what became of it. Rejects when the request as a whole failed. */
export type SendOnce<E extends Entry = Entry> = (
  connection: Connection,
  entries: readonly E[],
  options?: RequestOptions,
) => Promise<readonly Outcome[]>;

/** How long sending may go on. */
export interface Allowance {
  /** No request or attempt starts at or after this time, in milliseconds since 1970. Default: no end. */
  readonly endsAt?: number;
  /** Aborted: no request starts, and those under way end. */
  readonly signal?: AbortSignal;
  /** Resolves when `signal` is aborted. */
  readonly aborted?: Promise<unknown>;
}

const maximumAttempts = 10;
const firstBackoffMilliseconds = 100;
const longestBackoffMilliseconds = 5_000;

/**
 * Sends entries in one request, then only those again that failed and may succeed, with exponential back-off and full
 * jitter, as long as `allowance` lasts. A request that failed as a whole has been retried by the SDK and is not sent
 * again. Never rejects; every entry has its outcome.
 */
export async function settle<E extends Entry>(
  connection: Connection,
  sendOnce: SendOnce<E>,
  entries: readonly E[],
  allowance: Allowance = {},
): Promise<Outcome[]> {
  const outcomes = entries.map((): Outcome => unconfirmed);
  let pending = entries.map((_, index) => index);
  for (let attempt = 1; pending.length > 0; attempt++) {
    if (attempt > 1 && !(await backOff(connection, attempt, allowance))) break;
    const sent = pending.flatMap((index) => entries[index] ?? []);
    const answer = await attemptOf(connection, sendOnce, sent, allowance);
    for (const [place, index] of pending.entries()) outcomes[index] = answer[place] ?? unconfirmed;
    pending = attempt < maximumAttempts ? pending.filter((index) => isRetryable(outcomes[index])) : [];
  }
  return outcomes;
}

async function attemptOf<E extends Entry>(
  connection: Connection,
  sendOnce: SendOnce<E>,
  entries: readonly E[],
  { signal }: Allowance,
): Promise<readonly Outcome[]> {
  try {
    return await sendOnce(connection, entries, signal && { abortSignal: signal });
  } catch (cause) {
    // What was cut off may have been accepted all the same.
    const refusal = signal?.aborted ? { ...unconfirmed, cause } : refusalOf(cause);
    return entries.map(() => refusal);
  }
}

/** Why nothing may be sent `afterMilliseconds` from now; undefined while something may. */
export function refusedBy(
  { clock = systemClock }: Connection,
  { endsAt = Number.POSITIVE_INFINITY, signal }: Allowance,
  afterMilliseconds = 0,
): Refusal | undefined {
  const late = clock.now().getTime() + afterMilliseconds >= endsAt;
  if (late || signal?.reason?.name === 'TimeoutError')
    return { code: 'timed-out', message: 'there was no time to send it' };
  return signal?.aborted ? { code: 'aborted', message: 'its sending was aborted', cause: signal.reason } : undefined;
}

/** Waits before another attempt; false when there is no time for it. */
async function backOff(connection: Connection, attempt: number, allowance: Allowance): Promise<boolean> {
  const most = Math.min(longestBackoffMilliseconds, firstBackoffMilliseconds * 2 ** (attempt - 2));
  const delay = (connection.clock?.random ?? Math.random)() * most;
  if (refusedBy(connection, allowance, delay)) return false;
  const sleep = (connection.clock ?? systemClock).sleep(delay);
  await (allowance.aborted ? Promise.race([sleep, allowance.aborted]) : sleep);
  return refusedBy(connection, allowance) === undefined;
}

function isRetryable(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && 'code' in outcome && outcome.retryable === true;
}
