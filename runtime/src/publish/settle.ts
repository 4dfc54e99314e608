import type { Connection } from '../connection.ts';
import { type Allowance, refusedBy } from './allowance.ts';
import { untilCut } from './cut.ts';
import { type Entry, type Outcome, refusalOf, unconfirmed } from './entry.ts';
import type { SendOnce } from './transport.ts';

const maximumAttempts = 10;
const firstBackoffMilliseconds = 100;
const longestBackoffMilliseconds = 5_000;

/**
 * Sends entries in one request, then only those again that failed and may succeed, with exponential back-off and full
 * jitter, as long as `allowance` lasts. A request that failed as a whole has been retried by the SDK and is not sent
 * again. Never rejects; every entry has its outcome.
 */
export async function settle(
  connection: Connection,
  sendOnce: SendOnce,
  entries: readonly Entry[],
  allowance: Allowance,
): Promise<readonly Outcome[]> {
  const { cut } = allowance;
  const outcomes: Outcome[] = [];
  let places = entries.map((_, place) => place);
  let going = entries;
  // The attempt stands in the loop: as a function that waits it would be one more for each request to come back through.
  for (let attempt = 1; ; attempt++) {
    let answer: readonly Outcome[];
    try {
      answer = await untilCut(cut, sendOnce(connection, going, cut.signal));
    } catch (cause) {
      // What was cut off may have been accepted all the same.
      const refusal = cut.signal.aborted ? { ...unconfirmed, cause } : refusalOf(cause);
      answer = going.map(() => refusal);
    }
    if (attempt === 1 && !answer.some((outcome) => 'code' in outcome)) return answer;
    for (const [index, place] of places.entries()) {
      const outcome = answer[index] ?? unconfirmed;
      const wasUnsure = Object(outcomes[place]).isUnsure === true;
      outcomes[place] = wasUnsure && 'code' in outcome ? { ...outcome, isUnsure: true } : outcome;
    }
    places = places.filter((place) => isRetryable(outcomes[place]));
    if (places.length === 0 || attempt === maximumAttempts || !(await backOff(connection, attempt, allowance))) {
      return outcomes.map(sure);
    }
    going = places.flatMap((place) => entries[place] ?? []);
  }
}

/** What AWS refuses once it may have accepted it is not refused for sure. */
function sure(outcome: Outcome): Outcome {
  return 'code' in outcome && outcome.isUnsure ? { ...unconfirmed, cause: outcome } : outcome;
}

/** Waits after so many attempts; false when there is no time for another. */
async function backOff(connection: Connection, attempts: number, allowance: Allowance): Promise<boolean> {
  const most = Math.min(longestBackoffMilliseconds, firstBackoffMilliseconds * 2 ** (attempts - 1));
  const delay = (connection.clock?.random ?? Math.random)() * most;
  if (refusedBy(connection, allowance, delay)) return false;
  // Not the system's clock: its timer would keep the process alive when the call is cut off.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const sleep =
    connection.clock?.sleep(delay) ??
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, delay);
    });
  // Cut off it ends as well: what is asked next says so.
  await untilCut(allowance.cut, sleep).catch(() => {});
  clearTimeout(timer);
  return refusedBy(connection, allowance) === undefined;
}

function isRetryable(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && 'code' in outcome && outcome.retryable === true;
}
