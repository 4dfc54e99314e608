import { functionTimeoutSecondsMaximum, type Idempotency } from '@eventloom/engine';
import { type Clock, systemClock } from '../clock.ts';
import type { Connection } from '../connection.ts';
import { PermanentError, RetryLater } from '../errors.ts';
import type { Call, Feature } from '../feature.ts';
import { assertInTime } from '../store/assert-in-time.ts';
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
 * `RetryLater` with the code `in-progress` or `too-late`, or what the store throws.
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
    if (standing !== 'acquired') return resultOf(standing, lock, now);
    return runOnce({ call, store, lock, ttlSeconds: idempotency.ttlSeconds }, next);
  },
};

const storeOf = (connection: Connection): IdempotencyStore =>
  connection.stores?.idempotency ?? idempotencyInDynamoDb(tableOf(connection));

const clockOf = ({ session: { connection } }: Call): Clock => connection.clock ?? systemClock;

const nowOf = (call: Call): Date => clockOf(call).now();

/**
 * The lock lasts as long as the invocation can: when that is killed, the event need not wait any longer. It is not
 * forgotten sooner, however short a time a handled event is remembered.
 */
async function lockOf(call: Call, { ttlSeconds }: Idempotency): Promise<IdempotencyLock> {
  const [id, validation] = await Promise.all([idempotencyId(call), hashOf(call.event.payload)]);
  const now = nowOf(call);
  const remaining = Math.min(call.context.remainingMilliseconds(), functionTimeoutSecondsMaximum * 1_000);
  const inProgressExpiration = Math.round(now.getTime() + remaining);
  return {
    id,
    validation,
    owner: crypto.randomUUID(),
    expiration: Math.max(forgottenAt(now, ttlSeconds), Math.ceil(inProgressExpiration / 1_000)),
    inProgressExpiration,
  };
}

const forgottenAt = (now: Date, ttlSeconds: number): number => Math.round(now.getTime() / 1_000 + ttlSeconds);

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

/** An event whose lock was taken. */
interface Held {
  readonly call: Call;
  readonly store: IdempotencyStore;
  readonly lock: IdempotencyLock;
  readonly ttlSeconds: number;
}

async function runOnce(held: Held, next: () => Promise<unknown>): Promise<unknown> {
  const { call, store, lock } = held;
  let result: unknown;
  try {
    assertInTime(call, lock.inProgressExpiration);
    result = await next();
  } catch (error) {
    await store.release(lock).catch((cause) => warn(call, 'The lock of a failed event was not released', cause));
    throw error;
  }
  await remember(held, result);
  return result;
}

/**
 * Never rejects: the effect is there, and an event that failed now would have it twice. A result that the store refuses
 * (too large, too deep) is left out. What could not be remembered at all is handled again only if it is delivered again.
 */
async function remember(held: Held, result: unknown): Promise<void> {
  const { call, lock } = held;
  try {
    const kept = await completeWith(held, result);
    if (!kept) warn(call, 'The event was handled for longer than its lock lasted, and may have been handled twice');
  } catch (error) {
    call.context.log.error('The event was handled, and this could not be remembered', {
      idempotencyId: lock.id,
      error,
    });
  }
}

async function completeWith({ call, store, lock, ttlSeconds }: Held, result: unknown): Promise<boolean> {
  const done = { ...lock, expiration: forgottenAt(nowOf(call), ttlSeconds) };
  try {
    const data = jsonOf(result);
    return await patiently(clockOf(call), () => store.complete(done, data));
  } catch (error) {
    warn(call, 'The result of an event was not remembered', error);
    return store.complete(done, undefined);
  }
}

/** Waits before the second try and each one after it, in milliseconds. The SDK has tried for itself before. */
const waits = [100, 400];

/** Tries again what the store does not refuse for what it is given. */
async function patiently(clock: Clock, work: () => Promise<boolean>): Promise<boolean> {
  for (const wait of waits) {
    try {
      return await work();
    } catch (error) {
      if (Object(error).name === 'ValidationException') throw error;
      await clock.sleep(wait);
    }
  }
  return work();
}

/** What JSON keeps of a result. Throws for a cycle. */
function jsonOf(result: unknown): AttributeJson | undefined {
  const text: string | undefined = JSON.stringify(result);
  return text === undefined ? undefined : JSON.parse(text);
}

function warn(call: Call, message: string, error?: unknown): void {
  call.context.log.warn(message, { error });
}
