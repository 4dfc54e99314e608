import type { AttributeJson } from '../store/attribute-value.ts';

/** The right to handle one event, for a while. */
export interface IdempotencyLock {
  /** Identity of the work: `<consumer key>#<hash>`. */
  readonly id: string;
  /** Unlike that of every other lock, so that who lost a lock cannot end another's. */
  readonly owner: string;
  /** When the work is forgotten, in seconds since 1970. */
  readonly expiration: number;
  /** When the lock ends by itself, in milliseconds since 1970. */
  readonly inProgressExpiration: number;
  /** Hash of the payload: the same id with another payload is not the same event. */
  readonly validation: string;
}

/** What is known of the work on an event. */
export interface IdempotencyRecord {
  readonly status: 'INPROGRESS' | 'COMPLETED';
  /** In seconds since 1970. */
  readonly expiration: number;
  /** In milliseconds since 1970; undefined for a lock that ends with `expiration`. */
  readonly inProgressExpiration?: number | undefined;
  /** Hash of the payload; undefined when whoever wrote the record keeps none. */
  readonly validation?: string | undefined;
  /** What the handler returned, when COMPLETED; undefined when it returned nothing. */
  readonly data?: AttributeJson | undefined;
}

/** Remembers which events were handled. All methods reject when the store cannot be reached. */
export interface IdempotencyStore {
  /**
   * Takes the lock, unless another holds it at `now` or the work was done and is not forgotten. Then it returns the
   * record that stands there. Of several that try at the same instant one gets it. Trying again with the same lock is no conflict.
   */
  acquire(lock: IdempotencyLock, now: Date): Promise<IdempotencyRecord | 'acquired'>;
  /** Remembers the result until `lock.expiration`. False when the lock was lost to another. */
  complete(lock: IdempotencyLock, data: AttributeJson | undefined): Promise<boolean>;
  /** Gives up the lock, so that the event can be handled at once; does nothing when it was lost to another. */
  release(lock: IdempotencyLock): Promise<void>;
}

/** Tells whether a record no longer keeps anybody from the work. */
export function isOver({ status, expiration, inProgressExpiration }: IdempotencyRecord, now: Date): boolean {
  const milliseconds = now.getTime();
  if (expiration < milliseconds / 1_000) return true;
  return status === 'INPROGRESS' && inProgressExpiration !== undefined && inProgressExpiration < milliseconds;
}
