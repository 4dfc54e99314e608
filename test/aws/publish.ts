import { batchEntries } from '@eventloom/engine';
import type { ProbeEvent } from './events.ts';
import { sleep } from './wait.ts';

/** What is used of a generated publisher. */
export interface GeneratedPublisher {
  $publish(
    events: readonly Pick<ProbeEvent, 'name' | 'source' | 'payload'>[],
  ): Promise<readonly { readonly id: string }[]>;
  $verify(): Promise<void>;
}

/** Publishes events in their order and returns their ids. */
export async function publishEvents(
  publisher: GeneratedPublisher,
  events: readonly ProbeEvent[],
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let start = 0; start < events.length; start += batchEntries) {
    const batch = events.slice(start, start + batchEntries);
    const accepted = await publisher.$publish(batch.map(({ name, source, payload }) => ({ name, source, payload })));
    ids.push(...accepted.map(({ id }) => id));
    // An emulator starts a process for each call of a function.
    await sleep(100);
  }
  return ids;
}
