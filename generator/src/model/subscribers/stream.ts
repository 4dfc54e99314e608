import { type FirehoseDelivery, type KinesisDelivery, limits, type StreamDelivery } from '@eventloom/engine';
import { report } from '../../diagnostics/report.ts';
import { firehoseDefaults, kinesisDefaults, partitionedBufferMb } from './defaults.ts';
import { type DeliverySource, given, optionsOf, refuseBeside, required } from './options.ts';

const kinesisOptions = ['partitionKey', 'shards', 'retentionHours'];
const firehoseOptions = ['bufferSeconds', 'bufferMb', 'compression', 'partitions', 'expireDays'];

/** Makes the delivery to a stream of either kind. */
export function streamDelivery(source: DeliverySource): StreamDelivery {
  const help =
    'Write `kind: firehose` to gather events in a bucket, or `kind: kinesis` for applications that read a stream.';
  return required<string>(source, 'kind', 'firehose', help) === 'kinesis' ? kinesis(source) : firehose(source);
}

function kinesis(source: DeliverySource): KinesisDelivery {
  refuseBeside(source, firehoseOptions, 'for a Kinesis stream', optionsOf('`kind: kinesis`', kinesisOptions));
  return {
    type: 'stream',
    kind: 'kinesis',
    partitionKey: given<string>(source, 'partitionKey') ?? kinesisDefaults.partitionKey,
    shards: given<number>(source, 'shards') ?? kinesisDefaults.shards,
    retentionHours: given<number>(source, 'retentionHours') ?? kinesisDefaults.retentionHours,
  };
}

function firehose(source: DeliverySource): FirehoseDelivery {
  refuseBeside(source, kinesisOptions, 'for Firehose', optionsOf('`kind: firehose`', firehoseOptions));
  const partitions = given<readonly string[]>(source, 'partitions') ?? firehoseDefaults.partitions;
  const usualMb = partitions.length === 0 ? firehoseDefaults.bufferMb : partitionedBufferMb;
  const delivery: FirehoseDelivery = {
    type: 'stream',
    kind: 'firehose',
    bufferSeconds: given<number>(source, 'bufferSeconds') ?? firehoseDefaults.bufferSeconds,
    bufferMb: given<number>(source, 'bufferMb') ?? usualMb,
    compression: given<'gzip' | 'none'>(source, 'compression') ?? firehoseDefaults.compression,
    partitions,
    expireDays: given<number>(source, 'expireDays') ?? firehoseDefaults.expireDays,
  };
  if (partitions.length > 0) checkPartitioned(delivery, source);
  return delivery;
}

/** Rules of dynamic partitioning. Source: Firehose developer guide, dynamic-partitioning and buffering. */
function checkPartitioned({ bufferSeconds, bufferMb, partitions }: FirehoseDelivery, source: DeliverySource): void {
  const refuse = (field: string, message: string, help: string): void => {
    source.problems.push(report('delivery-option', source.options.get(field)?.origin ?? source.origin, message, help));
  };
  const most = limits.firehosePartitionKeys.value;
  if (bufferMb < partitionedBufferMb) {
    const message = `With \`partitions\` an object is written at ${partitionedBufferMb} MiB at the earliest; \`bufferMb\` is ${bufferMb}.`;
    refuse('bufferMb', message, `Write \`bufferMb: ${partitionedBufferMb}\` or more, or leave it out.`);
  }
  if (bufferSeconds === 0) {
    const message = 'With `partitions` Firehose gathers events for a while; `bufferSeconds` is 0.';
    refuse('bufferSeconds', message, 'Write `bufferSeconds: 60` or more, or remove `partitions`.');
  }
  if (partitions.length > most) {
    refuse('partitions', `There are ${partitions.length} partitions; Firehose takes ${most} keys.`, 'Remove some.');
  }
  const twice = partitions.find((pointer, index) => partitions.indexOf(pointer) !== index);
  if (twice !== undefined)
    refuse('partitions', `${JSON.stringify(twice)} stands twice in \`partitions\`.`, 'Remove one.');
}
