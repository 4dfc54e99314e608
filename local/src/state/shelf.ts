import { type Heap, pop, push } from '../time/heap.ts';
import type { Message } from './message.ts';

/** The messages of one queue, in the order in which they may be received. */
export interface Shelf {
  add(message: Message): void;
  /**
   * Takes the next message that is visible at `now` and hides it until `hiddenUntil`.
   * `receive` numbers the receive call: messages of one FIFO group may be taken together by one call only.
   */
  take(now: number, hiddenUntil: number, receive: number): Message | undefined;
  /** Says that `visibleAt` of a message has changed. */
  reschedule(message: Message): void;
  remove(message: Message): void;
  /** The earliest time at which `take` may find something; null when the shelf holds nothing. */
  nextVisibleAt(now: number): number | null;
  /** By message id. */
  readonly all: ReadonlyMap<string, Message>;
}

interface Hidden {
  readonly at: number;
  readonly order: number;
  readonly message: Message;
}

/** A standard queue: first come, first served, as far as visibility allows. */
export function createStandardShelf(): Shelf {
  const all = new Map<string, Message>();
  const hidden: Heap<Hidden> = [];
  const hide = (message: Message) => push(hidden, { at: message.visibleAt, order: message.sequence, message });
  /** Entries of messages that were deleted, or hidden again since, are stale. */
  const isCurrent = ({ at, message }: Hidden) => all.get(message.id) === message && message.visibleAt === at;
  return {
    all,
    add: (message) => {
      all.set(message.id, message);
      hide(message);
    },
    take: (now, hiddenUntil, receive) => {
      for (let first = hidden[0]; first !== undefined && first.at <= now; first = hidden[0]) {
        pop(hidden);
        if (!isCurrent(first)) continue;
        mark(first.message, hiddenUntil, receive);
        hide(first.message);
        return first.message;
      }
      return undefined;
    },
    reschedule: hide,
    remove: (message) => all.delete(message.id),
    nextVisibleAt: () => {
      for (let first = hidden[0]; first !== undefined; first = hidden[0]) {
        if (isCurrent(first)) return first.at;
        pop(hidden);
      }
      return null;
    },
  };
}

/** A FIFO queue: order within a group, and no message of a group while another of it is hidden. */
export function createFifoShelf(): Shelf {
  const all = new Map<string, Message>();
  const groups = new Map<string, Message[]>();
  return {
    all,
    add: (message) => {
      all.set(message.id, message);
      const group = groups.get(message.groupId ?? '');
      if (group === undefined) groups.set(message.groupId ?? '', [message]);
      else group.push(message);
    },
    take: (now, hiddenUntil, receive) => {
      for (const group of groups.values()) {
        const message = firstFree(group, now, receive);
        if (message === undefined) continue;
        mark(message, hiddenUntil, receive);
        return message;
      }
      return undefined;
    },
    reschedule: () => {},
    remove: (message) => {
      all.delete(message.id);
      const group = groups.get(message.groupId ?? '') ?? [];
      const index = group.indexOf(message);
      if (index >= 0) group.splice(index, 1);
      if (group.length === 0) groups.delete(message.groupId ?? '');
    },
    nextVisibleAt: (now) => {
      let earliest: number | null = null;
      for (const group of groups.values()) {
        const at = group.reduce((latest, { visibleAt }) => Math.max(latest, visibleAt), now);
        if (earliest === null || at < earliest) earliest = at;
      }
      return earliest;
    },
  };
}

/** The first visible message of a group, unless another of the group is in the hands of an earlier receive. */
function firstFree(group: readonly Message[], now: number, receive: number): Message | undefined {
  let first: Message | undefined;
  for (const message of group) {
    if (message.visibleAt <= now) first ??= message;
    else if (message.takenBy !== receive) return undefined;
  }
  return first;
}

function mark(message: Message, hiddenUntil: number, receive: number): void {
  message.visibleAt = hiddenUntil;
  message.takenBy = receive;
}
