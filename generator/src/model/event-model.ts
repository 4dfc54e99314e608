import type {
  ClaimBucket,
  ClaimCheck,
  Destination,
  EventPattern,
  Infrastructure,
  Ordering,
  Subscriber,
  Consumer as WiredConsumer,
  Service as WiredService,
} from '@eventloom/engine';
import type { Origin } from '../diagnostics/diagnostic.ts';
import type { Documentation } from './documentation/documentation.ts';
import type { IngressModel } from './ingress/build-ingresses.ts';
import type { Doc, NamedType, TypeExpression } from './type-expression.ts';

/**
 * The one model between the spec and everything generated. Readonly and JSON-serialisable; all names, defaults and
 * compiled filters are decided here, so that emitters only spell. Every list is sorted by code unit of its key.
 */
export interface EventModel {
  readonly spec: SpecIdentity;
  readonly catalog: Catalog;
  readonly system: SystemModel;
  /** What only readers need. */
  readonly documentation: Documentation;
}

/** What the spec says of itself in `info`. */
export interface SpecIdentity {
  /** Base name of the spec file, for headers. */
  readonly file: string;
  readonly title: string;
  readonly version: string;
  readonly description: string | null;
  readonly origin: Origin;
}

/** What exists: message types with their payloads, and the events they become where they are published. */
export interface Catalog {
  readonly messages: readonly MessageType[];
  readonly events: readonly EventType[];
}

/** One message definition of the spec; several channels may share it. */
export interface MessageType {
  /** Name on the wire. */
  readonly name: string;
  /** TypeScript name of the payload, unique in the model. */
  readonly typeName: string;
  /** Base name of its files, unique in the model without regard to case. */
  readonly fileName: string;
  /** Where the spec defines it, as a reader of generated code finds it: `asyncapi.yaml#/components/messages/X`. */
  readonly reference: string;
  readonly doc: Doc;
  /** Self-contained draft-07 schema: every `$ref` is `#` or `#/definitions/<key>`; keys sorted; no annotations lost. */
  readonly payload: JsonSchema;
  /** The payload's types; the first is named `typeName`. */
  readonly types: readonly NamedType[];
  /** Scalar (or string-array) top-level properties of the message's headers: SNS and SQS attributes. */
  readonly headers: readonly HeaderField[];
  /** Where its correlation id stands (`correlationId`); null when it has none. */
  readonly correlation: CorrelationLocation | null;
  readonly examples: readonly unknown[];
  readonly origin: Origin;
}

/** A runtime expression such as `$message.header#/correlationId`, taken apart. */
export interface CorrelationLocation {
  readonly in: 'header' | 'payload';
  /** JSON pointer; one name where it is into headers. */
  readonly pointer: string;
}

/** A JSON Schema, draft-07. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** A property of a message's `headers`, which becomes a message attribute on topics and queues. */
export interface HeaderField {
  readonly name: string;
  readonly attributeType: 'String' | 'Number' | 'String.Array';
  readonly type: TypeExpression;
  /** True refuses an event without a value for it. */
  readonly required: boolean;
  /** The payload's property of the same name fills it when the caller gives none. */
  readonly inPayload: boolean;
  /** The payload always has a value for it, so that the caller need give none. */
  readonly alwaysInPayload: boolean;
}

/** An event: identified by (name, source). */
export interface EventType {
  readonly name: string;
  readonly source: string;
  /** Key of the channel in the spec. */
  readonly channel: string;
  /** `typeName` of its message. */
  readonly message: string;
  /** Key of the destination a producer sends it to. */
  readonly destination: string;
  /** The channel's `x-ordering`, when its topic or queue is FIFO; else null. */
  readonly ordering: Ordering | null;
  /** The channel's `x-fairness`; absent without one. */
  readonly fairness?: Ordering;
  /** The channel's `x-claim-check`; absent without one. */
  readonly claimCheck?: ClaimCheck;
  /** Largest entry that all routes behind its destination carry; absent where that is what the destination itself takes. */
  readonly maximumBytes?: number;
  readonly origin: Origin;
}

/** How it is wired: the topology that ships, and what only generation needs beside it. */
export interface SystemModel {
  /** kebab-case name of the system. */
  readonly name: string;
  readonly destinations: readonly Destination[];
  readonly services: readonly ServiceModel[];
  /** `x-infrastructure`; absent without one. */
  readonly infrastructure?: Infrastructure;
  /** Absent when no channel has an `x-claim-check`. */
  readonly claimBucket?: ClaimBucket;
}

