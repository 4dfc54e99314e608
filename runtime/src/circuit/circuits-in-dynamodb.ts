import type { Item } from '../store/attribute-value.ts';
import type { Table } from '../store/table.ts';
import type { CircuitRecord, CircuitStore } from './circuit-store.ts';

/** Remembers circuits in a service's table, one item for each, shared by all that call the downstream. */
export function circuitsInDynamoDb(table: Table): CircuitStore {
  return {
    async read(id) {
      const item = await table.get(id);
      return item && recordOf(item);
    },
    async write(id, record) {
      const { written } = await table.put({ id, ...record }, { condition, values: { before: record.version - 1 } });
      return written;
    },
  };
}

// An item that DynamoDB has removed since it was read has no version either: the next failure begins a new one.
const condition = 'attribute_not_exists(#id) OR #version = :before';

const recordOf = ({ version, failures, probeAt, waitSeconds, expiration }: Item): CircuitRecord => ({
  version: Number(version),
  failures: Number(failures),
  probeAt: probeAt === undefined ? undefined : Number(probeAt),
  waitSeconds: waitSeconds === undefined ? undefined : Number(waitSeconds),
  expiration: Number(expiration),
});
