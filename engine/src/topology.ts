import type { Destination } from './destination.ts';
import type { EventPattern } from './event-pattern.ts';
import type { AlarmSettings, Infrastructure } from './infrastructure.ts';
import type { Ingress } from './ingress.ts';
import type { Outbox } from './outbox.ts';
import type { Subscriber } from './subscriber.ts';

/**
 * The wired system: what the generator decides and everything else (local runs, CDK, documentation) follows.
 *
 * Plain data, JSON-serialisable. It speaks of destinations, routes and deliveries; turning a route into a rule, a
 * subscription or a subscriber is the business of whoever builds it.
 */
export interface Topology {
  /** Name of the system in kebab-case, from the spec's `info.title`. Prefix of stack names. */
  readonly system: string;
  /** Buses, topics and point-to-point queues that events are published to, sorted by `key`. */
  readonly destinations: readonly Destination[];
  /** Every service that produces or consumes, sorted by name. */
  readonly services: readonly Service[];
  /** Every consumer, sorted by `key`. */
  readonly consumers: readonly Consumer[];
  /** Consumers without a handler, sorted by `key`. Absent: there are none. */
  readonly subscribers?: readonly Subscriber[];
  /** What AWS publishes by itself, sorted by operation. Absent: nothing. */
  readonly ingresses?: readonly Ingress[];
  /** `x-infrastructure`. Absent: defaults. */
  readonly infrastructure?: Infrastructure;
  /** The one S3 bucket for the payloads of all claims. Absent: no channel has an `x-claim-check`. */
  readonly claimBucket?: ClaimBucket;
}

/** Where payloads that are too large to be sent are kept. */
export interface ClaimBucket {
  /** Days after which a payload is deleted: the longest that any channel asks for. */
  readonly expireDays: number;
}

/** A service: the consumers with its name, and what it publishes. Services are deployed on their own. */
export interface Service {
  /** kebab-case, the spec's `x-service`. */
  readonly name: string;
  /** Stable construct id in PascalCase. */
  readonly constructId: string;
  /** What its `send` operations publish; the rights of a producer's role. */
  readonly publishes: readonly EventAddress[];
  /** Set when one of its `send` operations has `x-outbox`. Absent: it has no outbox. */
  readonly outbox?: Outbox;
  /** The functions of other services that it may call directly, sorted by consumer. Absent: none. */
  readonly calls?: readonly ServiceCall[];
}

/** A function that a service may call directly (`x-callers`). */
export interface ServiceCall {
  /** Key of the consumer whose function it is. */
  readonly consumer: string;
  /** Environment variable that holds the name of the function. */
  readonly environmentVariable: string;
}

/** An event type at the place it is published: identified by (name, source). */
export interface EventAddress {
  /** The message name: EventBridge `detail-type`, or the SNS/SQS attribute `type`. */
  readonly name: string;
  /** The channel's address: EventBridge `source` on a bus. */
  readonly source: string;
  /** Key of the destination a producer sends it to. */
  readonly destination: string;
  /** `x-claim-check`: large payloads go to the claim bucket. Absent: they do not. */
  readonly claimCheck?: ClaimCheck;
}

/** `x-claim-check`: a payload that is too large is kept in S3, and a claim is sent in its place. */
export interface ClaimCheck {
  /** Entries of more bytes than these are claimed; null claims what the routes of the event could not carry. */
  readonly aboveBytes: number | null;
  /** JSON pointers to what stays in the claim, so that filters can read it. */
  readonly keep: readonly string[];
}

/** One or more `receive` operations of a service with one handler: a function, and what brings events to it. */
export interface Consumer {
  /** `<service>/<consumer>`: unique, and the default handler module path. */
  readonly key: string;
  readonly service: string;
  /** The consumer's identifier (`x-consumer`, else the operation's key). */
  readonly consumer: string;
  /** Stable construct id in PascalCase, unique within the service. */
  readonly constructId: string;
  readonly description: string | null;
  /** Module path of the handler below the handlers' folder, without extension. It exports `handler`. */
  readonly handler: string;
  /** One per `receive` operation, sorted by operation key. */
  readonly routes: readonly Route[];
  readonly delivery: Delivery;
  /** What the handler may publish, sorted by (source, name). */
  readonly emits: readonly EventAddress[];
  /** Set when the handler runs once per event; null is off. */
  readonly idempotency: Idempotency | null;
  /** `x-split`: JSON pointer to the array of the payload whose elements become one event each. Absent: off. */
  readonly split?: string;
  /** `x-gather`: the handler is called once with all the parts of a split. Absent: off. */
  readonly gather?: Gather;
  /** `x-downstreams`: what the handler calls through a circuit breaker, sorted by name. Absent: nothing. */
  readonly downstreams?: readonly Downstream[];
  /** True when it receives events that may come as a claim (`x-claim-check`): it reads the claim bucket. */
  readonly claims?: true;
  /** `x-callers`: services that may call its function directly, sorted. Absent: none. */
  readonly callers?: readonly string[];
  /** `x-alarms`: bounds of this consumer's alarms; false makes none. Absent: those of its service. */
  readonly alarms?: false | AlarmSettings;
}

/** `x-gather`. */
export interface Gather {
  /** How long the first part waits for the last. */
  readonly timeoutSeconds: number;
}

