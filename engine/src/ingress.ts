import type { EventAddress } from './topology.ts';

/**
 * `x-ingress` of a `send` operation: AWS itself publishes its one event, without a function between. Told apart by
 * `kind`.
 */
export type Ingress = HttpIngress | ScheduleIngress | QueueIngress | TableIngress;

interface IngressBase {
  /** Key of the `send` operation; unique among ingresses. */
  readonly operation: string;
  readonly service: string;
  /** Stable construct id in PascalCase, unique within the service among consumers, subscribers and ingresses. */
  readonly constructId: string;
  readonly description: string | null;
  readonly event: EventAddress;
}

/** A message attribute of a topic or queue, filled from the payload's property of the same name; left out without one. */
export interface IngressAttribute {
  readonly name: string;
  readonly type: 'String' | 'Number' | 'String.Array';
}

/** A method of the service's REST API, integrated with EventBridge or SNS. */
export interface HttpIngress extends IngressBase {
  readonly kind: 'http';
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Starts with `/`; `{name}` stands for a path parameter. */
  readonly path: string;
  /** Those of `path`, in its order. Their values become the field of the payload of the same name. */
  readonly parameters: readonly PathParameter[];
  /** JSON Schema draft-04 of the body, self-contained: the payload without the fields of path parameters. */
  readonly body: unknown;
  /** Message attributes besides `type`, `id` and `time`, sorted by name. Absent on a bus. */
  readonly attributes?: readonly IngressAttribute[];
  readonly authorization: HttpAuthorization;
  /** Null leaves it to the quota of the account. */
  readonly throttle: { readonly ratePerSecond: number; readonly burst: number } | null;
  /** Field of the payload that gets the request's id, as correlation id, when the body has none; null is off. */
  readonly correlationField: string | null;
}

/** A part of a path. */
export interface PathParameter {
  readonly name: string;
  /** The values let through; null lets every text through. */
  readonly values: readonly string[] | null;
  /** Regular expression that the whole text has to match, without quotes and backslashes; null asks for none. */
  readonly pattern: string | null;
  readonly type: 'string' | 'integer' | 'number' | 'boolean';
}

/** Who may call. */
export type HttpAuthorization =
  | { readonly kind: 'none' }
  | { readonly kind: 'iam' }
  | { readonly kind: 'apiKey' }
  | {
      readonly kind: 'jwt';
      readonly issuer: string;
      readonly audience: readonly string[];
      /** All of them must be in the token; may be empty. */
      readonly scopes: readonly string[];
      /** Module path of the service's authorizer below the handlers' folder: `<service>/jwt-authorizer`. */
      readonly handler: string;
    }
  /** A Lambda authorizer of the service; `handler` is its module path below the handlers' folder. */
  | { readonly kind: 'lambda'; readonly handler: string };

/** EventBridge Scheduler publishes the same payload again and again. */
export interface ScheduleIngress extends IngressBase {
  readonly kind: 'schedule';
  /** `rate(…)`, `cron(…)` or `at(…)`. */
  readonly expression: string;
  /** IANA name; null is UTC. */
  readonly timezone: string | null;
  /** Within how many minutes after its time it may fire; null is at its time. */
  readonly flexibleMinutes: number | null;
  /** JSON text of the payload; it is valid. `<aws.scheduler.scheduled-time>` and the like may stand in its texts. */
  readonly payload: string;
  /** Message attributes besides `type`, `id` and `time`, by name. Absent on a bus. */
  readonly attributes?: Readonly<Record<string, { readonly type: IngressAttribute['type']; readonly text: string }>>;
  /** Message group, on a FIFO topic or queue. Absent elsewhere. */
  readonly group?: string;
}

/** Messages of a queue, sent by somebody who knows no event bus, become events by a pipe. */
export interface QueueIngress extends IngressBase {
  readonly kind: 'queue';
  /** Queue that exists already; null makes one, with a dead-letter queue. */
  readonly arn: string | null;
  /** Messages that the pipe takes at once, 1 to 10. */
  readonly batchSize: number;
  /** Receives before a message moves to the dead-letter queue, of a queue that is made. */
  readonly maxReceiveCount: number;
}

/** New items of a table become events by a pipe on its stream. */
export interface TableIngress extends IngressBase {
  readonly kind: 'table';
  /** Stream of a table that exists already; null makes a table with a stream. */
  readonly streamArn: string | null;
  /** Attribute of the item that holds the payload as JSON text. */
  readonly attribute: string;
  /** Records that the pipe takes at once, 1 to 10. */
  readonly batchSize: number;
}
