import { functionTimeoutSecondsMaximum, type Idempotency } from '@eventloom/engine';
import { systemClock } from '../clock.ts';
import type { Connection } from '../connection.ts';
import { PermanentError, RetryLater } from '../errors.ts';
import type { Call, Feature } from '../feature.ts';
import type { AttributeJson } from '../store/attribute-value.ts';
import { checkTable } from '../store/check-table.ts';
import { tableOf } from '../store/table.ts';
import { idempotencyInDynamoDb } from './idempotency-in-dynamodb.ts';
import { hashOf, idempotencyId } from './idempotency-key.ts';
import type { IdempotencyLock, IdempotencyRecord, IdempotencyStore } from './idempotency-store.ts';

/**
 * Handles an event once (`x-idempotency`). An event that was handled is left out and its result returned again; one
 * that is being handled elsewhere comes again when that must have ended; one whose key was used with another payload is
 * dead-lettered, since either of the two would be lost otherwise. Nothing is handled while the store cannot be reached.
 *
 * Throws, for an event: a `PermanentError` with the code `idempotency-key-missing` or `idempotency-mismatch`, a
 * `RetryLater` with the code `in-progress`, or what the store throws.
 */
export const idempotent: Feature = {
  check: (options) => checkTable(options, options.stores?.idempotency),
  async around(call, next) {
    const { idempotency } = call.session.definition;
    if (!idempotency) return next();
    const store = storeOf(call.session.connection);
    const lock = await lockOf(call, idempotency);
    const now = nowOf(call);
    const standing = await store.acquire(lock, now);
    if (standing === 'acquired') return runOnce(call, store, lock, next);
    return resultOf(standing, lock, now);
  },
};

const storeOf = (connection: Connection): IdempotencyStore =>
  connection.stores?.idempotency ?? idempotencyInDynamoDb(tableOf(connection));

const nowOf = ({ session: { connection } }: Call): Date => (connection.clock ?? systemClock).now();

/** The lock lasts as long as the invocation can: when that is killed, the event need not wait any longer. */
async function lockOf(call: Call, { ttlSeconds }: Idempotency): Promise<IdempotencyLock> {
  const [id, validation] = await Promise.all([idempotencyId(call), hashOf(call.event.payload)]);
  const now = nowOf(call).getTime();
  const remaining = Math.min(call.context.remainingMilliseconds(), functionTimeoutSecondsMaximum * 1_000);
  return {
    id,
    validation,
    owner: crypto.randomUUID(),
    expiration: Math.round(now / 1_000 + ttlSeconds),
    inProgressExpiration: Math.round(now + remaining),
  };
}

/** What becomes of an event whose key was seen before. */
function resultOf(
  record: IdempotencyRecord,
  { id, validation }: IdempotencyLock,
  now: Date,
): AttributeJson | undefined {
  if (record.status === 'INPROGRESS') {
    const endsAt = record.inProgressExpiration ?? record.expiration * 1_000;
    // A second more, since a lock is over only after its last millisecond.
    const seconds = Math.max(0, Math.ceil((endsAt - now.getTime()) / 1_000)) + 1;
    throw new RetryLater('The event is being handled elsewhere', seconds, { code: 'in-progress' });
  }
  if (record.validation === undefined || record.validation === validation) return record.data;
  throw new PermanentError(`An event with the same idempotency key and another payload was handled (${id})`, {
    code: 'idempotency-mismatch',
  });
}

async function runOnce(
  call: Call,
  store: IdempotencyStore,
  lock: IdempotencyLock,
  next: () => Promise<unknown>,
): Promise<unknown> {
  let result: unknown;
  try {
    result = await next();
  } catch (error) {
    await store.release(lock).catch((cause) => warn(call, 'The lock of a failed event was not released', cause));
    throw error;
  }
  await remember(call, store, lock, result);
  return result;
}

/**
 * Never rejects: the effect is there, and an event that failed now would have it twice. A result that the store refuses
 * (too large, too deep) is left out. What could not be remembered at all is handled again only if it is delivered again.
 */
async function remember(call: Call, store: IdempotencyStore, lock: IdempotencyLock, result: unknown): Promise<void> {
  try {
    const kept = await completeWith(call, store, lock, result);
    if (!kept) warn(call, 'The event was handled for longer than its lock lasted, and may have been handled twice');
  } catch (error) {
    call.context.log.error('The event was handled, and this could not be remembered', {
      idempotencyId: lock.id,
      error,
    });
  }
}

async function completeWith(
  call: Call,
  store: IdempotencyStore,
  lock: IdempotencyLock,
  result: unknown,
): Promise<boolean> {
  try {
    return await store.complete(lock, jsonOf(result));
  } catch (error) {
    warn(call, 'The result of an event was not remembered', error);
    return store.complete(lock, undefined);
  }
}

/** What JSON keeps of a result. Throws for a cycle. */
function jsonOf(result: unknown): AttributeJson | undefined {
  const text: string | undefined = JSON.stringify(result);
  return text === undefined ? undefined : JSON.parse(text);
}

function warn(call: Call, message: string, error?: unknown): void {
  call.context.log.warn(message, { error });
}
