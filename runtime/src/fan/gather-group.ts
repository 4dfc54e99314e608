import { retentionSecondsMaximum, tableItemBytes } from '@eventloom/engine';
import { PermanentError } from '../errors.ts';
import type { EventPart } from '../events.ts';
import type { Call } from '../feature.ts';
import { inParallel } from '../in-parallel.ts';
import type { Item } from '../store/attribute-value.ts';
import type { Table, Written } from '../store/table.ts';

/** An event as it is received. */
export type GatheredEvent = Call['event'];

/** How a group ended: handled with all its parts, or without some, or given up until another of its parts comes. */
export type GroupStatus = 'complete' | 'incomplete' | 'timed-out';

/** The parts of one split that have come to a consumer so far. */
export interface Group {
  /** The split, as the parts name it. */
  readonly of: string;
  readonly count: number;
  /** The indexes that have come, in order. */
  readonly present: readonly number[];
  /** The indexes that have not come, in order; of a group that has ended, those that it ended without. */
  readonly missing: readonly number[];
  /** Milliseconds since 1970 until which the group waits. */
  readonly deadline: number;
  /** The message that is kept on the queue to tell when the deadline has come: that of the first part. */
  readonly timer: string;
  /** Milliseconds since 1970 until which somebody is handling the group; 0 when nobody is. */
  readonly lease: number;
  /** Who that is. */
  readonly owner: string | undefined;
  /** Undefined while it waits. */
  readonly status: GroupStatus | undefined;
  /** The message with which it ended. */
  readonly endedBy: string | undefined;
}

/** A part that has come, and when. */
export interface Arrival {
  readonly key: string;
  readonly event: GatheredEvent;
  readonly part: EventPart;
  readonly messageId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly timeoutSeconds: number;
}

/** The head of a group in the table; its parts stand beside it. */
export const headId = (key: string, of: string): string => `gather#${key}#${of}`;

const partId = (head: string, index: number): string => `${head}#${index}`;

/** Bytes of an item of a part beside its event and its id: names of attributes and numbers. */
const itemOverheadBytes = 100;

/**
 * Keeps a part, then marks it at the head of its group, so that what is marked can be read. Doing it again changes
 * nothing. `written` is false when the group has ended, or has another count.
 */
export async function join(table: Table, arrival: Arrival): Promise<Written> {
  const { key, event, part, messageId, now, timeoutSeconds } = arrival;
  const head = headId(key, part.of);
  const id = partId(head, part.index);
  const expiration = expirationOf(arrival);
  const text = JSON.stringify(event);
  const bytes = new TextEncoder().encode(id + text).length + itemOverheadBytes;
  if (bytes > tableItemBytes) {
    const message = `Part ${part.index} of ${part.of} takes ${bytes} bytes, of which an item of the table holds ${tableItemBytes}`;
    throw new PermanentError(message, { code: 'part-too-large' });
  }
  await table.put({ id, event: text, expiration }, { condition: 'attribute_not_exists(#id)' });
  return table.update(head, {
    update:
      `SET #p${part.index} = :true, #count = :count, #deadline = if_not_exists(#deadline, :deadline), ` +
      '#timer = if_not_exists(#timer, :messageId), #expiration = if_not_exists(#expiration, :expiration)',
    condition: 'attribute_not_exists(#status) AND (attribute_not_exists(#count) OR #count = :count)',
    values: { true: true, count: part.count, deadline: now + timeoutSeconds * 1_000, messageId, expiration },
  });
}

/**
 * As long as a message can be on its way, or lie on a dead-letter queue, the group is remembered: a late part is known to
 * be late, and a part that is redriven finds the others.
 */
const expirationOf = ({ now, timeoutSeconds }: Arrival): number =>
  Math.ceil(now / 1_000) + timeoutSeconds + retentionSecondsMaximum;

/**
 * Has a group that has timed out wait anew, with this message as its timer, and keeps what has come for as long as that
 * takes. Does nothing when somebody else has done it meanwhile.
 */
export async function reopen(table: Table, arrival: Arrival, { present, endedBy = '' }: Group): Promise<void> {
  const { key, part, messageId, now, timeoutSeconds } = arrival;
  const head = headId(key, part.of);
  const expiration = expirationOf(arrival);
  await inParallel(present, keptAtATime, (index) =>
    table.update(partId(head, index), {
      update: 'SET #expiration = :expiration',
      condition: 'attribute_exists(#id)',
      values: { expiration },
    }),
  );
  await table.update(head, {
    update:
      'SET #deadline = :deadline, #timer = :messageId, #expiration = :expiration REMOVE #status, #endedBy, #missing',
    condition: '#status = :status AND #endedBy = :endedBy',
    values: { deadline: now + timeoutSeconds * 1_000, messageId, expiration, status: 'timed-out', endedBy },
  });
}

const keptAtATime = 10;

/** The right to handle a group, which one delivery has at a time. */
export interface Lease {
  readonly head: string;
  /** Unlike that of every other lease. */
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Takes a group; `written` is false when it has ended, or somebody has it already. */
export function take(table: Table, { head, owner, until }: Lease, now: number): Promise<Written> {
  return table.update(head, {
    update: 'SET #lease = :until, #owner = :owner',
    condition: 'attribute_not_exists(#status) AND (attribute_not_exists(#lease) OR #lease < :now)',
    values: { until, owner, now },
  });
}

/** Gives a group back, for somebody to try again. */
export function giveBack(table: Table, { head, owner }: Lease): Promise<Written> {
  return table.update(head, { update: 'REMOVE #lease, #owner', condition: '#owner = :owner', values: { owner } });
}

/** Ends a group. What it ended without is kept, since a part may be marked while the group is being handled. */
export function end(
  table: Table,
  { head, owner }: Lease,
  ending: { readonly status: GroupStatus; readonly messageId: string; readonly missing: readonly number[] },
): Promise<Written> {
  return table.update(head, {
    update: 'SET #status = :status, #endedBy = :messageId, #missing = :missing REMOVE #lease, #owner',
    condition: '#owner = :owner',
    values: { owner, ...ending },
  });
}

/** Reads what stands at the head of a group. */
export function groupOf(of: string, item: Item = {}): Group {
  const count = Number(item.count ?? 0);
  const indexes = Array.from({ length: count }, (_, index) => index);
  const hasCome = (index: number): boolean => item[`p${index}`] !== undefined;
  return {
    of,
    count,
    present: indexes.filter(hasCome),
    missing: (item.missing as readonly number[] | undefined) ?? indexes.filter((index) => !hasCome(index)),
    deadline: Number(item.deadline ?? 0),
    timer: String(item.timer ?? ''),
    lease: Number(item.lease ?? 0),
    owner: item.owner as string | undefined,
    status: item.status as GroupStatus | undefined,
    endedBy: item.endedBy as string | undefined,
  };
}

/** Reads a part that has come. */
export async function partOf(table: Table, head: string, index: number): Promise<GatheredEvent> {
  const item = await table.get(partId(head, index));
  if (!item) throw new Error(`The table has lost ${partId(head, index)}`);
  const event = JSON.parse(String(item.event)) as GatheredEvent;
  return { ...event, time: new Date(event.time) };
}
