import type { CallLimits } from './allowance.ts';

/** How many events are published together. */
export interface BatchOptions extends CallLimits {
  /** Requests at a time, from 1. Default: 4. */
  readonly concurrency?: number | undefined;
  /**
   * True sends the other events when some are invalid or too large. Default: nothing is sent then, and the others fail
   * with `not-sent`. A stream always sends the others.
   */
  readonly sendValid?: boolean | undefined;
  /** False sends payloads without checking them, but for those whose own options say otherwise. Default: true. */
  readonly validate?: boolean | undefined;
}
