import {
  type EndpointDelivery,
  type ExternalDelivery,
  type FirehoseDelivery,
  type HttpDelivery,
  type KinesisDelivery,
  type LogDelivery,
  limits,
  type WorkflowDelivery,
} from '@eventloom/engine';
import { queueDefaults } from '../delivery-defaults.ts';

/** What a workflow gets when the spec does not say. */
export const workflowDefaults: Pick<WorkflowDelivery, 'kind' | 'input'> = { kind: 'standard', input: 'payload' };

/** What a Kinesis stream gets when the spec does not say: as many shards as it needs, and the shortest retention. */
export const kinesisDefaults: Omit<KinesisDelivery, 'type' | 'kind'> = {
  partitionKey: null,
  shards: null,
  retentionHours: limits.streamRetentionHoursMinimum.value,
};

/** What Firehose gets when the spec does not say. With partitions an object is larger: see `partitionedBufferMb`. */
export const firehoseDefaults: Omit<FirehoseDelivery, 'type' | 'kind'> = {
  bufferSeconds: limits.firehoseBufferSecondsDefault.value,
  bufferMb: limits.firehoseBufferMbDefault.value,
  compression: 'gzip',
  partitions: [],
  expireDays: null,
};

/** The size of objects with partitions when the spec does not say: the smallest that Firehose takes then. */
export const partitionedBufferMb: number = limits.firehosePartitionedBufferMb.value;

/** What an endpoint gets when the spec does not say. */
export const endpointDefaults: Pick<EndpointDelivery, 'method' | 'body' | 'ratePerSecond'> = {
  method: 'POST',
  body: 'payload',
  ratePerSecond: null,
};

/** What a log group gets when the spec does not say. */
export const logDefaults: Pick<LogDelivery, 'retentionDays'> = { retentionDays: 30 };

/** What an HTTP subscription gets when the spec does not say: raw, and the retries that SNS does by itself. */
export const httpDefaults: Pick<HttpDelivery, 'raw' | 'policy'> = {
  raw: true,
  policy: {
    retries: limits.deliveryRetriesDefault.value,
    minimumDelaySeconds: limits.deliveryDelaySecondsDefault.value,
    maximumDelaySeconds: limits.deliveryDelaySecondsDefault.value,
    backoff: 'linear',
    maximumPerSecond: null,
  },
};

/** What the queue of an external consumer gets when the spec does not say. */
export const externalDefaults: Pick<ExternalDelivery, 'visibilityTimeoutSeconds' | 'maxReceiveCount'> = {
  visibilityTimeoutSeconds: limits.visibilityTimeoutSecondsDefault.value,
  maxReceiveCount: queueDefaults.maxReceiveCount,
};
