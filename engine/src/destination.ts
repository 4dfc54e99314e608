import type { EventPattern } from './event-pattern.ts';

/** Where a publisher sends to. Told apart by `kind`. */
export type Destination = BusDestination | TopicDestination | QueueDestination;

interface DestinationBase {
  /** Unique among all destinations: `bus:<server key>`, `topic:<channel key>` or `queue:<channel key>`. */
  readonly key: string;
  /** Stable construct id in PascalCase, from the spec key. */
  readonly constructId: string;
  /** Physical name on AWS, before any environment prefix. */
  readonly name: string;
  /** Environment variable that tells a publisher where this destination is (see `environmentValue`). */
  readonly environmentVariable: string;
  readonly description: string | null;
}

/** An EventBridge event bus. Its environment variable holds the bus name. */
export interface BusDestination extends DestinationBase {
  readonly kind: 'bus';
  /** Archive of all events, or null when none is kept. `retentionDays` 0 keeps events for ever. */
  readonly archive: { readonly retentionDays: number } | null;
  /** Accounts that may publish to the bus, and what of it. Absent: none but its own. */
  readonly allowAccounts?: readonly AllowedAccount[];
  /** Schemas of its events for an EventBridge schema registry. Absent: there is no registry. */
  readonly schemaRegistry?: readonly RegistrySchema[];
  /** Logs of the bus itself. Absent: off. */
  readonly logging?: BusLogging;
}

/** An account that may publish events to a bus; each statement of the policy is bound to a source and its names. */
export interface AllowedAccount {
  /** Twelve digits. */
  readonly account: string;
  /** Sorted by (source, name). */
  readonly events: readonly { readonly name: string; readonly source: string }[];
}

/** An entry of a schema registry. */
export interface RegistrySchema {
  /** `<source>@<name>`, as EventBridge names discovered schemas. */
  readonly name: string;
  readonly description: string | null;
  /** JSON text, draft-04. */
  readonly content: string;
}

/** What a bus logs, to a log group of its own. */
export interface BusLogging {
  readonly level: 'error' | 'info' | 'trace';
  /** True logs the payloads too. */
  readonly detail: boolean;
}

/** An SNS topic. Its environment variable holds the topic ARN. */
export interface TopicDestination extends DestinationBase {
  readonly kind: 'topic';
  /** True keeps the order of each message group, and drops duplicates; then its name ends in `.fifo`. */
  readonly fifo: boolean;
  /** FIFO only: true takes the SHA-256 of a body where a publisher gives no deduplication id. */
  readonly contentBasedDeduplication: boolean;
  /** What puts messages of a FIFO topic into groups; null on a standard topic, or when the caller names the group. */
  readonly ordering: Ordering | null;
  /** Set when a bus feeds the topic through one rule for the channel; null when producers publish to the topic itself. */
  readonly fedBy: { readonly bus: string; readonly eventPattern: EventPattern } | null;
}

/** `x-ordering`: messages with the same value at `key` keep their order. */
export interface Ordering {
  /** JSON pointer into the payload, to the value that becomes the message group id. */
  readonly key: string;
}

/** A point-to-point SQS queue. Its environment variable holds the queue URL. */
export interface QueueDestination extends DestinationBase {
  readonly kind: 'queue';
  /** True keeps the order of each message group, and drops duplicates; then its name ends in `.fifo`. */
  readonly fifo: boolean;
  /** FIFO only: true takes the SHA-256 of a body where a publisher gives no deduplication id. */
  readonly contentBasedDeduplication: boolean;
  /** What puts messages of a FIFO queue into groups; null on a standard queue, or when the caller names the group. */
  readonly ordering: Ordering | null;
  /** Receives before a message moves to the queue's dead-letter queue. */
  readonly maxReceiveCount: number;
  /** How long a received message stays hidden from other receives. */
  readonly visibilityTimeoutSeconds: number;
  /** How long a new message stays hidden, 0 to 900 seconds. */
  readonly deliveryDelaySeconds: number;
  /** How long a message is kept, 60 to 1,209,600 seconds. */
  readonly retentionSeconds: number;
  /** `x-fairness`, standard only: whose messages share the queue evenly, by the message group id. Absent: off. */
  readonly fairness?: Ordering;
}
