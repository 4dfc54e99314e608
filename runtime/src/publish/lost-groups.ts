import type { Entry } from './entry.ts';
import { isFifo } from './is-fifo.ts';

/**
 * The message groups of FIFO topics and queues that have lost an event: for each the place of the first that was lost,
 * from 0 in the call, or -1 where an earlier call lost it. What comes behind it is not sent.
 */
export type LostGroups = Map<string, number>;

/** Remembers that the group of an entry has lost it. */
export function loseGroup(lost: LostGroups, entry: Entry): void {
  if (!isFifo(entry.address)) return;
  const group = groupOf(entry);
  lost.set(group, Math.min(entry.index, lost.get(group) ?? entry.index));
}

/** Tells whether the group of an entry has lost one before it. */
export function isBehindLost(lost: LostGroups, entry: Entry): boolean {
  return (lost.get(groupOf(entry)) ?? entry.index) < entry.index;
}

/** The message group of a FIFO topic or queue. */
export function groupOf({ address, message }: Entry): string {
  return JSON.stringify([address, message?.MessageGroupId]);
}
