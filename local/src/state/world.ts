import type { CompiledFilterPolicy, CompiledMappingFilter, Consumer, RuleSet, Subscriber } from '@eventloom/engine';
import type { Journal } from '../accounting/journal.ts';
import type { Ledger } from '../accounting/ledger.ts';
import type { Table } from '../dynamodb/table.ts';
import type { RecentTransactions } from '../dynamodb/transact.ts';
import type { Faults } from '../faults/faults.ts';
import type { Random } from '../random.ts';
import type { Reception } from '../targets.ts';
import type { Scheduler } from '../time/scheduler.ts';
import type { Bucket } from './bucket.ts';
import type { Location } from './names.ts';
import type { Shelf } from './shelf.ts';

/** Everything that one local system consists of. */
export interface World {
  readonly location: Location;
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** What handlers draw the jitter of their waits from. */
  readonly jitter: Random;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly journal: Journal;
  /** By name. */
  readonly buses: ReadonlyMap<string, Bus>;
  /** By ARN. */
  readonly topics: ReadonlyMap<string, Topic>;
  /** By name: queues of consumers, of destinations, and dead-letter queues. */
  readonly queues: ReadonlyMap<string, Queue>;
  /** Tables of DynamoDB by name. */
  readonly tables: ReadonlyMap<string, Table>;
  readonly transactions: RecentTransactions;
  /** Buckets of S3 by name. */
  readonly buckets: ReadonlyMap<string, Bucket>;
  /** Of consumers, of relays and of subscribers, in the order of the ledger. */
  readonly functions: readonly LambdaFunction[];
  /** Guards against events that cause each other for ever. */
  readonly bounds: Bounds;
  /** Functions called so far, and events from outside so far. */
  readonly activity: { invocations: number; outsideEvents: number };
}

/** When a system counts as running away. */
export interface Bounds {
  /** Handlers between an event and the event from outside that caused it. */
  readonly hops: number;
  /** Invocations for each event from outside, beyond a fixed allowance. */
  readonly invocationsPerEvent: number;
}

/** An event bus with its rules. */
export interface Bus {
  readonly key: string;
  readonly name: string;
  readonly arn: string;
  /** All rules as one machine, set when consumers are connected. */
  rules: RuleSet<Rule>;
}

/** A rule with its one target. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly target: QueueTarget | FunctionTarget | SubscriberTarget | { readonly kind: 'topic'; readonly topic: Topic };
}

/** A consumer's queue as a target. */
export interface QueueTarget {
  readonly kind: 'queue';
  readonly queue: Queue;
}

/** A consumer's function as a target, invoked asynchronously. */
export interface FunctionTarget {
  readonly kind: 'function';
  readonly function: LambdaFunction;
}

/** What a subscriber delivers to, as a target. */
export interface SubscriberTarget {
  readonly kind: 'subscriber';
  readonly function: LambdaFunction;
  /** The address or the number that SNS sends to; null for any other target. */
  readonly to: string | null;
}

/** A topic with its subscriptions. */
export interface Topic {
  readonly key: string;
  readonly name: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  /** The channel's address: what an event published here has as its source. */
  readonly source: string;
  /** Gets what the rule that feeds the topic cannot deliver; null when no rule does. */
  readonly feedDeadLetterQueue: Queue | null;
  readonly subscriptions: Subscription[];
  readonly deduplication: Deduplication;
  sequence: number;
}

/** A subscription; queues get raw delivery. */
export interface Subscription {
  readonly arn: string;
  /** Null delivers everything. */
  readonly policy: CompiledFilterPolicy | null;
  readonly target: QueueTarget | FunctionTarget | SubscriberTarget;
}

/** What a FIFO topic or queue has accepted lately, by deduplication id, oldest first. */
export type Deduplication = Map<string, { readonly at: number; readonly messageId: string; readonly sequence: number }>;

/** A queue. */
export interface Queue {
  /** Key of the destination; null for the queue of a consumer and for a dead-letter queue. */
  readonly key: string | null;
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  /** The channel's address where producers send to the queue, else its name. */
  readonly source: string;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly retentionSeconds: number;
  readonly redrive: { readonly queue: Queue; readonly maxReceiveCount: number } | null;
  /** Number of the consumer whose deliveries stand here; null on a dead-letter queue. */
  readonly consumer: number | null;
  readonly shelf: Shelf;
  readonly deduplication: Deduplication;
  sequence: number;
  receives: number;
  /** Called when there may be something to receive at a time. */
  onWaiting: ((at: number) => void) | null;
}

/** A consumer's function. */
export interface LambdaFunction {
  readonly consumer: Consumer;
  /** Number of the consumer. */
  readonly index: number;
  readonly name: string;
  readonly arn: string;
  readonly deadLetterQueue: Queue;
  /** The queues that its event source mappings read. */
  readonly sources: readonly QueueSource[];
  readonly environment: Readonly<Record<string, string>>;
  /** Set where nothing is called but what a subscriber delivers to. */
  readonly end?: SubscriberEnd;
  /** Calls the handler. */
  readonly invoke: (invocation: InvocationRequest) => Promise<InvocationResult>;
}

/** What a subscriber delivers to. */
export interface SubscriberEnd {
  readonly subscriber: Subscriber;
  /** Whether a function of the user plays it. */
  readonly isPlayed: boolean;
  /** The bus of the same system that its events go on to. */
  readonly onward: Bus | null;
  /** What it has got, the oldest first. */
  readonly receptions: Reception[];
  /** How many of these are kept at least. */
  readonly limit: number;
  /** Requests that it has refused for good. */
  readonly refused: Set<string>;
}

/** A queue that feeds a function, and what its mapping lets through. */
export interface QueueSource {
  readonly queue: Queue;
  readonly filter: MappingFilter;
}

/** One call of a function. */
export interface InvocationRequest {
  readonly requestId: string;
  readonly payload: unknown;
  /** The events in it. */
  readonly records: readonly InvocationRecord[];
  /** Deliveries so far of an asynchronous invocation, from 1; null when the batch's records tell. */
  readonly attempt: number | null;
}

/** One event within an invocation. */
export interface InvocationRecord {
  /** The message id; null for an asynchronous invocation. */
  readonly messageId: string | null;
  readonly event: number;
  readonly body: string;
}

/** How a call ended. */
export interface InvocationResult {
  /** What the handler returned, as Lambda would have it from JSON; undefined when it failed. */
  readonly response: unknown;
  readonly failure: InvocationFailure | null;
  /** How long the call took in the system's time. */
  readonly milliseconds: number;
  /** By ledger number: events that the handler itself sent to the dead-letter queue, with the reason that it gave. */
  readonly deadLettered: ReadonlyMap<number, string>;
  /** By message id: what the handler said about a record that it reports as failed. */
  readonly notes: ReadonlyMap<string, string>;
}

/** A call that did not return. */
export interface InvocationFailure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** Route filter of an event source mapping. */
export type MappingFilter = CompiledMappingFilter | null;
