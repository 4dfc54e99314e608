import type { Route } from '@eventloom/engine';
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
  /** Tells which payloads are wanted, where the route lets more through (`matching`). Default: all. */
  readonly matches?: (payload: unknown) => boolean;
}

/** An event type that is published, and where to. */
export interface PublishedEventDefinition extends EventDefinition {
  readonly destination: DestinationDefinition;
  /** Message attributes beside `type`, `id` and `time`; empty on a bus. */
  readonly headers: readonly HeaderDefinition[];
  /** JSON pointer into the payload to the message group of a FIFO topic or queue. Default: the caller names the group. */
  readonly ordering?: string | null;
}

/** A bus, a topic or a queue, found through the environment. */
export interface DestinationDefinition {
  readonly kind: 'bus' | 'topic' | 'queue';
  /** Holds the name of the bus, the ARN of the topic or the URL of the queue. */
  readonly environmentVariable: string;
  /** Largest event that every route behind it carries. Default: what AWS allows for the kind. */
  readonly maximumBytes?: number;
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
  /** What happens to an event that its schema refuses: dead-lettered at once, or retried like any other failure. */
  readonly onInvalid: 'deadLetter' | 'retry';
  /** True when its queue is FIFO: records are handled in order, a group stops at its first failure. */
  readonly fifo: boolean;
  /** The distinct kinds of its routes. */
  readonly routes: readonly RouteKind[];
  readonly receives: readonly ReceivedEventDefinition[];
  /** What the handler may publish; empty for a handler that publishes nothing. */
  readonly emits: readonly PublishedEventDefinition[];
}
