import { limits } from '@eventloom/engine';
import { arn, queueUrl } from '../names.ts';
import { createFifoShelf, createStandardShelf } from '../shelf.ts';
import type { Queue } from '../world.ts';
import type { Site } from './site.ts';

/** What a queue is told; the rest has defaults. */
export type QueueSettings = Pick<Queue, 'name' | 'fifo' | 'visibilityTimeoutSeconds' | 'retentionSeconds'> &
  Partial<Queue>;

/** What all dead-letter queues have in common: they keep messages as long as SQS does. */
export const deadLetterSettings: Pick<QueueSettings, 'visibilityTimeoutSeconds' | 'retentionSeconds'> = {
  visibilityTimeoutSeconds: limits.visibilityTimeoutSecondsDefault.value,
  retentionSeconds: limits.retentionSecondsMaximum.value,
};

/** Makes a queue. Throws when there is one of that name: the generator would have refused the names. */
export function addQueue({ queues, location }: Site, settings: QueueSettings): Queue {
  const { name, fifo } = settings;
  if (queues.has(name)) throw new Error(`Two queues of this topology would be called ${name}`);
  const queue: Queue = {
    key: settings.key ?? null,
    name,
    url: queueUrl(location, name),
    arn: arn(location, 'sqs', name),
    source: settings.source ?? name,
    fifo,
    contentBasedDeduplication: settings.contentBasedDeduplication ?? false,
    visibilityTimeoutSeconds: settings.visibilityTimeoutSeconds,
    delaySeconds: settings.delaySeconds ?? limits.delaySecondsDefault.value,
    retentionSeconds: settings.retentionSeconds,
    redrive: settings.redrive ?? null,
    consumer: settings.consumer ?? null,
    shelf: fifo ? createFifoShelf() : createStandardShelf(),
    deduplication: new Map(),
    sequence: 0,
    receives: 0,
    onWaiting: null,
  };
  queues.set(name, queue);
  return queue;
}
