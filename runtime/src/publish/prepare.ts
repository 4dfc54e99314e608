import { addressOf, type Connection } from '../connection.ts';
import { assertValid } from '../validate.ts';
import { type Allowance, assertInTime } from './allowance.ts';
import { checkOptions } from './check-options.ts';
import { correlate } from './correlate.ts';
import { untilCut } from './cut.ts';
import type { Entry } from './entry.ts';
import { type Outgoing, refuse } from './outgoing.ts';
import type { PublishFeature } from './publish-feature.ts';

/**
 * Makes the entry that goes over the wire; sends nothing.
 * Rejects with a `ValidationFailure`, or with a `PublishError` for an event that AWS would refuse.
 */
export async function prepare(
  connection: Connection,
  outgoing: Outgoing,
  allowance: Allowance,
  features: readonly PublishFeature[] = [],
): Promise<Entry> {
  const entry = encode(connection, outgoing);
  return isToClaim(entry, features) ? claim(connection, entry, allowance, features) : fit(entry);
}

/**
 * Validates the event, and makes its entry, whatever its size. `index` is its place in the call. Throws a
 * `ValidationFailure`, or a `PublishError` for what no destination of its kind takes.
 */
export function encode(connection: Connection, given: Outgoing, index = 0): Entry {
  const outgoing = correlate(given);
  if (outgoing.options.validate !== false) assertValid(outgoing.event, outgoing.payload);
  return entryOf(connection, outgoing, index);
}

/** The entry, if it is small enough to be sent. Throws a `PublishError` otherwise. */
export function fit(entry: Entry): Entry {
  const most = maximumBytes(entry);
  if (entry.bytes <= most) return entry;
  const { kind } = entry.event.destination.transport;
  throw refuse(entry, 'event-too-large', `${entry.bytes} bytes, of which its ${kind} carries ${most}`);
}

/** Tells whether the payload is to be kept elsewhere (`x-claim-check`). */
export function isToClaim(entry: Entry, features: readonly PublishFeature[]): boolean {
  const { claimCheck } = entry.event;
  if (claimCheck === undefined || !features.some((feature) => feature.claim)) return false;
  return entry.bytes > Math.min(claimCheck.aboveBytes ?? Number.POSITIVE_INFINITY, maximumBytes(entry));
}

/** Keeps the payload elsewhere, and makes the entry of what is sent in its place. Rejects with a `PublishError`. */
export async function claim(
  connection: Connection,
  entry: Entry,
  allowance: Allowance,
  features: readonly PublishFeature[],
): Promise<Entry> {
  let claimed: Outgoing = entry;
  for (const { claim } of features) {
    if (!claim) continue;
    assertInTime(connection, allowance, entry);
    claimed = await untilCut(allowance.cut, claim(claimed, connection, allowance.cut.signal)).catch((error) => {
      // One that was cut off has the reason of that.
      assertInTime(connection, allowance, entry);
      throw error;
    });
  }
  return fit(entryOf(connection, claimed, entry.index));
}

function maximumBytes({ event }: Outgoing): number {
  return event.maximumBytes ?? event.destination.transport.requestBytes;
}

function entryOf(connection: Connection, outgoing: Outgoing, index: number): Entry {
  const { event, payload, options } = outgoing;
  const { transport, environmentVariable } = event.destination;
  checkOptions(outgoing);
  const address = addressOf(connection, environmentVariable);
  const body = jsonOf(outgoing);
  const message = transport.messageOf?.(connection, outgoing, address);
  const bytes = transport.bytesOf(outgoing, body, message);
  return { event, payload, options, index, address, body, bytes, message };
}

/** `JSON.stringify` throws at cycles and bigints, and has no text for `undefined`. */
function jsonOf(outgoing: Outgoing): string {
  let cause: unknown;
  try {
    const text: string | undefined = JSON.stringify(outgoing.payload);
    if (text !== undefined) return text;
  } catch (error) {
    cause = error;
  }
  throw refuse(outgoing, 'not-json', 'its payload has no form in JSON', cause);
}
