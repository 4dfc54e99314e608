import {
  billedRecordBytes,
  monthHours,
  monthSeconds,
  type ResolvedSettings,
  type StreamDelivery,
  type Subscriber,
  type WorkflowDelivery,
} from '@eventloom/engine';
import { type CostLine, charge, chunksOf, gigabytes, monthsKept } from './cost-line.ts';
import type { CostOptions } from './cost-options.ts';
import { type Counted, deliveredBytes, deliveredOf, meanBytes } from './counted.ts';
import { logCost } from './function-cost.ts';
import { queueCost } from './queue-cost.ts';
import { stateCount } from './state-count.ts';

interface Work {
  readonly counted: readonly Counted[];
  readonly options: CostOptions;
}

/** The positions of a subscriber, from what its routes deliver on. */
export function subscriberCost(
  { delivery, routes }: Subscriber,
  { counted, options }: Work,
  settings: ResolvedSettings,
): readonly CostLine[] {
  const events = deliveredOf(counted);
  switch (delivery.type) {
    case 'workflow':
      return workflowCost(delivery, events, options);
    case 'stream':
      return streamCost(delivery, { counted, isFromTopic: routes.some(({ kind }) => kind !== 'eventbridge') });
    case 'bus':
      return delivery.account === null && delivery.region === null
        ? []
        : charge('busCrossAccountEvents', chunked(counted, events), 'sent to another bus');
    case 'endpoint':
      return charge('apiDestinationCalls', events, 'calls of the address');
    case 'log':
      return logCost(deliveredBytes(counted), Math.min(delivery.retentionDays, settings.logRetentionDays), 'logs');
    case 'email':
      return charge('topicEmails', events * delivery.addresses.length, 'mails');
    case 'sms':
      return charge('topicTexts', events * delivery.numbers.length, 'text messages');
    case 'http':
      return charge('topicHttpDeliveries', events, 'calls of the address');
    case 'none': {
      const queue = {
        fifo: delivery.fifo,
        fair: false,
        sent: events,
        received: 0,
        bytes: meanBytes(counted),
        batch: 1,
      };
      return queueCost(queue);
    }
    default:
      return delivery satisfies never;
  }
}

function chunked(counted: readonly Counted[], events: number): number {
  return events * chunksOf(meanBytes(counted));
}

/** States of a workflow whose definition is not known. */
const assumedStates = 5;

/** Memory that an express workflow is billed for at least, in GB. */
const expressMemoryGb = 0.0625;

function workflowCost(
  { kind, definition }: WorkflowDelivery,
  events: number,
  { durationMs }: CostOptions,
): readonly CostLine[] {
  const states = (definition === null ? null : stateCount(definition)) ?? assumedStates;
  if (kind === 'standard') return charge('workflowTransitions', events * states, 'workflow: transitions');
  const seconds = (events * states * durationMs) / 1_000;
  return [
    ...charge('workflowExecutions', events, 'workflow: executions'),
    ...charge('workflowTime', seconds * expressMemoryGb, 'workflow: run time'),
  ];
}

interface StreamWork {
  readonly counted: readonly Counted[];
  readonly isFromTopic: boolean;
}

function streamCost(delivery: StreamDelivery, { counted, isFromTopic }: StreamWork): readonly CostLine[] {
  const events = deliveredOf(counted);
  if (delivery.kind === 'kinesis') {
    const { shards } = delivery;
    const bytes = gigabytes(deliveredBytes(counted));
    return shards === null
      ? [...charge('streamHours', monthHours, 'stream'), ...charge('streamBytes', bytes, 'stream: records by size')]
      : [
          ...charge('streamShardHours', shards * monthHours, 'stream: shards'),
          ...charge(
            'streamShardPuts',
            events * Math.ceil(meanBytes(counted) / billedRecordBytes.kinesis),
            'stream: records',
          ),
        ];
  }
  const rounded = events * Math.ceil(meanBytes(counted) / billedRecordBytes.firehose) * billedRecordBytes.firehose;
  const bytes = deliveredBytes(counted);
  const bySize = bytes / (delivery.bufferMb * 2 ** 20);
  const byTime = delivery.bufferSeconds === 0 ? events : monthSeconds / delivery.bufferSeconds;
  const kept = delivery.expireDays === null ? 1 : monthsKept(delivery.expireDays);
  return [
    ...(isFromTopic ? charge('topicFirehoseDeliveries', events, 'deliveries to Firehose') : []),
    ...charge('firehoseBytes', gigabytes(rounded), 'Firehose: records by size'),
    ...(delivery.partitions.length > 0
      ? charge('firehosePartitionBytes', gigabytes(bytes), 'Firehose: partitions')
      : []),
    ...charge('bucketWrites', Math.min(events, Math.max(bySize, byTime)), 'bucket: objects written'),
    ...charge('bucketStorage', gigabytes(bytes) * kept, 'bucket: objects kept'),
  ];
}
