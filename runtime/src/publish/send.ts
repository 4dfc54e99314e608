import type { Connection } from '../connection.ts';
import { type BusEntry, type Entry, type Outcome, refusalOf } from './entry.ts';
import { sendToBus } from './send-to-bus.ts';
import { sendToQueue } from './send-to-queue.ts';
import { sendToTopic } from './send-to-topic.ts';

/**
 * Sends entries and says for each, in order, what became of it. Never rejects: what AWS does not accept is an outcome.
 * The entries of buses go in one request, so there may be no more of them than one request takes.
 */
export async function send(connection: Connection, entries: readonly Entry[]): Promise<Outcome[]> {
  const toBus = entries.filter((entry): entry is BusEntry => entry.kind === 'bus');
  const outcomes = toBus.length > 0 ? await sendToBus(connection, toBus) : new Map<Entry, Outcome>();
  return Promise.all(entries.map((entry) => outcomes.get(entry) ?? sendMessage(connection, entry)));
}

async function sendMessage(connection: Connection, entry: Entry): Promise<Outcome> {
  try {
    if (entry.kind === 'topic') await sendToTopic(connection, entry.input);
    else if (entry.kind === 'queue') await sendToQueue(connection, entry.input);
    else throw new Error('the entries of a bus have been sent before');
    return { id: entry.id };
  } catch (cause) {
    return refusalOf(cause);
  }
}
