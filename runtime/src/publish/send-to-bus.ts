import type { Connection, RequestOptions } from '../connection.ts';
import { busClient } from './bus-client.ts';
import { type BusEntry, type Outcome, unconfirmed } from './entry.ts';

/** Codes of entries that EventBridge may accept when they come again. The SDK retries failed requests, never entries. */
const retryable: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'InternalFailure',
  'InternalException',
  'ThrottlingException',
]);

/** Sends entries, of any buses, in one PutEvents request. Rejects with the SDK's error, after the SDK's own retries. */
export async function sendToBus(
  connection: Connection,
  entries: readonly BusEntry[],
  options?: RequestOptions,
  sdk: Promise<typeof import('@aws-sdk/client-eventbridge')> = import('@aws-sdk/client-eventbridge'),
): Promise<Outcome[]> {
  const { PutEventsCommand } = await sdk;
  const command = new PutEventsCommand({ Entries: entries.map(({ input }) => input) });
  const answer = await (await busClient(connection)).send(command, options);
  const results = (answer as Answer | undefined)?.Entries ?? [];
  return entries.map((_, index) => outcomeOf(results[index]));
}

interface Answer {
  readonly Entries?: readonly Result[];
}

interface Result {
  readonly EventId?: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

function outcomeOf({ EventId, ErrorCode: code, ErrorMessage }: Result = {}): Outcome {
  if (EventId !== undefined) return { id: EventId };
  if (code === undefined) return unconfirmed;
  return { code, message: ErrorMessage ?? code, retryable: retryable.has(code) };
}
