import { limits } from '@eventloom/engine';
import type { Queues, StandingMessage } from './aws.ts';
import { isFifo } from './target.ts';

/** Reads a dead-letter queue once, from one end to the other. */
export interface LetterReader {
  /**
   * Up to ten messages that it has not shown before, at times none; null at the end of the queue. They are hidden until
   * the end of the run. Rejects when receiving fails.
   */
  next(): Promise<readonly StandingMessage[] | null>;
  /** Notes that a message is deleted. */
  forget(id: string): void;
  /** Shows again what stays. What cannot be shown again now shows itself when its time is over. */
  close(): Promise<void>;
  /** What it has not seen at the end of the queue. */
  unseen(): Unseen;
}

/** What may stand on a dead-letter queue that SQS does not show while other messages are hidden. */
export interface Unseen {
  /** Message groups of a FIFO queue: SQS shows no message of a group before those in front of it are deleted. */
  readonly blockedGroups: readonly string[];
  /** True when SQS shows nothing more at all, since so many messages are hidden. */
  readonly isQuotaReached: boolean;
}

/** Long enough for the slowest run over ten messages, short enough to wait for when a run was killed. */
const firstHiddenSeconds = 120;

interface Held {
  readonly receipt: string;
  readonly groupId: string | undefined;
  readonly hiddenSeconds: number;
}

/**
 * Reads until a receive is empty. What comes a second time, since it was hidden for too short a time, is hidden for
 * twice as long from then on, so that the end comes however many messages stay.
 *
 * On a FIFO queue, what stays locks its group. So it is shown again together with what is behind it, as long as that
 * brings something new.
 */
export function readLetters(queues: Queues, url: string): LetterReader {
  const held = new Map<string, Held>();
  const seen = new Set<string>();
  const blocked = new Set<string>();
  const most = limits.receiveMessages.value;
  const shownTogether = limits.changeVisibilityBatchEntries.value;
  let hiddenSeconds = firstHiddenSeconds;
  let unlocked: ReadonlySet<string | undefined> = new Set();

  async function show(ids: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length; from += shownTogether) {
      const some = ids.slice(from, from + shownTogether);
      await queues
        .release(
          url,
          some.flatMap((id) => held.get(id)?.receipt ?? []),
        )
        .catch(() => {});
      for (const id of some) held.delete(id);
    }
  }

  function noteGroups(received: readonly StandingMessage[], fresh: readonly StandingMessage[]): void {
    const shown = new Set(fresh.map(({ groupId }) => groupId));
    for (const groupId of new Set(received.map((message) => message.groupId))) {
      const isAlone = received.length === most && received.every((message) => message.groupId === groupId);
      if (isAlone && !shown.has(groupId)) blocked.add(groupId ?? '');
      else blocked.delete(groupId ?? '');
    }
    // A full answer may have had no room for the rest of its last group.
    const last = received.at(-1)?.groupId;
    if (received.length === most && !blocked.has(last ?? '')) shown.add(last);
    unlocked = shown;
  }

  return {
    next: async () => {
      await show([...held].filter(([, { groupId }]) => unlocked.has(groupId)).map(([id]) => id));
      const received = await queues.receive(url, hiddenSeconds);
      if (received.length === 0) return null;
      for (const { id, receipt, groupId } of received) {
        const before = held.get(id)?.hiddenSeconds ?? 0;
        held.set(id, { receipt, groupId, hiddenSeconds });
        hiddenSeconds = Math.min(Math.max(hiddenSeconds, 2 * before), limits.visibilityTimeoutSecondsMaximum.value);
      }
      const fresh = received.filter(({ id }) => !seen.has(id));
      for (const { id } of fresh) seen.add(id);
      if (isFifo(url)) noteGroups(received, fresh);
      return fresh;
    },
    forget: (id) => {
      held.delete(id);
    },
    close: () => show([...held.keys()]),
    unseen: () => ({
      blockedGroups: [...blocked],
      isQuotaReached: held.size >= limits.messagesInFlight.value,
    }),
  };
}
