import { systemClock } from '../clock.ts';
import { RetryLater } from '../errors.ts';
import type { Call } from '../feature.ts';

/**
 * Throws a `RetryLater` with the code `too-late` when the right to handle an event, taken until so many milliseconds
 * since 1970, is of no use any more: another may have it by now, or the invocation has been answered without waiting.
 * So it is when the store answers late, and when Lambda has frozen the sandbox meanwhile, which then goes on where it was.
 */
export function assertInTime({ context: { signal }, session: { connection } }: Call, until: number): void {
  const now = (connection.clock ?? systemClock).now().getTime();
  if (signal.aborted || now >= until) {
    throw new RetryLater('No time was left when the event could be handled', 0, { code: 'too-late' });
  }
}
