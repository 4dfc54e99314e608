import type { Backoff, ClaimCheck, Downstream, Gather, Idempotency, Route } from '@eventloom/engine';
import type { Correlation } from './handle/correlation.ts';
import type { Envelope } from './handle/envelopes.ts';
import type { Transport } from './publish/transport.ts';
import type { Validator } from './validator.ts';

/** How an event reaches a consumer. */
export type RouteKind = Route['kind'];

/** An event type, identified by (name, source), with the check of its payload. */
export interface EventDefinition {
  readonly name: string;
  readonly source: string;
  readonly validate: Validator<unknown>;
}

/** An event type that a consumer receives. */
export interface ReceivedEventDefinition extends EventDefinition {
  /**
   * The route it comes by. Needed only by a consumer that receives one name by several routes or wants
   * `context.route` exact; without it, the first route of the consumer that fits the message is assumed.
   */
  readonly route?: RouteKind;
  /**
   * What SNS put around it on its way to a queue: `notification`, for a subscription without raw delivery. Default:
   * nothing, which is how subscriptions are wired. A function always gets the notification, whatever stands here.
   */
  readonly envelope?: Envelope;
  /** Tells which payloads are wanted, where the route lets more through (`matching`). Default: all. */
  readonly matches?: (payload: unknown) => boolean;
  /** Reads the correlation id (AsyncAPI `correlationId`). Default: the event has none but what a bus carries beside it. */
  readonly correlation?: Correlation;
}

/** A runtime expression of AsyncAPI such as `$message.header#/correlationId`, taken apart. */
export interface CorrelationDefinition {
  readonly in: 'header' | 'payload';
  /** JSON pointer into the headers or the payload. */
  readonly pointer: string;
}

/** An event type that is published, and where to. */
export interface PublishedEventDefinition extends EventDefinition {
  readonly destination: DestinationDefinition;
  /** Message attributes beside `type`, `id` and `time`; empty on a bus. */
  readonly headers: readonly HeaderDefinition[];
  /** JSON pointer into the payload to the message group of a FIFO topic or queue. Default: the caller names the group. */
  readonly ordering?: string | null;
  /** JSON pointer into the payload to the message group of a fair standard queue (`x-fairness`). Default: the queue is not fair. */
  readonly fairness?: string;
  /**
   * Largest event that every route behind its destination carries, in bytes as `entryBytes` counts them.
   * Default: what AWS allows for the kind of destination.
   */
  readonly maximumBytes?: number;
  /** Where the correlation id stands (AsyncAPI `correlationId`). Default: the event has none. */
  readonly correlation?: CorrelationDefinition;
  /** `x-claim-check`; takes the feature `claiming`. Default: large events are refused. */
  readonly claimCheck?: ClaimCheck;
}

/** A bus, a topic or a queue, found through the environment. */
export interface DestinationDefinition {
  /** What kind it is: `toBus`, `toTopic` or `toQueue`. */
  readonly transport: Transport;
  /** Holds the name of the bus, the ARN of the topic or the URL of the queue. */
  readonly environmentVariable: string;
}

/** One property of a message's headers, sent as a message attribute. */
export interface HeaderDefinition {
  readonly name: string;
  readonly attributeType: 'String' | 'Number' | 'String.Array';
  /** Without a value, a required header refuses the event and another is left out. */
  readonly required: boolean;
}

/** What a service publishes: per `send` operation the events that it may send. */
export interface PublisherDefinition {
  readonly service: string;
  readonly operations: Readonly<Record<string, readonly PublishedEventDefinition[]>>;
}

/** One consumer, as its generated handler factory describes it. */
export interface ConsumerDefinition<Key extends string = string> {
  /** `<service>/<consumer>`. */
  readonly key: Key;
  readonly service: string;
  readonly consumer: string;
  /** What happens to an event that its schema refuses: dead-lettered at once, or retried like any other failure.
   * Default: `deadLetter`. */
  readonly onInvalid?: 'deadLetter' | 'retry';
  /** True when its queue is FIFO: records are handled in order, a group stops at its first failure. Default: false. */
  readonly fifo?: boolean;
  /** The distinct kinds of its routes. */
  readonly routes: readonly RouteKind[];
  readonly receives: readonly ReceivedEventDefinition[];
  /** What the handler may publish; empty for a handler that publishes nothing. */
  readonly emits: readonly PublishedEventDefinition[];
  /** Events of one invocation handled at the same time at most. Default: 10. */
  readonly concurrency?: number;
  /** When a failed event comes again, by a queue. Default: after 10 seconds, then four times as long, up to 900. */
  readonly backoff?: Backoff;
  /** `x-idempotency`; takes the feature `idempotent`. Default: off. */
  readonly idempotency?: Idempotency;
  /** `x-split`: JSON pointer to an array of the payload; takes the feature `splitting`. Default: off. */
  readonly split?: string;
  /** `x-gather`; takes the feature `gathering`. Default: off. */
  readonly gather?: Gather;
  /** `x-downstreams`; takes the feature `circuits`. Default: none. */
  readonly downstreams?: readonly Downstream[];
}

/** A consumer all of whose events come over a bus, to a standard queue if to one. */
export interface BusConsumerDefinition<Key extends string = string> extends ConsumerDefinition<Key> {
  readonly fifo?: false;
  readonly routes: readonly Extract<RouteKind, `eventbridge${string}`>[];
}
