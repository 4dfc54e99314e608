import type { PublisherOptions } from './connection.ts';
import type { HandlerContext } from './context.ts';
import type { RouteKind } from './definitions.ts';
import type { ReceivedEvent } from './events.ts';
import type { Session } from './handle/session.ts';

/**
 * Something that a handler can do beside calling the user's function: remember, measure, publish. Generated code passes
 * those that the spec asks for, and users may pass more, so that a bundle carries only what is used. The first in the
 * list stands outermost. Every hook is optional.
 */
export interface Feature {
  /** Called once, when the handler is made; throws a `ConfigurationError` when the environment lacks something. */
  readonly check?: (options: PublisherOptions) => void;
  /** Turns what came into the payload, before it is validated. */
  readonly restore?: (payload: unknown, session: Session) => Promise<unknown> | unknown;
  /**
   * Stands around the user's function for one event, and returns what it returned. Not calling `next` leaves the event
   * out; it counts as handled. Throwing a `RetryLater` says when it should come again.
   */
  readonly around?: (call: Call, next: () => Promise<unknown>) => Promise<unknown>;
  /** Fields that it adds to the context of the user's function. */
  readonly extend?: (call: Call) => object;
  /** Is told what becomes of events. Must not throw. */
  readonly observe?: (observation: Observation) => void;
  /** Called when an invocation ends, before its result is returned. Must not throw. */
  readonly flush?: (session: Session) => Promise<void> | void;
}

/** One event on its way to the user's function. */
export interface Call {
  readonly session: Session;
  readonly event: ReceivedEvent<string, string, unknown>;
  readonly route: RouteKind;
  /** The id that SQS, SNS or EventBridge gave to this delivery. */
  readonly messageId: string;
  /** Deliveries so far, this one included. */
  readonly attempt: number;
  /** What the user's function is given. */
  readonly context: HandlerContext;
}

/** What became of one event. Told apart by `kind`. */
export type Observation =
  /** It came; nothing is known of it yet. */
  | { readonly kind: 'received'; readonly session: Session; readonly messageId: string; readonly attempt: number }
  /** The user's function returned, or a feature left the event out. `durationMilliseconds` is the time it took. */
  | { readonly kind: 'handled'; readonly call: Call; readonly durationMilliseconds: number }
  /** The consumer's filter, evaluated by the handler, does not match it. */
  | { readonly kind: 'unwanted'; readonly session: Session; readonly messageId: string }
  /** It will come again, after so many seconds where that is known. `call` is absent for what could not be read. */
  | {
      readonly kind: 'retried';
      readonly session: Session;
      readonly messageId: string;
      readonly attempt: number;
      readonly error: unknown;
      readonly call?: Call | undefined;
    }
  /** It was sent to the dead-letter queue; `invalid` when its schema or its envelope was the reason. */
  | {
      readonly kind: 'deadLettered';
      readonly session: Session;
      readonly messageId: string;
      readonly invalid: boolean;
      readonly error: unknown;
      readonly call?: Call | undefined;
    };
