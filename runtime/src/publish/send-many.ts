import { batchEntries } from '@eventloom/engine';
import type { Connection } from '../connection.ts';
import { type Entry, type Outcome, type Refusal, unconfirmed } from './entry.ts';
import { inParallel } from './in-parallel.ts';
import { pack } from './pack.ts';
import { isFifo, requestBytes } from './prepare.ts';
import { batchSender } from './send-batch.ts';
import { type Allowance, refusedBy, type SendOnce, settle } from './settle.ts';

/** How entries are sent. */
export interface Sending {
  readonly allowance: Allowance;
  /** Requests at a time. */
  readonly concurrency: number;
  /** Message groups that have lost an event, as `groupOf` names them; grows. */
  readonly stopped: Set<string>;
}

/**
 * Sends entries in as few requests as carry them in their order, and says what became of each. Requests to one FIFO
 * topic or queue go one after the other, and a group that has lost an entry gets no more. Never rejects.
 */
export async function sendMany(
  connection: Connection,
  entries: readonly Entry[],
  { allowance, concurrency, stopped }: Sending,
): Promise<ReadonlyMap<Entry, Outcome>> {
  const outcomes = new Map<Entry, Outcome>();
  const sendOnce = inGroups(stopped, batchSender());
  await inParallel(jobsOf(entries), concurrency, async (requests) => {
    for (const request of requests) {
      const refusal = refusedBy(connection, allowance);
      const answer = refusal ? [] : await settle(connection, sendOnce, request, allowance);
      for (const [place, entry] of request.entries()) {
        const outcome = refusal ?? answer[place] ?? unconfirmed;
        outcomes.set(entry, outcome);
        stopAt(stopped, entry, outcome);
      }
    }
  });
  return outcomes;
}

/** Requests that may go at the same time, each with those that must wait for it. */
function jobsOf(entries: readonly Entry[]): Entry[][][] {
  const lanes = new Map<string, Entry[]>();
  for (const entry of entries) {
    // One PutEvents request takes entries of many buses.
    const lane = entry.kind === 'bus' ? '' : addressOf(entry);
    const others = lanes.get(lane);
    if (others) others.push(entry);
    else lanes.set(lane, [entry]);
  }
  return [...lanes].flatMap(([lane, own]) => {
    const requests = pack(own, { entries: batchEntries, bytes: requestBytes[own[0]?.kind ?? 'bus'] });
    return isFifo(lane) ? [requests] : requests.map((request) => [request]);
  });
}

function addressOf({ kind, input }: Exclude<Entry, { kind: 'bus' }>): string {
  return kind === 'topic' ? input.TopicArn : input.QueueUrl;
}

const groupStopped: Refusal = {
  code: 'group-stopped',
  message: 'an earlier event of its message group was not accepted',
};

/**
 * Sends the entries whose group has not lost one; an attempt after the first may find it has. One that is refused while
 * a later one of its group is accepted is lost, since it would come after that.
 */
function inGroups(stopped: Set<string>, sendBatch: SendOnce): SendOnce {
  return async (connection, entries, options) => {
    const going = entries.filter((entry) => !stopped.has(groupOf(entry)));
    const answer = going.length > 0 ? await sendBatch(connection, going, options) : [];
    const last = new Map(going.map((entry, place) => ['id' in Object(answer[place]) && groupOf(entry), place]));
    return entries.map((entry) => {
      const place = going.indexOf(entry);
      if (place < 0) return groupStopped;
      const given = answer[place] ?? unconfirmed;
      const isOvertaken = groupOf(entry) !== '' && place < (last.get(groupOf(entry)) ?? 0);
      const outcome = isOvertaken && 'retryable' in given && given.retryable ? unconfirmed : given;
      if (!('retryable' in outcome && outcome.retryable)) stopAt(stopped, entry, outcome);
      return outcome;
    });
  };
}

function stopAt(stopped: Set<string>, entry: Entry, outcome: Outcome): void {
  const group = groupOf(entry);
  if (group && 'code' in outcome) stopped.add(group);
}

/** The message group of a FIFO topic or queue; empty elsewhere. */
function groupOf(entry: Entry): string {
  if (entry.kind === 'bus' || !isFifo(addressOf(entry))) return '';
  return JSON.stringify([addressOf(entry), entry.input.MessageGroupId]);
}
