import { resourcesOf } from '../carried.ts';
import type { Connection } from '../connection.ts';
import { busClient } from './bus-client.ts';
import { sendCommand } from './cut.ts';
import { accepted, type Entry, type Outcome, refusedIn, unconfirmed } from './entry.ts';

/** Codes of entries that EventBridge may accept when they come again. The SDK retries failed requests, never entries. */
const retryable: readonly string[] = ['InternalFailure', 'InternalException', 'ThrottlingException'];

/** Sends entries, of any buses, in one PutEvents request. Rejects with the SDK's error, after the SDK's own retries. */
export async function sendToBus(
  connection: Connection,
  entries: readonly Entry[],
  signal?: AbortSignal,
  sdk: Promise<typeof import('@aws-sdk/client-eventbridge')> = import('@aws-sdk/client-eventbridge'),
): Promise<Outcome[]> {
  const { PutEventsCommand } = await sdk;
  const command = new PutEventsCommand({ Entries: entries.map(inputOf) });
  const answer = await sendCommand(await busClient(connection), command, signal);
  const results = (answer as Answer | undefined)?.Entries ?? [];
  return entries.map((entry, place) => outcomeOf(entry, answer, results[place]));
}

function inputOf({ event, options, address, body }: Entry) {
  const input = { EventBusName: address, Source: event.source, DetailType: event.name, Detail: body };
  const { time: Time, traceHeader: TraceHeader } = options;
  const Resources = resourcesOf(options);
  // Most events have nothing beside them, and the SDK looks at each field that is there.
  return Time || TraceHeader || Resources ? { ...input, Time, TraceHeader, Resources } : input;
}

interface Answer {
  readonly Entries?: readonly Result[];
}

interface Result {
  readonly EventId?: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

function outcomeOf(entry: Entry, answer: unknown, { EventId, ErrorCode: code, ErrorMessage }: Result = {}): Outcome {
  if (EventId && code === undefined) return accepted(entry, EventId);
  if (EventId || code === undefined) return unconfirmed;
  return refusedIn(answer, { code, message: ErrorMessage ?? code, retryable: retryable.includes(code) });
}
