import type { Connection } from '../connection.ts';
import { isEventloomError, type PublishError } from '../errors.ts';
import { inParallel } from '../in-parallel.ts';
import { type Entry, type Refusal, refusalOf } from './entry.ts';
import type { Outgoing } from './outgoing.ts';
import { claim, encode, fit, isToClaim } from './prepare.ts';
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

/** An event that is ready to be sent, or the reason why it is not. */
export type Ready = Entry | Refusal;

/**
 * Makes the entry of each event, or says why it cannot be sent. Unless `sendValid`, there is no entry when one event is
 * refused, and no payload is kept elsewhere before all events are known to be valid.
 */
export async function prepareMany<Event>(
  events: readonly Event[],
  outgoingOf: (event: Event) => Outgoing | Refusal,
  { connection, features, concurrency, sendValid }: Preparing,
): Promise<readonly Ready[]> {
  const toClaim: Entry[] = [];
  const encoded = events.map((event, index): Ready => {
    try {
      const outgoing = outgoingOf(event);
      if ('code' in outgoing) return outgoing;
      const entry = encode(connection, outgoing, index);
      if (isToClaim(entry, features)) toClaim.push(entry);
      else fit(entry);
      return entry;
    } catch (error) {
      return refusalBy(error);
    }
  });
  const going = sendValid ? encoded : allOrNone(encoded);
  // Where one is refused the others are not kept either: they are no entries any more.
  await inParallel(going === encoded ? toClaim : [], concurrency, async (entry) => {
    going[entry.index] = await claim(connection, entry, features).catch(refusalBy);
  });
  return sendValid ? going : allOrNone(going);
}

const notSent: Refusal = { code: 'not-sent', message: 'another event of the call was refused' };

/** The same list, unless one is refused. */
function allOrNone(all: Ready[]): Ready[] {
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
