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
  /** What the message's `correlationId` points to, carried on to what the handler publishes. */
  readonly correlationId?: string | undefined;
  /** Set when the event is one of the parts that another was split into (`x-split`), or the result of one. */
  readonly part?: EventPart | undefined;
  /** Name of the replay, for an event that EventBridge replays from an archive. */
  readonly replay?: string | undefined;
  /** X-Ray trace header that came with the event. */
  readonly traceHeader?: string | undefined;
}

/** The place of an event among the parts of one that was split. */
export interface EventPart {
  /** Id of the event that was split, with the consumer that split it: the same for all parts. */
  readonly of: string;
  /** From 0. */
  readonly index: number;
  /** How many parts there are. */
  readonly count: number;
}

/** An event type that a handler may publish, with the type of its payload. Exists in types only. */
export interface EmittedEvent<Name extends string, Source extends string, Payload> {
  readonly name: Name;
  /** The address of the channel. */
  readonly source: Source;
  readonly payload: Payload;
}

/** An event that AWS has accepted. */
export interface PublishedEvent {
  /** The `EventId` that EventBridge gave, or the attribute `id` on SNS and SQS. */
  readonly id: string;
  readonly name: string;
  readonly source: string;
}
