import type { CircuitStore } from './circuit/circuit-store.ts';
import type { IdempotencyStore } from './idempotency/idempotency-store.ts';

/** Where features remember, instead of the service's DynamoDB table. */
export interface Stores {
  /** Events that were handled. Default: the table. */
  readonly idempotency?: IdempotencyStore | undefined;
  /** Circuits of downstreams. Default: the table. */
  readonly circuits?: CircuitStore | undefined;
}
