import type { Connection } from '../connection.ts';
import { type BusEntry, type Entry, type Outcome, refusalOf, unconfirmed } from './entry.ts';
import { sendToBus } from './send-to-bus.ts';
import { sendToQueue } from './send-to-queue.ts';
import { sendToTopic } from './send-to-topic.ts';
import { settle } from './settle.ts';

/**
 * Sends a few entries and says for each, in order, what became of it. Never rejects: what AWS does not accept is an
 * outcome. The entries of buses go in one request, so there may be no more of them than one request takes; each message
 * goes alone. `sendMany` does more, for more bytes in the bundle.
 */
export async function send(connection: Connection, entries: readonly Entry[]): Promise<Outcome[]> {
  const toBus = entries.filter((entry): entry is BusEntry => entry.kind === 'bus');
  const ofBus = (await settle(connection, sendToBus, toBus)).values();
  return Promise.all(
    entries.map((entry) =>
      entry.kind === 'bus' ? (ofBus.next().value ?? unconfirmed) : sendMessage(connection, entry),
    ),
  );
}

async function sendMessage(connection: Connection, entry: Exclude<Entry, BusEntry>): Promise<Outcome> {
  try {
    await (entry.kind === 'topic' ? sendToTopic(connection, entry.input) : sendToQueue(connection, entry.input));
    return { id: entry.id };
  } catch (cause) {
    return refusalOf(cause);
  }
}
