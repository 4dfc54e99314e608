/**
 * `x-infrastructure` at the root of the spec: how what is deployed differs from the defaults. Settings of a service come
 * before those of the system, those of an environment before both; `services` of an environment before all.
 */
export interface Infrastructure extends InfrastructureSettings {
  /** One customer-managed key for buses, topics, queues, tables, buckets and logs. Absent: keys managed by AWS. */
  readonly encryption?: 'customer';
  /** Mail addresses that alarms are sent to, over one SNS topic. Absent: the topic has no subscriptions. */
  readonly notify?: readonly string[];
  /** Quotas that AWS has raised for the account. Absent: those that every account has at first. */
  readonly quotas?: Quotas;
  /** By the name of the service. Absent: all services have the settings of the system. */
  readonly services?: Readonly<Record<string, InfrastructureSettings>>;
  /** By the name of the environment. Absent: all environments are alike. */
  readonly environments?: Readonly<Record<string, EnvironmentSettings>>;
}

/** What differs in one environment, such as `prod`. */
export interface EnvironmentSettings extends InfrastructureSettings {
  /** In place of those of the system; an empty list is nobody. Absent: those of the system. */
  readonly notify?: readonly string[];
  /** By the name of the service. Absent: all services have the settings of the environment. */
  readonly services?: Readonly<Record<string, InfrastructureSettings>>;
}

/** Settings of the system, or of a service. What is absent keeps its default. */
export interface InfrastructureSettings {
  /** False makes no alarms. Absent: all of them, with their defaults. */
  readonly alarms?: false | AlarmSettings;
  /** Absent: true. */
  readonly dashboard?: boolean;
  /** One of the periods that CloudWatch Logs knows. Absent: 30. */
  readonly logRetentionDays?: number;
  /** X-Ray. Absent: true. */
  readonly tracing?: boolean;
  /** Absent: `arm64`. */
  readonly architecture?: 'arm64' | 'x86_64';
  /** What becomes of tables, buckets and keys when they leave their stack. Absent: `retain`. */
  readonly removal?: 'retain' | 'destroy';
  /** Memory in MiB of functions whose `x-delivery` gives none. Of an environment: of all functions. Absent: 256. */
  readonly memoryMb?: number;
  /**
   * How long functions may run whose `x-delivery` does not say. Of an environment: all functions, whose visibility
   * timeouts follow. Absent: 30.
   */
  readonly timeoutSeconds?: number;
  /** Tags of the stacks; those of all levels are joined. Absent: none. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Bounds of alarms; false makes no such alarm. What is absent keeps its default. */
export interface AlarmSettings {
  /** Dead-letter queues that are not empty. Absent: 1 message. */
  readonly deadLetters?: false | number;
  /** Age of the oldest message of a queue. Absent: three visibility timeouts of the queue, at least 900. */
  readonly oldestMessageSeconds?: false | number;
  /** Errors of a function in five minutes. Absent: 1 (of a function behind a queue 5, since its events come again). */
  readonly errors?: false | number;
  /** Throttled invocations in five minutes. Absent: 1. */
  readonly throttles?: false | number;
  /** Deliveries of a rule that failed, in five minutes. Absent: 1. */
  readonly failedInvocations?: false | number;
}

/** Quotas of an account, by the ids of `limits`. What is absent is as AWS grants it at first. */
export type Quotas = { readonly [Id in RaisedQuota]?: number };

/** Quotas that a spec is judged by, and that AWS raises on request. */
export type RaisedQuota =
  | 'rulesPerBus'
  | 'busesPerAccount'
  | 'busPolicyCharacters'
  | 'filterPoliciesPerTopic'
  | 'filterPoliciesPerAccount'
  | 'managedPoliciesPerRole'
  | 'restApiResources';
