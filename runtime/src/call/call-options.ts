/** What a caller may say about one direct call. */
export interface CallOptions {
  /** Identity of the event, which the function sees as `id`; for idempotent functions the same at each retry. Default: a random UUID. */
  readonly id?: string | undefined;
  /** What the function sees as the event's `correlationId`, where its message does not say where that stands. */
  readonly correlationId?: string | undefined;
  /** Ends the wait. The function may run all the same. */
  readonly abortSignal?: AbortSignal | undefined;
}
