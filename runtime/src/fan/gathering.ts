import { tableItemBytes } from '@eventloom/engine';
import { systemClock } from '../clock.ts';
import { isEventloomError, PermanentError, RetryLater } from '../errors.ts';
import type { EventPart } from '../events.ts';
import type { Call, Feature } from '../feature.ts';
import { inParallel } from '../in-parallel.ts';
import { assertInTime } from '../store/assert-in-time.ts';
import { checkTable } from '../store/check-table.ts';
import { type Table, tableOf } from '../store/table.ts';
import {
  end,
  type Group,
  type GroupStatus,
  giveBack,
  groupOf,
  headId,
  join,
  type Lease,
  partOf,
  reopen,
  take,
} from './gather-group.ts';
import { type GatheringContext, timeoutError } from './gather-handler.ts';

/**
 * Gathers the parts of a split (`x-gather`) in the service's table, and calls the user's function ({@link gatherHandler})
 * once, when the last has come. What fails then is tried again with the message that brought the last part; when that
 * is lost too, with that of the first.
 *
 * The message of the first part stays on the queue until the time of the group is up (`RetryLater`); if the group is not
 * complete then, it ends with what has come. Each return costs one of the queue's receives. A group that timed out without
 * the user's code taking what has come waits anew when another part of it comes, late or redriven.
 *
 * Fails with a `PermanentError` of code `no-part` for an event that is no part, `part-mismatch` for one that disagrees
 * with the other parts, `part-too-large` for one that no item of a table can hold, `too-many-parts` above 40,860,
 * `gather-timeout` when time is up and the user's code does not take what has come, `gather-closed` for a part that comes
 * after it has. A `RetryLater` has the code `gather-waiting`, `gather-busy`, or `too-late` when no time is left.
 */
export const gathering: Feature = {
  check: (options) => checkTable(options, undefined),
  around: async (call, next) => {
    const part = checkedPart(call);
    const table = tableOf(call.session.connection);
    const { key, gather: { timeoutSeconds } = { timeoutSeconds: 0 } } = call.session.definition;
    const now = nowOf(call);
    const arrival = { key, event: call.event, part, messageId: call.messageId, now, timeoutSeconds };
    let { written, item } = await join(table, arrival);
    let group = groupOf(part.of, item);
    if (!written) {
      if (isDone(call, group, part)) return;
      await reopen(table, arrival, group);
      ({ written, item } = await join(table, arrival));
      if (!written) throw busy(0);
      group = groupOf(part.of, item);
    }
    if (group.missing.length === 0 || now >= group.deadline) return finish({ call, table, part }, next);
    if (group.timer !== call.messageId) return;
    throw later(
      `${group.missing.length} of ${group.count} parts have not come`,
      group.deadline - now,
      'gather-waiting',
    );
  },
};

interface Turn {
  readonly call: Call;
  readonly table: Table;
  readonly part: EventPart;
}

const nowOf = ({ session }: Call): number => (session.connection.clock ?? systemClock).now().valueOf();

const later = (message: string, milliseconds: number, code: string): RetryLater =>
  new RetryLater(message, Math.ceil(milliseconds / 1_000), { code });

const busy = (milliseconds: number): RetryLater => later('Its group is being handled', milliseconds, 'gather-busy');

function checkedPart({ event, session }: Call): EventPart {
  const { part } = event;
  if (!part) {
    const message = `${session.definition.key} gathers the parts of a split, and ${event.name} ${event.id} is none`;
    throw new PermanentError(message, { code: 'no-part' });
  }
  if (part.index >= part.count) throw mismatch(part, `index ${part.index} of ${part.count}`);
  if (part.count > mostParts) {
    throw new PermanentError(`${part.of} has ${part.count} parts, of which ${mostParts} can be gathered`, {
      code: 'too-many-parts',
    });
  }
  return part;
}

/** The head of a group holds a mark of up to ten bytes for each. */
const mostParts = Math.floor(tableItemBytes / 10) - 100;

const mismatch = ({ of }: EventPart, what: string): PermanentError =>
  new PermanentError(`A part of ${of} does not go with the others: ${what}`, { code: 'part-mismatch' });

/**
 * Tells whether all is done for a part that its group does not take. It is not for one that comes, late or redriven, when
 * its group has timed out: with it the group may be complete.
 */
function isDone({ messageId }: Call, group: Group, part: EventPart): boolean {
  const { status, endedBy, timer, of, missing, count } = group;
  if (part.count !== count) throw mismatch(part, `${part.count} parts, and not ${count}`);
  if (status === 'timed-out') {
    // The message that ended the group comes again when it could not be dead-lettered.
    if (endedBy === messageId) throw timeoutError(of, missing, count);
    return timer === messageId;
  }
  if (!missing.includes(part.index)) return true;
  throw new PermanentError(`Part ${part.index} of ${of} came after its group had ended`, { code: 'gather-closed' });
}

/** Calls the user's function, unless somebody else does; nobody else may while it runs. */
async function finish(turn: Turn, next: () => Promise<unknown>): Promise<unknown> {
  const { call, table, part } = turn;
  const head = headId(call.session.definition.key, part.of);
  const now = nowOf(call);
  const lease: Lease = { head, owner: crypto.randomUUID(), until: now + leaseMilliseconds(call) };
  const { written, item } = await take(table, lease, now);
  const group = groupOf(part.of, item);
  // When the answer is lost the SDK asks again, and finds the lease that it has taken.
  if (!written && group.owner !== lease.owner) {
    if (group.status && isDone(call, group, part)) return;
    throw busy(Math.max(0, group.lease + 1 - now));
  }
  const { missing } = group;
  const settle = (status: GroupStatus): Promise<unknown> =>
    end(table, lease, { status, messageId: call.messageId, missing });
  const incomplete = missing.length > 0;
  let result: unknown;
  try {
    Object.assign(call.context, { gathered: await gatheredOf(turn, head, group) } satisfies Partial<GatheringContext>);
    assertInTime(call, lease.until);
    result = await next();
  } catch (error) {
    // What all parts could not do is tried again with any message of theirs; what time has run out for, with a new one.
    if (incomplete && isEventloomError(error, 'PermanentError')) await settle('timed-out');
    else await giveBack(table, lease).catch(() => undefined);
    throw error;
  }
  await settle(incomplete ? 'incomplete' : 'complete');
  return result;
}

async function gatheredOf(
  { table }: Turn,
  head: string,
  { of, present, missing }: Group,
): Promise<GatheringContext['gathered']> {
  return { of, missing, parts: await inParallel(present, readAtATime, (index) => partOf(table, head, index)) };
}

const readAtATime = 10;

/** Longer than the invocation can last: whoever finds it over may be sure that nobody runs. */
function leaseMilliseconds({ context }: Call): number {
  return Math.ceil(Math.min(context.remainingMilliseconds(), longestLeaseMilliseconds)) + 1_000;
}

/** For a handler without a deadline. */
const longestLeaseMilliseconds = 900_000;
