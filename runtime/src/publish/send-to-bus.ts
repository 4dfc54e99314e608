import { systemClock } from '../clock.ts';
import type { AwsClient, Connection } from '../connection.ts';
import { type BusEntry, type Outcome, refusalOf } from './entry.ts';

/** Codes of entries that EventBridge may accept when they come again. The SDK retries failed requests, never entries. */
const retryable: ReadonlySet<string> = new Set(['InternalFailure', 'InternalException', 'ThrottlingException']);

const maximumAttempts = 5;
const firstBackoffMilliseconds = 100;
const longestBackoffMilliseconds = 5_000;

/**
 * Sends the entries in one PutEvents request, then only those again that failed with a retryable code, with
 * exponential back-off and full jitter. Never rejects; every entry has its outcome.
 */
export async function sendToBus(connection: Connection, entries: readonly BusEntry[]): Promise<Map<unknown, Outcome>> {
  const outcomes = new Map<unknown, Outcome>();
  let pending = entries;
  for (let attempt = 1; pending.length > 0; attempt++) {
    if (attempt > 1) await (connection.clock ?? systemClock).sleep(backoffMilliseconds(attempt));
    for (const [entry, outcome] of await putEvents(connection, pending)) outcomes.set(entry, outcome);
    pending = attempt < maximumAttempts ? pending.filter((entry) => isRetryable(outcomes.get(entry))) : [];
  }
  return outcomes;
}

async function putEvents({ clients }: Connection, entries: readonly BusEntry[]): Promise<[BusEntry, Outcome][]> {
  try {
    const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
    clients.eventBridge ??= new EventBridgeClient({}) as AwsClient;
    const answer = await clients.eventBridge.send(new PutEventsCommand({ Entries: entries.map(({ input }) => input) }));
    const results = (answer as Answer | undefined)?.Entries ?? [];
    return entries.map((entry, index) => [entry, outcomeOf(results[index])]);
  } catch (cause) {
    // The SDK has retried the request already: a cause here is final, whatever its code.
    const refusal = refusalOf(cause);
    return entries.map((entry) => [entry, refusal]);
  }
}

interface Answer {
  readonly Entries?: readonly Result[];
}

interface Result {
  readonly EventId?: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

function outcomeOf(result: Result = {}): Outcome {
  if (result.EventId !== undefined) return { id: result.EventId };
  const { ErrorCode = 'unconfirmed', ErrorMessage = 'EventBridge did not say what became of it' } = result;
  return { code: ErrorCode, message: ErrorMessage };
}

/** A refusal with a cause concerns the whole request. */
function isRetryable(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && 'code' in outcome && !('cause' in outcome) && retryable.has(outcome.code);
}

function backoffMilliseconds(attempt: number): number {
  return Math.random() * Math.min(longestBackoffMilliseconds, firstBackoffMilliseconds * 2 ** (attempt - 2));
}