/** A service: what is generated in its folder. */
export interface ServiceModel {
  readonly wiring: WiredService;
  /** Folder of its generated files: the service's name. */
  readonly folder: string;
  /** `createOrdersPublisher`, `OrdersPublisher`, `OrdersPublisherEvent`; null when it has no `send` operation. */
  readonly publisher: {
    readonly factoryName: string;
    readonly typeName: string;
    readonly eventTypeName: string;
  } | null;
  /** `createOrdersOutbox`, `OrdersOutbox`, `createOrdersOutboxRelay`; null when no `send` operation has `x-outbox`. */
  readonly outbox: {
    readonly factoryName: string;
    readonly typeName: string;
    readonly relayFactoryName: string;
  } | null;
  readonly producers: readonly ProducerModel[];
  readonly consumers: readonly ConsumerModel[];
  /** Consumers without a handler: in the service's folder stand only the types of what a workflow emits. */
  readonly subscribers: readonly SubscriberModel[];
  /** What AWS publishes for it by itself (`x-ingress`), sorted by operation. */
  readonly ingresses: readonly IngressModel[];
  /** Functions of other services that it may call directly, sorted by operation; absent when there are none. */
  readonly calls?: readonly CallModel[];
}

/** A function that a service may call directly: one operation with `x-callers`. */
export interface CallModel {
  /** Key of the `receive` operation. */
  readonly operation: string;
  /** Name of the method: the operation's key when that is an identifier, else its camelCase. */
  readonly methodName: string;
  /** Key of the consumer. */
  readonly consumer: string;
  readonly environmentVariable: string;
  readonly event: EventReference;
  /** Absent: the event is handed over. */
  readonly reply?: ReplyModel;
  readonly doc: Doc;
  readonly origin: Origin;
}

/** What a function answers to who calls it directly. */
export interface ReplyModel extends EventReference {
  /** `typeName` of the message. */
  readonly message: string;
}

/** A `send` operation. */
export interface ProducerModel {
  /** Key of the operation in the spec. */
  readonly operation: string;
  /** Name of the publisher's method: the operation's key when that is an identifier, else its camelCase. */
  readonly methodName: string;
  readonly doc: Doc;
  /** Its events, sorted by name: one gives `method(payload)`, several give `method(name, payload)`. */
  readonly events: readonly EventReference[];
  readonly channel: string;
  /** True with `x-outbox: true`; else absent. */
  readonly outbox?: true;
  readonly origin: Origin;
}

/** Points at `Catalog.events`. */
export interface EventReference {
  readonly name: string;
  readonly source: string;
}

/** A consumer: its wiring, and the names of what is generated for it. */
export interface ConsumerModel {
  readonly wiring: WiredConsumer;
  /** Base name of its generated files. */
  readonly fileName: string;
  /** Name of the handler factory: the consumer's identifier. */
  readonly factoryName: string;
  /** Prefix of its types in PascalCase: `ScreenHighValueOrder`. */
  readonly typeName: string;
  /** Name of its wiring constant in the topology, unique in the system: `fraudScreenHighValueOrder`. */
  readonly wiringName: string;
  readonly doc: Doc;
  /** One per event received over all routes, sorted by (source, name), with the payload narrowed by the filter. */
  readonly receives: readonly ReceivedEvent[];
  /** One per `receive` operation, sorted by operation key. */
  readonly operations: readonly OperationModel[];
  /** What it answers to direct calls; absent when it answers nothing. */
  readonly reply?: ReplyModel;
  readonly origin: Origin;
}

/** A consumer without a handler: its wiring, and what generation needs beside it. */
export interface SubscriberModel {
  readonly wiring: Subscriber;
  /** Base name of the file that holds its wiring. */
  readonly fileName: string;
  /** Name of its wiring constant in the topology, unique in the system. */
  readonly wiringName: string;
  /** Type of what its workflow publishes; null when it publishes nothing. */
  readonly emittedTypeName: string | null;
  /** One per `receive` operation, sorted by operation key. */
  readonly operations: readonly OperationModel[];
  readonly origin: Origin;
}

/** Whatever receives events: a consumer with a handler, or without. */
export type ReceiverModel = ConsumerModel | SubscriberModel;

/** An event type that a consumer receives. */
export interface ReceivedEvent extends EventReference {
  /** `typeName` of its message. */
  readonly message: string;
  /** The whole filter, when the handler evaluates it; absent when the routes do. */
  readonly handlerFilter?: EventPattern;
  /** Null when the filters let the payload through as it is. */
  readonly narrowing: Narrowing | null;
}

/** A payload as a consumer's filters let it through. */
export interface Narrowing {
  /** By which the consumer exports the type; null where that would be ambiguous, and the type stands where it is used. */
  readonly typeName: string | null;
  /** In terms of the message's types. */
  readonly type: TypeExpression;
}

/** One `receive` operation of a consumer. */
export interface OperationModel {
  readonly operation: string;
  readonly channel: string;
  /** `x-filter` with sorted keys, rooted at the payload. */
  readonly filter: EventPattern | null;
  /** Where each part of the filter is written; empty without a filter. */
  readonly filterPlaces: readonly FilterPlace[];
  /** What the filter of a subscription reads. */
  readonly filterScope: 'body' | 'attributes';
  /** `x-filter-unmatched: delete`: a queue may lose what the filter does not match. */
  readonly deletesUnmatched: boolean;
  readonly origin: Origin;
}

/** Where one part of an `x-filter` stands in the spec. */
export interface FilterPlace {
  /** JSON pointer into the filter; empty for the whole. */
  readonly pointer: string;
  readonly origin: Origin;
}
