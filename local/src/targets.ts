import type { Invocation } from '@eventloom/runtime';
import type { EventReference } from './accounting/activity.ts';

/** One event as the target of a subscriber has got it. */
export interface Reception {
  readonly event: EventReference;
  /** When the target took it. */
  readonly at: Date;
  /** As it was sent: the payload, the envelope of EventBridge, or the document of SNS. */
  readonly body: string;
  /** `body`, parsed where it is JSON. */
  readonly content: unknown;
  /** The address or the number that it was sent to; null where a subscriber has one target. */
  readonly to: string | null;
  /** Message attributes by name, on a queue only. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What keeps its order in a stream of Kinesis; null anywhere else. */
  readonly partitionKey: string | null;
}

/** What the function that plays a target knows beside the event. */
export interface TargetContext {
  /** Tries so far, this one included. */
  readonly attempt: number;
  /** Clients with the rights of the target: a workflow may publish what its subscriber emits, anything else nothing. */
  readonly clients: Invocation['clients'];
  /** The environment variables of what a workflow emits. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Plays the target of a subscriber: the start of a workflow, an endpoint, a stream, the reader of a queue. What it throws
 * is the target's refusal: the event comes again as on AWS, and lands on the dead-letter queue in the end. An error with a
 * `status` from 400 to 499 other than 409 and 429 is not tried again, except by a queue.
 */
export type TargetFunction = (reception: Reception, context: TargetContext) => unknown;

/** Functions that play targets, by the keys of their subscribers. */
export interface TargetFunctions {
  readonly [subscriber: string]: TargetFunction;
}
