import { batchEntries } from '@eventloom/engine';
import type { Connection } from '../connection.ts';
import { type Allowance, refusedBy } from './allowance.ts';
import { type Entry, type Outcome, type Refusal, unconfirmed } from './entry.ts';
import { isFifo } from './is-fifo.ts';
import { groupOf, isBehindLost, type LostGroups, loseGroup } from './lost-groups.ts';
import { pack } from './pack.ts';
import { settle } from './settle.ts';
import type { SendOnce, Transport } from './transport.ts';

/** How entries are sent. */
export interface Sending {
  readonly allowance: Allowance;
  /** Requests at a time. */
  readonly concurrency: number;
  /** Grows. */
  readonly lost: LostGroups;
}

/**
 * Sends entries in as few requests as carry them in their order, and puts what became of each in its place, which
 * takes no second list of thousands. Returns the same list. Requests to one FIFO topic or queue go one after the other,
 * and a group that has lost an entry gets no more. Never rejects.
 */
export async function sendMany(
  connection: Connection,
  waiting: (Entry | Outcome)[],
  { allowance, concurrency, lost }: Sending,
): Promise<Outcome[]> {
  const jobs = jobsOf(waiting, lost);
  const next = jobs.values();
  const work = async (): Promise<void> => {
    for (const { send, requests } of next) {
      for (const request of requests) {
        const refusal = refusedBy(connection, allowance);
        const answer = refusal ? [] : await settle(connection, send, request, allowance);
        request.forEach((entry, place) => {
          const outcome = refusal ?? answer[place] ?? unconfirmed;
          waiting[entry.index] = outcome;
          // Thousands of events may wait.
          entry.body = '';
          if ('code' in outcome) loseGroup(lost, entry);
        });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, jobs.length) }, work));
  return waiting as Outcome[];
}

/** Requests that go one after the other. */
interface Job {
  readonly send: SendOnce;
  readonly requests: readonly (readonly Entry[])[];
}

/** What may go at the same time. */
function jobsOf(waiting: readonly (Entry | Outcome)[], lost: LostGroups): Job[] {
  const lanes = new Map<string, Entry[]>();
  for (const entry of waiting) {
    if (!('body' in entry)) continue;
    // One request to a bus takes entries of many buses.
    const lane = entry.message ? entry.address : '';
    const others = lanes.get(lane);
    if (others) others.push(entry);
    else lanes.set(lane, [entry]);
  }
  const senders = new Map<Transport, SendOnce>();
  return [...lanes].flatMap(([lane, own]): Job[] => {
    const { transport } = (own[0] as Entry).event.destination;
    const send = senders.get(transport) ?? transport.batchSender();
    senders.set(transport, send);
    const requests = pack(own, { entries: batchEntries, bytes: transport.requestBytes });
    return isFifo(lane)
      ? [{ send: inGroups(lost, send), requests }]
      : requests.map((request) => ({ send, requests: [request] }));
  });
}

const groupStopped: Refusal = {
  code: 'group-stopped',
  message: 'an earlier event of its message group was not accepted',
};

const overtaken: Refusal = { code: 'overtaken', message: 'a later event of its message group was accepted' };

/**
 * Sends the entries before which their group has not lost one; an attempt after the first may find it has. One that is
 * refused while a later one of its group was or may have been accepted is lost, since it would come after that.
 */
function inGroups(lost: LostGroups, send: SendOnce): SendOnce {
  const passed = new Map<string, number>();
  return async (connection, entries, signal) => {
    const going = entries.filter((entry) => !isBehindLost(lost, entry));
    const answer = going.length > 0 ? await send(connection, going, signal) : [];
    going.forEach((entry, place) => {
      const given = answer[place] ?? unconfirmed;
      if (!('code' in given) || given.isUnsure || given.code === unconfirmed.code)
        passed.set(groupOf(entry), entry.index);
    });
    return entries.map((entry) => {
      const place = going.indexOf(entry);
      if (place < 0) return groupStopped;
      const given = answer[place] ?? unconfirmed;
      const isOvertaken = 'code' in given && entry.index < (passed.get(groupOf(entry)) ?? 0);
      const outcome =
        isOvertaken && given.retryable
          ? { ...overtaken, cause: given, ...(given.isUnsure && { isUnsure: true }) }
          : given;
      if ('code' in outcome && !outcome.retryable) loseGroup(lost, entry);
      return outcome;
    });
  };
}
