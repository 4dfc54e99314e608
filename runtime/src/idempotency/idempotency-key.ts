import { PermanentError } from '../errors.ts';
import type { Call } from '../feature.ts';
import { valueAt } from '../publish/own-value.ts';

/**
 * Identity of the work that an event asks for: `<consumer key>#<hash>`, where the hash covers the event's name and
 * source, and the value at the key's pointer, else the event's id. Throws a `PermanentError` with the code
 * `idempotency-key-missing` when there is no value.
 *
 * A gathering consumer is to see each part of a split, and these can have the same business key, so there the place of
 * the part belongs to it. With `replays: run` so does the name of the replay: its events are handled again, once.
 */
export async function idempotencyId({ session: { definition }, event }: Call): Promise<string> {
  const { idempotency, gather } = definition;
  const { name, source } = event;
  const identity = {
    name,
    source,
    ...keyOf(event, idempotency?.key ?? null),
    part: gather && event.part,
    replay: idempotency?.replays === 'run' ? event.replay : undefined,
  };
  return `${definition.key}#${await hashOf(identity)}`;
}

function keyOf({ id, payload }: Call['event'], pointer: string | null): object {
  if (pointer === null) return { id };
  const key = valueAt(payload, pointer);
  if (key !== undefined && key !== null) return { key };
  throw new PermanentError(`The payload has no value at ${pointer || 'its root'}, the key of x-idempotency`, {
    code: 'idempotency-key-missing',
  });
}

/** SHA-256 of a value's JSON with sorted keys, in base64: the same for payloads that differ in the order of keys only. */
export async function hashOf(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value, sortKeys));
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
