import type {
  AlarmSettings,
  BusLogging,
  ClaimCheck,
  Downstream,
  EventPattern,
  Gather,
  Idempotency,
  Ordering,
} from '@eventloom/engine';
import type { Origin } from '../diagnostics/diagnostic.ts';
import type { SpecNode } from '../load/spec-document.ts';
import type { FilterPlace } from './event-model.ts';
import type { InfrastructureDeclaration } from './read/infrastructure.ts';
import type { IngressDeclaration } from './read/ingress.ts';

/*
 * What the readers found in the spec, before it is put together: close to AsyncAPI, with its nodes at hand.
 * Nothing outside the model folder sees these.
 */

/** A value with the place where it is written. */
export interface Placed<T> {
  readonly value: T;
  readonly origin: Origin;
}

/** Everything read. */
export interface Declarations {
  readonly servers: readonly ServerDeclaration[];
  readonly channels: readonly ChannelDeclaration[];
  readonly operations: readonly OperationDeclaration[];
  readonly infrastructure: InfrastructureDeclaration;
}

export interface ServerDeclaration {
  readonly key: string;
  readonly protocol: string;
  readonly identity: string;
  readonly origin: Origin;
  /** Null when the server is no event bus. */
  readonly bus: BusSettings | null;
}

export interface BusSettings {
  readonly name: string;
  readonly archive: { readonly retentionDays: number } | null;
  readonly description: string | null;
  /** `logging`; null is off. */
  readonly logging: BusLogging | null;
  /** `allowAccounts`, in the order given. */
  readonly allowAccounts: readonly AllowedAccountDeclaration[];
  /** Where `schemaRegistry: true` is written; null is off. */
  readonly schemaRegistry: Origin | null;
}

/** An account that may publish to a bus. */
export interface AllowedAccountDeclaration {
  readonly account: string;
  /** The list of events as it is written; null allows all that are on the bus. */
  readonly events: SpecNode | null;
  readonly origin: Origin;
}

export interface ChannelDeclaration {
  readonly key: string;
  readonly identity: string;
  readonly origin: Origin;
  readonly description: string | null;
  /** Null when the spec gives none that can be used. */
  readonly address: string | null;
  /** Null when the channel has no place that can be used. */
  readonly placement: Placement | null;
  readonly ordering: Placed<Ordering> | null;
  /** `x-fairness`; null when it does not stand there, or cannot. */
  readonly fairness: Placed<Ordering> | null;
  /** `x-claim-check`; null when it does not stand there. */
  readonly claimCheck: Placed<ClaimCheckSettings> | null;
  /** Sorted by key. */
  readonly messages: readonly ChannelMessage[];
}

/** What `x-claim-check` says. */
export interface ClaimCheckSettings extends ClaimCheck {
  readonly expireDays: number;
  /** Where each pointer of `keep` is written. */
  readonly keepOrigins: readonly Origin[];
}

/** Where a channel's events go. */
export type Placement =
  | { readonly kind: 'bus'; readonly server: string }
  | { readonly kind: 'bus-topic'; readonly server: string; readonly topic: TopicSettings }
  | { readonly kind: 'topic'; readonly topic: TopicSettings }
  | { readonly kind: 'queue'; readonly queue: QueueSettings };

/** What `bindings.sns` says. */
export interface TopicSettings {
  readonly name: string;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  readonly origin: Origin;
}

/** What `bindings.sqs` says; null is left to defaults. */
export interface QueueSettings {
  readonly name: string;
  readonly fifo: boolean;
  readonly visibilityTimeoutSeconds: number | null;
  readonly maxReceiveCount: number | null;
  readonly deliveryDelaySeconds: number | null;
  readonly retentionSeconds: number | null;
  readonly origin: Origin;
}

/** A message at one place in a channel. */
export interface ChannelMessage {
  /** Its key in the channel's `messages`. */
  readonly key: string;
  /** Its `name`, else the key. */
  readonly name: string;
  /** The definition, traits merged. */
  readonly node: SpecNode;
  /** Equal for one definition under one name, wherever it is used. */
  readonly definition: string;
  /** Where the channel names it. */
  readonly origin: Origin;
}

export type OperationDeclaration = SendDeclaration | ReceiveDeclaration;

interface OperationBase {
  readonly key: string;
  readonly node: SpecNode;
  readonly origin: Origin;
  readonly channel: ChannelDeclaration;
  /** Those selected, sorted by name. */
  readonly messages: readonly ChannelMessage[];
  /** Whether that is every message of the channel. */
  readonly takesAll: boolean;
  readonly service: string;
}

export interface SendDeclaration extends OperationBase {
  readonly action: 'send';
  /** `x-outbox: true`. */
  readonly outbox: boolean;
  /** `x-ingress`; null when it does not stand there, or has a mistake. */
  readonly ingress: IngressDeclaration | null;
}

export interface ReceiveDeclaration extends OperationBase {
  readonly action: 'receive';
  readonly consumer: string;
  readonly filter: FilterDeclaration | null;
  /** Null when the spec does not say. */
  readonly filterScope: 'body' | 'attributes' | null;
  readonly deletesUnmatched: boolean;
  /** `x-filter-rest: handler`; null when it does not stand there. */
  readonly rest: { readonly origin: Origin } | null;
  readonly delivery: DeliveryOptions;
  readonly emits: readonly EmitDeclaration[];
  readonly idempotency: Placed<Idempotency> | null;
  /** JSON pointer into the payload. */
  readonly split: Placed<string> | null;
  readonly gather: Placed<Gather> | null;
  /** Sorted by name. */
  readonly downstreams: Placed<readonly Downstream[]> | null;
  /** `x-callers`; null when it does not stand there. */
  readonly callers: readonly Placed<string>[] | null;
  /** The message of `reply`; read only beside `x-callers`. */
  readonly reply: Placed<{ readonly channel: ChannelDeclaration; readonly message: ChannelMessage }> | null;
  readonly alarms: Placed<false | AlarmSettings> | null;
}

export interface FilterDeclaration {
  readonly value: EventPattern;
  readonly places: readonly FilterPlace[];
  readonly origin: Origin;
}

/** Options of `x-delivery` that were given and are right, by name. */
export type DeliveryOptions = ReadonlyMap<string, DeliveryOption>;

/** One option of `x-delivery`. */
export interface DeliveryOption extends Placed<unknown> {
  /** Where its value stands, to read what is below it. */
  readonly node: SpecNode;
}

export interface EmitDeclaration {
  readonly channel: ChannelDeclaration;
  readonly message: ChannelMessage;
  readonly origin: Origin;
}
