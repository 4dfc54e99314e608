import { retentionSecondsMaximum, tableItemBytes } from '@eventloom/engine';
import { PermanentError } from '../errors.ts';
import type { EventPart } from '../events.ts';
import type { Call } from '../feature.ts';
import type { Item } from '../store/attribute-value.ts';
import type { Table, Written } from '../store/table.ts';

/** An event as it is received. */
export type GatheredEvent = Call['event'];

/** How a group ended: handled with all its parts, or without some, or given up. */
export type GroupStatus = 'complete' | 'incomplete' | 'timed-out';

/** The parts of one split that have come to a consumer so far. */
export interface Group {
  /** The split, as the parts name it. */
  readonly of: string;
  readonly count: number;
  /** The indexes that have not come, in order. */
  readonly missing: readonly number[];
  /** Milliseconds since 1970 until which the group waits. */
  readonly deadline: number;
  /** The message that is kept on the queue to tell when the deadline has come: that of the first part. */
  readonly timer: string;
  /** Milliseconds since 1970 until which somebody is handling the group; 0 when nobody is. */
  readonly lease: number;
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
  // As long as a message can be on its way, the group is remembered, so that a late part is known to be late.
  const expiration = Math.ceil(now / 1_000) + timeoutSeconds + retentionSecondsMaximum;
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

/** Takes a group for oneself until a time; `written` is false when it has ended, or somebody else has it. */
export function take(table: Table, head: string, until: number, now: number): Promise<Written> {
  return table.update(head, {
    update: 'SET #lease = :until',
    condition: 'attribute_not_exists(#status) AND (attribute_not_exists(#lease) OR #lease < :now)',
    values: { until, now },
  });
}

/** Gives a group back, for somebody to try again. */
export function giveBack(table: Table, head: string, until: number): Promise<Written> {
  return table.update(head, { update: 'REMOVE #lease', condition: '#lease = :until', values: { until } });
}

/** Ends a group. */
export function end(
  table: Table,
  head: string,
  until: number,
  { status, messageId }: { readonly status: GroupStatus; readonly messageId: string },
): Promise<Written> {
  return table.update(head, {
    update: 'SET #status = :status, #endedBy = :messageId REMOVE #lease',
    condition: '#lease = :until',
    values: { until, status, messageId },
  });
}

/** Reads what stands at the head of a group. */
export function groupOf(of: string, item: Item = {}): Group {
  const count = Number(item.count ?? 0);
  return {
    of,
    count,
    missing: Array.from({ length: count }, (_, index) => index).filter((index) => item[`p${index}`] === undefined),
    deadline: Number(item.deadline ?? 0),
    timer: String(item.timer ?? ''),
    lease: Number(item.lease ?? 0),
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
