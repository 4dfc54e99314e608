import type { Topology } from '@eventloom/engine';
import type { LogLevel } from '@eventloom/runtime';
import type { Activity } from './accounting/activity.ts';
import type { KeyAttribute } from './dynamodb/table.ts';
import type { FaultOptions } from './faults/rates.ts';
import type { HandlerModules } from './handlers.ts';
import type { TargetFunctions } from './targets.ts';
import type { Interceptor } from './wire/call.ts';

/** What a local system is made of. */
export interface LocalSystemOptions {
  /** The wired system, as generated. */
  readonly topology: Topology;
  /**
   * A module with a `handler` for each consumer of the topology, loaded when the consumer is first invoked, and for the
   * relay of each outbox. Without a relay, what is written into its outbox waits there, which the report says.
   */
  readonly handlers: HandlerModules;
  /**
   * Functions that play what subscribers deliver to. Default: each target takes everything at once, and the queue of a
   * subscriber keeps its messages until a client receives and deletes them.
   */
  readonly targets?: TargetFunctions | undefined;
  /**
   * `virtual` time stands still while work is done and jumps to the next due work in `settle` and `advance`, so that
   * retries take milliseconds; handlers run one after the other, and one seed gives one course of events. `real` time
   * is the machine's; work begins by itself and handlers run side by side. Default: `virtual`.
   */
  readonly time?: 'virtual' | 'real' | undefined;
  /** When virtual time begins. Default: 2026-01-01T00:00:00Z. */
  readonly startTime?: Date | undefined;
  /** What ids depend on. Default: 1. */
  readonly seed?: number | string | undefined;
  /** Default: `us-east-1`. */
  readonly region?: string | undefined;
  /** Is told everything that happens, as it happens. */
  readonly onActivity?: ((activity: Activity) => void) | undefined;
  /** Takes the lines that handlers of `@eventloom/runtime` log. Default: they go to standard output. */
  readonly onLog?: ((consumer: string, level: LogLevel, line: string) => void) | undefined;
  /** How many activities `journal` keeps, the latest, and `received` of each subscriber. Default: 10,000. */
  readonly journalLimit?: number | undefined;
  /** What goes wrong: requests, deliveries, invocations. Default: nothing. */
  readonly faults?: FaultOptions | undefined;
  /** Stand around each request between the wire and the services, the first outermost. Default: none. */
  readonly interceptors?: readonly Interceptor[] | undefined;
  /** Tables of one's own, beside those that the topology asks for. Default: none. */
  readonly tables?: readonly TableOptions[] | undefined;
  /** Keys that callers of APIs with `authorization: { kind: apiKey }` may show. Default: `local`. */
  readonly apiKeys?: readonly string[] | undefined;
  /** How long an invocation takes in virtual time, in milliseconds. Default: 20. */
  readonly invocationMilliseconds?: number | undefined;
  /**
   * Milliseconds of the machine's time after which a handler counts as timed out. Default: the timeout of its function.
   * In virtual time the timeout takes the function's timeout, whatever stands here.
   */
  readonly patienceMilliseconds?: number | undefined;
  /** When `settle` gives up on events that cause each other for ever. */
  readonly bounds?: BoundsOptions | undefined;
}

/** A table of DynamoDB. Functions of all services may use it. */
export interface TableOptions {
  readonly name: string;
  /** The attribute, of text unless it says otherwise. */
  readonly partitionKey: string | KeyAttribute;
  /** Default: none. */
  readonly sortKey?: string | KeyAttribute | undefined;
}

/** When a system counts as running away. */
export interface BoundsOptions {
  /** Handlers between an event and the event from outside that caused it. Default: 100. */
  readonly hops?: number | undefined;
  /** Invocations for each event from outside, beyond 1,000. Default: 200. */
  readonly invocationsPerEvent?: number | undefined;
}
