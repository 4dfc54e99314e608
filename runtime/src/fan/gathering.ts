import { tableItemBytes } from '@eventloom/engine';
import { systemClock } from '../clock.ts';
import { isEventloomError, PermanentError, RetryLater } from '../errors.ts';
import type { EventPart } from '../events.ts';
import type { Call, Feature } from '../feature.ts';
import { inParallel } from '../in-parallel.ts';
import { checkTable } from '../store/check-table.ts';
import { type Table, tableOf } from '../store/table.ts';
import { end, type Group, type GroupStatus, giveBack, groupOf, headId, join, partOf, take } from './gather-group.ts';
import { type GatheringContext, timeoutError } from './gather-handler.ts';

/**
 * Gathers the parts of a split (`x-gather`) in the service's table, and calls the user's function ({@link gatherHandler})
 * once, when the last has come. What fails then is tried again with the message that brought the last part; when that
 * is lost too, with that of the first.
 *
 * The message of the first part stays on the queue until the time of the group is up (`RetryLater`); if the group is not
 * complete then, it ends with what has come. Each return costs one of the queue's receives.
 *
 * Fails with a `PermanentError` of code `no-part` for an event that is no part, `part-mismatch` for one that disagrees
 * with the other parts, `part-too-large` for one that no item of a table can hold, `too-many-parts` above 40,860, `gather-timeout` when time is up and
 * the user's code does not take what has come, `gather-closed` for a part that comes after that.
 */
export const gathering: Feature = {
  check: (options) => checkTable(options, undefined),
  around: async (call, next) => {
    const part = checkedPart(call);
    const table = tableOf(call.session.connection);
    const { key, gather: { timeoutSeconds } = { timeoutSeconds: 0 } } = call.session.definition;
    const now = nowOf(call);
    const arrival = { key, event: call.event, part, messageId: call.messageId, now, timeoutSeconds };
    const { written, item } = await join(table, arrival);
    const group = groupOf(part.of, item);
    if (!written) return leave(call, group, part);
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

/** What becomes of a part that its group does not take. */
function leave({ messageId }: Call, group: Group, part: EventPart): void {
  const { status, endedBy, timer, of, missing, count } = group;
  if (status === undefined) throw mismatch(part, `${part.count} parts, and not ${count}`);
  // Without some parts, a message that ended the group comes again when it could not be dead-lettered.
  if (status === 'timed-out' && endedBy === messageId) throw timeoutError(of, missing, count);
  if (status === 'complete' || endedBy === messageId || timer === messageId) return;
  throw new PermanentError(`Part ${part.index} of ${of} came after its group had ended`, { code: 'gather-closed' });
}

/** Calls the user's function, unless somebody else does; nobody else may while it runs. */
async function finish(turn: Turn, next: () => Promise<unknown>): Promise<unknown> {
  const { call, table, part } = turn;
  const head = headId(call.session.definition.key, part.of);
  const now = nowOf(call);
  const until = now + leaseMilliseconds(call);
  const { written, item } = await take(table, head, until, now);
  const group = groupOf(part.of, item);
  if (!written && group.status) return leave(call, group, part);
  if (!written) throw later('Its group is being handled', group.lease + 1 - now, 'gather-busy');
  const settle = (status: GroupStatus): Promise<unknown> =>
    end(table, head, until, { status, messageId: call.messageId });
  const incomplete = group.missing.length > 0;
  let result: unknown;
  try {
    Object.assign(call.context, { gathered: await gatheredOf(turn, head, group) } satisfies Partial<GatheringContext>);
    result = await next();
  } catch (error) {
    // What all parts could not do may be tried again when it is redriven; what time has run out for may not.
    if (incomplete && isEventloomError(error, 'PermanentError')) await settle('timed-out');
    else await giveBack(table, head, until).catch(() => undefined);
    throw error;
  }
  await settle(incomplete ? 'incomplete' : 'complete');
  return result;
}

async function gatheredOf(
  { table }: Turn,
  head: string,
  { of, count, missing }: Group,
): Promise<GatheringContext['gathered']> {
  const absent = new Set(missing);
  const indexes = Array.from({ length: count }, (_, index) => index).filter((index) => !absent.has(index));
  return { of, missing, parts: await inParallel(indexes, readAtATime, (index) => partOf(table, head, index)) };
}

const readAtATime = 10;

/** Longer than the invocation can last: whoever finds it over may be sure that nobody runs. */
function leaseMilliseconds({ context }: Call): number {
  return Math.ceil(Math.min(context.remainingMilliseconds(), longestLeaseMilliseconds)) + 1_000;
}

/** For a handler without a deadline. */
const longestLeaseMilliseconds = 900_000;
