import type { CircuitBreakerOptions } from './circuit-breaker.ts';
import type { CircuitRecord } from './circuit-store.ts';

/** A circuit's record, kept for a short time. Never rejects: a store that cannot be reached has no record. */
export interface KeptRecord {
  /** The record as it was read or written a short time ago. Those who ask at the same time share one reading. */
  read(): Promise<CircuitRecord | undefined>;
  /** Writes the next version. After a `conflict` the record is read afresh. */
  write(record: CircuitRecord): Promise<'written' | 'conflict' | 'failed'>;
}

/** Makes a kept record of the circuit `id`. */
export function keptRecord(
  { id, store, cacheMilliseconds = 5_000, onChange }: CircuitBreakerOptions,
  now: () => number,
): KeptRecord {
  let kept: Promise<CircuitRecord | undefined> | undefined;
  let keptUntil = 0;

  function keep(record: Promise<CircuitRecord | undefined>): Promise<CircuitRecord | undefined> {
    kept = record;
    keptUntil = now() + cacheMilliseconds;
    return record;
  }

  async function readStore(): Promise<CircuitRecord | undefined> {
    try {
      return await store.read(id);
    } catch (error) {
      onChange?.({ kind: 'storeFailed', error });
      return undefined;
    }
  }

  return {
    read() {
      return kept !== undefined && now() < keptUntil ? kept : keep(readStore());
    },
    async write(record) {
      try {
        const written = await store.write(id, record);
        if (written) keep(Promise.resolve(record));
        else kept = undefined;
        return written ? 'written' : 'conflict';
      } catch (error) {
        onChange?.({ kind: 'storeFailed', error });
        return 'failed';
      }
    },
  };
}
