import type { Item } from '../store/attribute-value.ts';
import type { Table } from '../store/table.ts';
import type { IdempotencyLock, IdempotencyRecord, IdempotencyStore } from './idempotency-store.ts';

/**
 * Remembers in a service's table, in items that Powertools for AWS Lambda reads and writes too (attributes `id`,
 * `status`, `expiration`, `in_progress_expiration`, `data`, `validation`), with its conditions. One attribute is ours:
 * `owner`. With it an SDK that asks again after a lost answer knows its own lock, and a lock that was lost to another
 * can neither be completed nor released.
 * https://docs.aws.amazon.com/powertools/typescript/latest/features/idempotency/
 */
export function idempotencyInDynamoDb(table: Table): IdempotencyStore {
  return {
    async acquire(lock, now) {
      const taken = await table.put(itemOf(lock), { condition: isFree, values: valuesAt(now) });
      if (taken.written) return 'acquired';
      // Not every DynamoDB hands over the item that is in the way.
      const item = taken.item ?? (await table.get(lock.id));
      if (item?.owner === lock.owner) return 'acquired';
      return item ? recordOf(item) : { status: 'INPROGRESS', expiration: Math.floor(now.getTime() / 1_000) };
    },
    async complete({ id, owner, expiration, validation }, data) {
      const values = { owner, expiration, validation, status: 'COMPLETED' };
      const set = '#expiration = :expiration, #status = :status, #validation = :validation';
      const { written } = await table.update(id, {
        update: data === undefined ? `SET ${set}` : `SET ${set}, #data = :data`,
        condition: '#owner = :owner',
        values: data === undefined ? values : { ...values, data },
      });
      return written;
    },
    async release({ id, owner }) {
      await table.delete(id, { condition: '#owner = :owner', values: { owner } });
    },
  };
}

/** Nobody has the work, or it is forgotten, or whoever had it died. */
const isFree =
  'attribute_not_exists(#id) OR #expiration < :now OR (#status = :inprogress AND attribute_exists(#in_progress_expiration) AND #in_progress_expiration < :now_in_millis)';

const valuesAt = (now: Date) => ({
  now: now.getTime() / 1_000,
  now_in_millis: now.getTime(),
  inprogress: 'INPROGRESS',
});

const itemOf = ({ id, owner, expiration, inProgressExpiration, validation }: IdempotencyLock) => ({
  id,
  status: 'INPROGRESS',
  expiration,
  in_progress_expiration: inProgressExpiration,
  validation,
  owner,
});

function recordOf({ status, expiration, in_progress_expiration, validation, data }: Item): IdempotencyRecord {
  return {
    status: status === 'COMPLETED' ? status : 'INPROGRESS',
    expiration: Number(expiration),
    inProgressExpiration: in_progress_expiration === undefined ? undefined : Number(in_progress_expiration),
    // Powertools writes an empty text where it does not check payloads.
    validation: validation ? String(validation) : undefined,
    data,
  };
}
