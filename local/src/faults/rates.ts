import type { ServiceName } from '../wire/call.ts';

/** How likely each fault is, from 0 to 1 at each chance that it has. What is left out never happens. */
export interface FaultRates {
  /** EventBridge refuses a whole PutEvents request with `ThrottlingException`; nothing of it took effect. */
  readonly putEventsThrottled?: number | undefined;
  /** EventBridge refuses one entry of a PutEvents request, with `ThrottlingException` or `InternalFailure`. */
  readonly putEventsEntryFails?: number | undefined;
  /** SNS or SQS refuses one entry of a batch, as no fault of the sender. */
  readonly batchEntryFails?: number | undefined;
  /** A service answers a request with 503; it took no effect. */
  readonly requestFails?: number | undefined;
  /** The connection breaks before the request took effect. */
  readonly connectionResets?: number | undefined;
  /** The connection breaks after the request took effect: the client cannot know that it did. */
  readonly connectionResetsAfterAcceptance?: number | undefined;
  /** DynamoDB or S3 answers with 500; the request took no effect. */
  readonly storeFails?: number | undefined;
  /** A function's message to its own dead-letter queue is refused with 503. */
  readonly deadLetterSendFails?: number | undefined;
  /** A try of EventBridge to deliver an event fails; it tries again. Not in front of FIFO. */
  readonly ruleDeliveryFails?: number | undefined;
  /** All tries of EventBridge to deliver an event fail, until its retries are exhausted. Not in front of FIFO. */
  readonly ruleDeliveryNeverSucceeds?: number | undefined;
  /** The target refuses an event of EventBridge for want of permission, which is not tried again. */
  readonly ruleDeliveryForbidden?: number | undefined;
  /** As `ruleDeliveryFails`, of SNS. */
  readonly subscriptionDeliveryFails?: number | undefined;
  /** As `ruleDeliveryNeverSucceeds`, of SNS, which tries for 23 days. */
  readonly subscriptionDeliveryNeverSucceeds?: number | undefined;
  /** As `ruleDeliveryForbidden`, of SNS. */
  readonly subscriptionDeliveryForbidden?: number | undefined;
  /** EventBridge or SNS delivers twice, up to a minute apart. Not in front of FIFO. */
  readonly deliveryDuplicated?: number | undefined;
  /** A message of a standard queue shows up to ten seconds late, so that others overtake it. */
  readonly messageDelayed?: number | undefined;
  /** A standard queue hands out a message again although it was deleted. */
  readonly messageRedelivered?: number | undefined;
  /** The process of a function dies: before, within or after its work, often in the middle of a batch. */
  readonly handlerCrashes?: number | undefined;
  /** A function runs into its timeout, having done none, some or all of its work. */
  readonly handlerTimesOut?: number | undefined;
  /**
   * A function is invoked twice at the same time with the same events, as when a standard queue hands out messages that
   * are being handled. What one of the two handles is done. Not with batches of FIFO queues.
   */
  readonly handlerRunsTwice?: number | undefined;
}

/** A kind of fault. */
export type FaultKind = keyof FaultRates;

/** A time in which a service answers every request with 503. */
export interface Outage {
  readonly service: ServiceName;
  /** From the start of the system, in its time. */
  readonly afterSeconds: number;
  /** How long it lasts. */
  readonly forSeconds: number;
}

/** A fault that has happened. */
export interface FaultOccurrence {
  /** `outage` for a request that met one. */
  readonly kind: FaultKind | 'outage';
  /** The request to AWS, or the invocation (`awsRequestId`), that it happened to; null for a delivery. */
  readonly requestId: string | null;
  /** Key of the consumer whose function was invoked or sent the request; null for anybody else. */
  readonly consumer: string | null;
}

/** What goes wrong in a system. */
export interface FaultOptions {
  /** What the faults depend on, apart from the course of events. Default: the seed of the system. */
  readonly seed?: number | string | undefined;
  /** Default: none. */
  readonly rates?: FaultRates | undefined;
  /** Default: none. */
  readonly outages?: readonly Outage[] | undefined;
  /** Is told every fault as it happens. */
  readonly onFault?: ((fault: FaultOccurrence) => void) | undefined;
}
