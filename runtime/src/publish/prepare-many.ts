import type { Connection } from '../connection.ts';
import { isEventloomError, type PublishError } from '../errors.ts';
import { inParallel } from '../in-parallel.ts';
import type { Allowance } from './allowance.ts';
import { type Entry, type Refusal, refusalOf } from './entry.ts';
import { type LostGroups, loseGroup } from './lost-groups.ts';
import type { Outgoing } from './outgoing.ts';
import { claim, encode, fit, isToClaim } from './prepare.ts';
import type { PublishFeature } from './publish-feature.ts';

/** How events are made ready. */
export interface Preparing {
  readonly connection: Connection;
  /** How long claims may take. */
  readonly allowance: Allowance;
  readonly features: readonly PublishFeature[];
  /** Claims made at a time. */
  readonly concurrency: number;
  /** Whether events are ready though others are not. */
  readonly sendValid: boolean;
  /** Gets the groups of the claims that are refused: one that is made later comes too late for its group. */
  readonly lost: LostGroups;
}

/** An event that is ready to be sent, or the reason why it is not. */
export type Ready = Entry | Refusal;

/**
 * Makes the entry of each event, or says why it cannot be sent. Unless `sendValid`, there is no entry when one event is
 * refused, and no payload is kept elsewhere before all events are known to be valid. The list is the caller's to change.
 */
export async function prepareMany<Event>(
  events: readonly Event[],
  outgoingOf: (event: Event) => Outgoing,
  { connection, allowance, features, concurrency, sendValid, lost }: Preparing,
): Promise<Ready[]> {
  const toClaim: Entry[] = [];
  let isOneRefused = false;
  const refused = (error: unknown): Refusal => {
    isOneRefused = true;
    return refusalBy(error);
  };
  const ready = events.map((event, index): Ready => {
    try {
      const entry = encode(connection, outgoingOf(event), index);
      if (isToClaim(entry, features)) toClaim.push(entry);
      else fit(entry);
      return entry;
    } catch (error) {
      return refused(error);
    }
  });
  // Where one is refused the others are not kept either.
  await inParallel(isOneRefused && !sendValid ? [] : toClaim, concurrency, async (entry) => {
    ready[entry.index] = await claim(connection, entry, allowance, features).catch((error) => {
      loseGroup(lost, entry);
      return refused(error);
    });
  });
  return isOneRefused && !sendValid ? ready.map((one) => ('code' in one ? one : notSent)) : ready;
}

const notSent: Refusal = { code: 'not-sent', message: 'another event of the call was refused' };

/** The refusal that an error means which was thrown before anything was sent. */
function refusalBy(error: unknown): Refusal {
  if (isEventloomError(error, 'PublishError')) {
    const { code, message, cause } = (error as PublishError).failures[0] ?? (error as PublishError);
    return { code, message, ...(cause !== undefined && { cause }) };
  }
  return isEventloomError(error) ? { code: error.code, message: error.message, cause: error } : refusalOf(error);
}
