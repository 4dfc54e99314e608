/** What a caller may say about one event. */
export interface PublishOptions<Headers = Record<never, never>> {
  /** When the event happened. Default: now. EventBridge keeps whole seconds. */
  readonly time?: Date | undefined;
  /** The attribute `id` on a topic or queue. Default: a random UUID. EventBridge gives its own. */
  readonly id?: string | undefined;
  /** X-Ray trace header, passed on by EventBridge. */
  readonly traceHeader?: string | undefined;
  /** Message attributes on a topic or queue. Default for each: the payload's property of the same name. */
  readonly headers?: Partial<Headers> | undefined;
  /**
   * Message group on a FIFO topic or queue. Default: the payload's value that `x-ordering` names. On a standard queue it
   * makes the queue fair between groups.
   */
  readonly groupId?: string | undefined;
  /** Deduplication id on a FIFO topic or queue. Default: the event's id. */
  readonly deduplicationId?: string | undefined;
  /** False sends the payload without checking it. Default: true. */
  readonly validate?: boolean | undefined;
}
