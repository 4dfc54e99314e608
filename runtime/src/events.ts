/** An event as a handler receives it. Told apart by `name`, and by `source` where one name comes from several. */
export interface ReceivedEvent<Name extends string, Source extends string, Payload> {
  /** The message name: EventBridge `detail-type`, or the attribute `type` on SNS and SQS. */
  readonly name: Name;
  /** The address of the channel: EventBridge `source` on a bus. */
  readonly source: Source;
  readonly payload: Payload;
  /** The same at every delivery: the id in the EventBridge envelope, or the attribute `id` on SNS and SQS. */
  readonly id: string;
  /** When it was published: `time` of the EventBridge envelope (whole seconds), or the attribute `time`. */
  readonly time: Date;
}

/** An event that AWS has accepted. */
export interface PublishedEvent {
  /** The `EventId` that EventBridge gave, or the attribute `id` on SNS and SQS. */
  readonly id: string;
  readonly name: string;
  readonly source: string;
}
