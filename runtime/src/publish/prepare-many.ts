import type { Connection } from '../connection.ts';
import { isEventloomError, type PublishError } from '../errors.ts';
import { type Entry, type Refusal, refusalOf } from './entry.ts';
import { inParallel } from './in-parallel.ts';
import type { Outgoing } from './outgoing.ts';
import { claim, type Encoded, encode, fit, isToClaim } from './prepare.ts';
import type { PublishFeature } from './publish-feature.ts';

/** How events are made ready. */
export interface Preparing {
  readonly connection: Connection;
  readonly features: readonly PublishFeature[];
  /** Claims made at a time. */
  readonly concurrency: number;
  /** Whether events are ready though others are not. */
  readonly sendValid: boolean;
}

/**
 * Makes the entry of each event, or says why it cannot be sent. Unless `sendValid`, there is no entry when one event is
 * refused, and no payload is kept elsewhere before all events are known to be valid.
 */
export async function prepareMany(
  events: readonly (Outgoing | Refusal)[],
  preparing: Preparing,
): Promise<readonly (Entry | Refusal)[]> {
  const { connection, features, concurrency, sendValid } = preparing;
  const encoded = events.map((event) => ('code' in event ? event : encodeOne(event, preparing)));
  const going = sendValid ? encoded : allOrNone(encoded);
  const claims: [number, Encoded][] = [];
  const entries = going.map((one, index): Entry | Refusal => {
    if ('code' in one) return one;
    if (isToClaim(one, features)) claims.push([index, one]);
    return one.entry;
  });
  await inParallel(claims, concurrency, async ([index, one]) => {
    entries[index] = await claim(connection, one, features).catch(refusalBy);
  });
  return sendValid ? entries : allOrNone(entries);
}

function encodeOne(event: Outgoing, { connection, features }: Preparing): Encoded | Refusal {
  try {
    const encoded = encode(connection, event);
    if (!isToClaim(encoded, features)) fit(encoded);
    return encoded;
  } catch (error) {
    return refusalBy(error);
  }
}

const notSent: Refusal = { code: 'not-sent', message: 'another event of the call was refused' };

function allOrNone<T extends object>(all: readonly (T | Refusal)[]): readonly (T | Refusal)[] {
  return all.some((one) => 'code' in one) ? all.map((one) => ('code' in one ? one : notSent)) : all;
}

/** The refusal that an error means which was thrown before anything was sent. */
function refusalBy(error: unknown): Refusal {
  if (isEventloomError(error, 'PublishError')) {
    const { code, message, cause } = (error as PublishError).failures[0] ?? (error as PublishError);
    return { code, message, ...(cause !== undefined && { cause }) };
  }
  return isEventloomError(error) ? { code: error.code, message: error.message, cause: error } : refusalOf(error);
}
