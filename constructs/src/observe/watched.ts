import type { Watchable } from '@eventloom/engine';
import type { CfnRule } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** A consumer, a subscriber, a relay, an ingress, or a queue of the core stack, as it is watched. */
export interface Watched {
  /** What the topology says there is to be watched, with its bounds. The rest says where. */
  readonly watchable: Watchable;
  /** Gets the alarms that are its own. */
  readonly scope: Construct;
  /** What brings back what stands on its dead-letter queues. */
  readonly redrive: Redrive;
  readonly deadLetterQueues: readonly IQueue[];
  /** What holds events until they are handled, in the order of `watchable.waiting`. */
  readonly waiting: readonly Waiting[];
  readonly function?: IFunction;
  /** Functions where there are several, by the names of `watchable.failing` and `watchable.throttled`. */
  readonly functions?: ReadonlyMap<string, IFunction>;
  /** By the names of `watchable.failing`, functions apart. */
  readonly failures?: ReadonlyMap<string, MetricSource>;
  /** By operation key, or by what `watchable.rules` calls them. */
  readonly rules: ReadonlyMap<string, CfnRule>;
}

/** What holds events: a queue, the stream that a function reads, or the one that writes to a bucket. */
export type Waiting =
  | { readonly kind: 'delivery'; readonly deliveryStreamName: string }
  | { readonly kind: 'queue'; readonly queue: IQueue }
  | { readonly kind: 'stream'; readonly reader: IFunction };

/**
 * `command` is `eventloom redrive`, `outbox` marks items of the outbox anew, `sqs` is the redrive of SQS itself, `again` sends
 * the events again, where no queue was before the dead-letter queue.
 */
export type Redrive = 'command' | 'outbox' | 'sqs' | 'again';

/** A metric of CloudWatch, with the statistic by which it is watched. */
export interface MetricSource {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Sum' | 'Maximum' | 'Average' | 'p50' | 'p99';
  /** Its values are to be divided by this before they are compared. Absent: 1. */
  readonly divisor?: number;
}
