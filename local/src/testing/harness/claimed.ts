import { claiming, toQueue } from '@eventloom/runtime';
import type { LocalSystem } from '../../system.ts';
import type { TestEvent } from '../event.ts';

/** The event with its payload kept in the claim bucket, if it asks for that. */
export async function keepClaimed(system: LocalSystem, event: TestEvent): Promise<TestEvent> {
  const { name, source = '', payload, claimed = false } = event;
  if (!claimed || claiming.claim === undefined) return event;
  const definition = {
    name,
    source,
    validate: Object.assign((_: unknown): _ is unknown => true, { errors: null }),
    destination: { transport: toQueue, environmentVariable: '' },
    headers: [],
    claimCheck: { aboveBytes: 0, keep: [] },
  } as const;
  const connection = { environment: system.environment, clients: { ...system.clients }, clock: undefined };
  return { ...event, payload: (await claiming.claim({ event: definition, payload, options: {} }, connection)).payload };
}

/** Payloads that the handler has put into the claim bucket, by the keys of their claims. */
export type KeptPayloads = Map<string, unknown>;

/** The payload that a claim stands for, or what was sent itself. */
export function claimedPayload(kept: KeptPayloads, sent: unknown): unknown {
  const { key } = Object(Object(sent)['eventloom:claim']) as { readonly key?: unknown };
  return typeof key === 'string' && kept.has(key) ? kept.get(key) : sent;
}
