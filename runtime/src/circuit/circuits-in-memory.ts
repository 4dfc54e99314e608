import type { CircuitRecord, CircuitStore } from './circuit-store.ts';

/** Remembers circuits in memory: each process has its own. Enough for tests, local runs and a single container. */
export function circuitsInMemory(): CircuitStore {
  const records = new Map<string, CircuitRecord>();
  return {
    read: async (id) => records.get(id),
    write: async (id, record) => {
      if ((records.get(id)?.version ?? 0) !== record.version - 1) return false;
      records.set(id, record);
      return true;
    },
  };
}
