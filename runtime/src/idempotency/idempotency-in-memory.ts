import { type IdempotencyRecord, type IdempotencyStore, isOver } from './idempotency-store.ts';

interface Kept extends IdempotencyRecord {
  readonly owner: string;
}

/** Remembers in memory, for tests and local runs: nothing outlives the process, and nothing is shared between two. */
export function idempotencyInMemory(): IdempotencyStore {
  const records = new Map<string, Kept>();
  return {
    async acquire(lock, now) {
      const found = records.get(lock.id);
      if (found && found.owner !== lock.owner && !isOver(found, now)) return found;
      records.set(lock.id, { ...lock, status: 'INPROGRESS' });
      return 'acquired';
    },
    async complete({ id, owner, expiration, validation }, data) {
      if (records.get(id)?.owner !== owner) return false;
      records.set(id, { owner, expiration, validation, status: 'COMPLETED', data });
      return true;
    },
    async release({ id, owner }) {
      if (records.get(id)?.owner === owner) records.delete(id);
    },
  };
}
