import type { AlarmSettings } from './infrastructure.ts';
import type { EventAddress, EventBridgeRoute, EventBridgeSnsRoute, SnsRoute } from './topology.ts';

/**
 * One or more `receive` operations of a service whose events go to something that is no function of the service: a
 * workflow, a stream, another bus, an address. It has no handler. Its filter is always evaluated by the route.
 */
export interface Subscriber {
  /** `<service>/<consumer>`: unique among consumers and subscribers. */
  readonly key: string;
  readonly service: string;
  /** The consumer's identifier (`x-consumer`, else the operation's key). */
  readonly consumer: string;
  /** Stable construct id in PascalCase, unique within the service. */
  readonly constructId: string;
  readonly description: string | null;
  /** One per `receive` operation, sorted by operation key. Each of a kind that AWS can lead to the delivery. */
  readonly routes: readonly SubscriberRoute[];
  readonly delivery: SubscriberDelivery;
  /** What a workflow may publish, sorted by (source, name); empty for every other delivery. */
  readonly emits: readonly EventAddress[];
  /** `x-alarms`: bounds of this subscriber's alarms; false makes none. Absent: those of its service. */
  readonly alarms?: false | AlarmSettings;
}

/** How events reach a subscriber. A point-to-point queue leads to functions only. */
export type SubscriberRoute = EventBridgeRoute | EventBridgeSnsRoute | SnsRoute;

/** Where the events of a subscriber go. Told apart by `type`. */
export type SubscriberDelivery =
  | WorkflowDelivery
  | StreamDelivery
  | BusDelivery
  | EndpointDelivery
  | LogDelivery
  | EmailDelivery
  | SmsDelivery
  | HttpDelivery
  | ExternalDelivery;

/** A Step Functions state machine, one execution for each event. From a bus only. */
export interface WorkflowDelivery {
  readonly type: 'workflow';
  /** Standard runs up to a year, exactly once; express five minutes, at least once, for less. */
  readonly kind: 'standard' | 'express';
  /**
   * JSON text of the definition in Amazon States Language, from the file that the spec names. `${SHOP_BUS}` and the like
   * stand for the destinations of `emits`, by their environment variables. Null when the state machine is handed to the
   * constructs.
   */
  readonly definition: string | null;
  /** What an execution gets: the payload, or the whole EventBridge envelope. */
  readonly input: 'payload' | 'event';
}

/** A Kinesis stream (from a bus only), or Firehose into a bucket (from a bus or a topic). */
export type StreamDelivery = KinesisDelivery | FirehoseDelivery;

/** Events stay in order for each partition key, and several applications read them at their own pace. */
export interface KinesisDelivery {
  readonly type: 'stream';
  readonly kind: 'kinesis';
  /** JSON pointer into the payload to what keeps its order; null takes the event's id. */
  readonly partitionKey: string | null;
  /** Null lets the stream grow and shrink on demand. */
  readonly shards: number | null;
  /** How long the stream keeps an event, 24 to 8,760 hours. */
  readonly retentionHours: number;
}

/** Events are gathered into objects of a bucket, one JSON document to a line, below a prefix of event and date. */
export interface FirehoseDelivery {
  readonly type: 'stream';
  readonly kind: 'firehose';
  /** How long events are gathered for an object, 0 to 900 seconds. */
  readonly bufferSeconds: number;
  /** Size at which an object is written before that, 1 to 128 MiB. With partitions at least 64. */
  readonly bufferMb: number;
  readonly compression: 'gzip' | 'none';
  /** JSON pointers into the payload whose values become folders, before the date. At most what Firehose takes. */
  readonly partitions: readonly string[];
  /** Days after which an object is deleted; null keeps it for ever. */
  readonly expireDays: number | null;
}

/** Another event bus: of the account and Region of the stack, or of others. From a bus only. */
export interface BusDelivery {
  readonly type: 'bus';
  readonly busName: string;
  /** Twelve digits; null is the account of the stack. */
  readonly account: string | null;
  /** Null is the Region of the stack. */
  readonly region: string | null;
}

/** An HTTPS address called by EventBridge, at a rate and with credentials of a connection. From a bus only. */
export interface EndpointDelivery {
  readonly type: 'endpoint';
  readonly url: string;
  readonly method: 'POST' | 'PUT' | 'PATCH';
  /** Calls of a second at most, 1 to 300; null leaves it to EventBridge. */
  readonly ratePerSecond: number | null;
  /** What is sent: the payload, or the whole EventBridge envelope. */
  readonly body: 'payload' | 'event';
  readonly authorization: EndpointAuthorization;
}

/** Credentials of a connection. Each `secret` names a secret of Secrets Manager; no spec holds one. */
export type EndpointAuthorization =
  | { readonly kind: 'apiKey'; readonly header: string; readonly secret: string }
  | { readonly kind: 'basic'; readonly username: string; readonly secret: string }
  | {
      readonly kind: 'oauth';
      readonly tokenUrl: string;
      readonly clientId: string;
      readonly secret: string;
      readonly scope: string | null;
    };

/** A log group of CloudWatch. From a bus only. */
export interface LogDelivery {
  readonly type: 'log';
  /** One of the periods that CloudWatch Logs knows. */
  readonly retentionDays: number;
}

/** Mail to fixed addresses, each of which must confirm. From a topic only. */
export interface EmailDelivery {
  readonly type: 'email';
  readonly addresses: readonly string[];
}

/** Text messages to fixed numbers in E.164. From a topic only. */
export interface SmsDelivery {
  readonly type: 'sms';
  readonly numbers: readonly string[];
}

/** An HTTPS address called by SNS, which must confirm. From a topic only. */
export interface HttpDelivery {
  readonly type: 'http';
  readonly url: string;
  /** True sends the payload alone; false wraps it in the JSON document of SNS, with its signature. */
  readonly raw: boolean;
  readonly policy: DeliveryPolicy;
}

/** How SNS calls an address again, and how often at most. */
export interface DeliveryPolicy {
  /** Retries, 0 to 100. */
  readonly retries: number;
  /** Before the first of them. */
  readonly minimumDelaySeconds: number;
  /** What the delay does not grow beyond. */
  readonly maximumDelaySeconds: number;
  readonly backoff: 'linear' | 'arithmetic' | 'geometric' | 'exponential';
  /** Null sets no bound. */
  readonly maximumPerSecond: number | null;
}

/** A queue without a function of ours: one made for it, or one that another team owns. */
export interface ExternalDelivery {
  readonly type: 'none';
  /** ARN of the queue that gets the events, whose policy its owner writes. Null makes a queue with a dead-letter queue. */
  readonly arn: string | null;
  /** How long a received message stays hidden from other receives. */
  readonly visibilityTimeoutSeconds: number;
  /** Receives before a message moves to the dead-letter queue. */
  readonly maxReceiveCount: number;
  /** True for a FIFO queue, behind a FIFO topic. */
  readonly fifo: boolean;
}
