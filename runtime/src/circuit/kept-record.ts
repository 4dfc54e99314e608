import type { CircuitBreakerOptions } from './circuit-breaker.ts';
import type { CircuitRecord } from './circuit-store.ts';

/** A circuit's record, kept for a short time. Never rejects: a store that cannot be reached has no record. */
export interface KeptRecord {
  /** The record as it was read or written a short time ago. Those who ask at the same time share one reading. */
  read(): Promise<CircuitRecord | undefined>;
  /** Writes the next version. After a `conflict` the record is read afresh. */
  write(record: CircuitRecord): Promise<'written' | 'conflict' | 'failed'>;
}

/**
 * How long the store may take for an answer, since an event waits for it on its way to the handler. Counted in steps: its
 * first use imports the SDK, which blocks the process for long, and then one step passes at most.
 */
const stepMilliseconds = 100;
const steps = 8;

/**
 * Makes a kept record of the circuit `id`. A store that gave no answer in time is left alone for as long as a record is
 * kept.
 */
export function keptRecord(
  { id, store, cacheMilliseconds = 5_000, onChange }: CircuitBreakerOptions,
  now: () => number,
): KeptRecord {
  let kept: Promise<CircuitRecord | undefined> | undefined;
  let keptUntil = 0;
  let silentUntil = 0;

  function keep(record: Promise<CircuitRecord | undefined>): Promise<CircuitRecord | undefined> {
    kept = record;
    keptUntil = now() + cacheMilliseconds;
    return record;
  }

  function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout;
      const wait = (left: number): void => {
        timer = setTimeout(() => {
          if (left > 1) return wait(left - 1);
          silentUntil = now() + cacheMilliseconds;
          reject(new Error(`The store gave no answer within ${steps * stepMilliseconds} ms`));
        }, stepMilliseconds);
      };
      wait(steps);
      void answer.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  async function readStore(): Promise<CircuitRecord | undefined> {
    if (now() < silentUntil) return undefined;
    try {
      return await inTime(store.read(id));
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
      if (now() < silentUntil) return 'failed';
      try {
        const written = await inTime(store.write(id, record));
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