/** `x-downstreams`: something that a handler calls and that may be out of order. */
export interface Downstream {
  readonly name: string;
  /** How long an outage must be outlasted without an event in the dead-letter queue. */
  readonly outageSeconds: number;
  /** Failures in a row that open the circuit. */
  readonly failureThreshold: number;
  /** How long an open circuit waits before its first probe; each failed probe doubles it, up to the maximum. */
  readonly firstProbeSeconds: number;
  /** What the wait before a probe does not grow beyond. */
  readonly maximumProbeSeconds: number;
}

/** `x-idempotency`: an event that was handled is recognised when it comes again. */
export interface Idempotency {
  /** JSON pointer into the payload; null uses the event's id, which covers redelivery only. */
  readonly key: string | null;
  /** How long an event is remembered after it was handled. */
  readonly ttlSeconds: number;
  /** What happens to events replayed from an archive. */
  readonly replays: 'skip' | 'run';
}

/** How the events of one `receive` operation reach the consumer. Told apart by `kind`. */
export type Route = EventBridgeRoute | EventBridgeSnsRoute | SnsRoute | SqsRoute;

interface RouteBase {
  /** Key of the `receive` operation. */
  readonly operation: string;
  /** Stable construct id in PascalCase, unique within the service. */
  readonly constructId: string;
  /** The event types selected, sorted by (source, name). */
  readonly events: readonly { readonly name: string; readonly source: string }[];
  /**
   * `x-filter-rest: handler`: the whole filter, rooted at the payload, where the route lets more through than it. The
   * handler evaluates it before it calls the user's function. Absent when the route says all of the filter.
   */
  readonly handlerFilter?: EventPattern;
}

/** Bus, rule, consumer. */
export interface EventBridgeRoute extends RouteBase {
  readonly kind: 'eventbridge';
  /** Destination key of the bus. */
  readonly bus: string;
  readonly eventPattern: EventPattern;
}

/** Bus, one rule for the channel, topic, subscription, consumer. The policy is rooted at the EventBridge envelope. */
export interface EventBridgeSnsRoute extends RouteBase {
  readonly kind: 'eventbridge-sns';
  readonly bus: string;
  /** Destination key of the topic. */
  readonly topic: string;
  /** Pattern of the rule that feeds the topic, shared by all consumers of the channel. */
  readonly eventPattern: EventPattern;
  readonly filterPolicy: EventPattern | null;
  readonly filterPolicyScope: 'MessageBody';
}

/** Topic, subscription, consumer. */
export interface SnsRoute extends RouteBase {
  readonly kind: 'sns';
  readonly topic: string;
  readonly filterPolicy: EventPattern | null;
  readonly filterPolicyScope: 'MessageBody' | 'MessageAttributes';
}

/** The channel's own queue, consumer. */
export interface SqsRoute extends RouteBase {
  readonly kind: 'sqs';
  /** Destination key of the queue. */
  readonly queue: string;
  /** Event source mapping filter, rooted at the record (`{ body: … }`); what it does not match is deleted. */
  readonly mappingFilter: EventPattern | null;
}

/** How a consumer is invoked. Told apart by `type`. */
export type Delivery = QueueDelivery | FunctionDelivery;

interface DeliveryBase {
  /** How long the function may run. */
  readonly timeoutSeconds: number;
  /** Memory of the function, in MiB. */
  readonly memoryMb: number;
  /** What the handler does with an event that its schema refuses. */
  readonly onInvalid: 'deadLetter' | 'retry';
}

/** SQS queue with a dead-letter queue, and a Lambda function behind an event source mapping. */
export interface QueueDelivery extends DeliveryBase {
  readonly type: 'queue';
  /** Messages of one invocation at most. */
  readonly batchSize: number;
  /** How long Lambda gathers messages for a batch; 0 waits for none. */
  readonly batchingWindowSeconds: number;
  /** Concurrent invocations at most, 2 to 1,000; null leaves it to Lambda. */
  readonly maxConcurrency: number | null;
  /** Receives before a message moves to the dead-letter queue. */
  readonly maxReceiveCount: number;
  /** How long a received message stays hidden from other receives; SQS shows it again when nobody deleted it. */
  readonly visibilityTimeoutSeconds: number;
  /** True for a FIFO queue: an event that fails holds up its message group. */
  readonly fifo: boolean;
  /** Events of one invocation handled at the same time at most. Absent: 10. */
  readonly concurrency?: number;
  /** When a failed event comes again. Absent: 10 and 900 seconds. */
  readonly backoff?: Backoff;
}

/** Delay of the nth retry: `firstSeconds` times 4 to the power of n - 1, `maximumSeconds` at most, with jitter. */
export interface Backoff {
  /** 0 leaves it to the visibility timeout of the queue. */
  readonly firstSeconds: number;
  /** What the delay does not grow beyond. */
  readonly maximumSeconds: number;
}

/** Lambda function invoked asynchronously by the rule or subscription, with an SQS queue as on-failure destination. */
export interface FunctionDelivery extends DeliveryBase {
  readonly type: 'function';
  /** Asynchronous retries after the first attempt, 0 to 2. */
  readonly retryAttempts: number;
  /** Age at which Lambda gives up, 60 to 21,600 seconds. */
  readonly maxEventAgeSeconds: number;
}
