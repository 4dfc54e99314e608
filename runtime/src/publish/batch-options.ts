/** How many events are published together. */
export interface BatchOptions {
  /** Aborted: nothing more is sent; what is under way is cut off and is `unconfirmed`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Time for the whole call with all its retries; in a stream, for each round of requests. Default: 30,000. Where
   * `PublisherOptions.clock` replaces the time of the machine, requests under way are not cut off.
   */
  readonly timeoutMilliseconds?: number | undefined;
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
