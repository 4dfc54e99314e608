import { type Downstream, type Idempotency, limits, type QueueDestination } from '@eventloom/engine';

/** The options of a delivery that have a default; `maxConcurrency` is left to Lambda, `handler` follows the consumer. */
export interface DeliveryDefaults {
  readonly type: 'queue';
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly maxReceiveCount: number;
  readonly concurrency: number;
  readonly backoffFirstSeconds: number;
  readonly backoffMaximumSeconds: number;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly onInvalid: 'deadLetter';
  readonly retryAttempts: number;
  readonly maxEventAgeSeconds: number;
}

/**
 * What a delivery gets when the spec does not say. Chosen by Eventloom; AWS's own defaults are in the limits table
 * (a function's timeout of 3 seconds, for one, is too short for a handler that calls others).
 */
export const deliveryDefaults: DeliveryDefaults = {
  type: 'queue',
  batchSize: 10,
  batchingWindowSeconds: 0,
  maxReceiveCount: limits.maxReceiveCountRecommended.value,
  concurrency: 10,
  backoffFirstSeconds: 10,
  backoffMaximumSeconds: 900,
  timeoutSeconds: 30,
  memoryMb: 256,
  onInvalid: 'deadLetter',
  retryAttempts: limits.asynchronousRetriesDefault.value,
  maxEventAgeSeconds: limits.asynchronousEventAgeSecondsDefault.value,
};

/** What `x-idempotency` gets when the spec does not say: 15 days outlast the 14 that a dead-letter queue keeps messages. */
export const idempotencyDefaults: Pick<Idempotency, 'ttlSeconds' | 'replays'> = {
  ttlSeconds: 15 * 24 * 60 * 60,
  replays: 'run',
};

/** What a downstream of `x-downstreams` gets when the spec does not say. */
export const downstreamDefaults: Omit<Downstream, 'name' | 'outageSeconds'> = {
  failureThreshold: 5,
  firstProbeSeconds: 15,
  maximumProbeSeconds: 300,
};

/** How many days the payload of a claim is kept when the spec does not say: longer than any queue keeps the claim. */
export const claimExpireDays = 30;

/** Returns the visibility timeout of a consumer's queue: six times the function's timeout, and the batching window. */
export function visibilityTimeout(timeoutSeconds: number, batchingWindowSeconds: number): number {
  return limits.visibilityTimeoutFactor.value * timeoutSeconds + batchingWindowSeconds;
}

/** What a point-to-point queue gets when neither its binding nor its consumer says. */
export const queueDefaults: Pick<
  QueueDestination,
  'maxReceiveCount' | 'visibilityTimeoutSeconds' | 'deliveryDelaySeconds' | 'retentionSeconds'
> = {
  maxReceiveCount: deliveryDefaults.maxReceiveCount,
  visibilityTimeoutSeconds: visibilityTimeout(deliveryDefaults.timeoutSeconds, deliveryDefaults.batchingWindowSeconds),
  deliveryDelaySeconds: limits.delaySecondsDefault.value,
  retentionSeconds: limits.retentionSecondsDefault.value,
};
