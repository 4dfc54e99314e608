import { type Consumer, type FunctionDelivery, limits, type QueueDelivery, type Topology } from '@eventloom/engine';
import { count } from '../../count.ts';
import type { Fact, Words } from '../../site-model.ts';
import { code, duration, together } from '../words.ts';

/** Function, queues and handling of a consumer with a handler. */
export function handlerFacts(topology: Topology, consumer: Consumer): readonly Fact[] {
  const { delivery, handler } = consumer;
  return [
    { label: 'Handler', value: `module ${code(handler)}` },
    ...(delivery.type === 'queue' ? queueFacts(topology, consumer, delivery) : functionFacts(consumer, delivery)),
    { label: 'Time-out', value: duration(delivery.timeoutSeconds) },
    { label: 'Memory', value: `${delivery.memoryMb} MiB` },
    { label: 'Invalid events', value: invalidWords(consumer) },
    ...handlingFacts(topology, consumer),
  ];
}

/** Whether a consumer has a queue of its own: one that reads nothing but channels' queues has none. */
export function hasOwnQueue({ delivery, routes }: Pick<Consumer, 'delivery' | 'routes'>): boolean {
  return delivery.type === 'queue' && routes.some(({ kind }) => kind !== 'sqs');
}

/** Where a consumer's failures end, in words. */
export function deadLetterWords(topology: Topology, { constructId, routes }: Consumer): Words {
  const [only, ...others] = routes;
  const ofChannels = routes.flatMap((route) => {
    const found = route.kind === 'sqs' ? topology.destinations.find(({ key }) => key === route.queue) : undefined;
    return found === undefined ? [] : [code(deadLetterQueueName(found.name))];
  });
  if (only?.kind === 'sqs' && others.length === 0) return `that of the channel, ${together(ofChannels)}`;
  const own = `construct ${code(`${constructId}/DeadLetterQueue`)}`;
  return ofChannels.length === 0 ? own : `${own}, and ${together(ofChannels)} for what was received in vain`;
}

/** The dead-letter queue of a channel's queue: `work-dead-letters.fifo` for `work.fifo`. */
export function deadLetterQueueName(queueName: string): string {
  return queueName.replace(/(\.fifo)?$/, '-dead-letters$1');
}

function queueFacts(topology: Topology, consumer: Consumer, delivery: QueueDelivery): readonly Fact[] {
  const { maxConcurrency, batchSize, batchingWindowSeconds, fifo } = delivery;
  return [
    ...(hasOwnQueue(consumer)
      ? [{ label: 'Queue', value: `construct ${code(`${consumer.constructId}/Queue`)}${fifo ? ', FIFO' : ''}` }]
      : []),
    ...readFacts(topology, consumer, delivery),
    { label: 'Dead-letter queue', value: deadLetterWords(topology, consumer) },
    { label: 'Back-off', value: backoffWords(delivery) },
    {
      label: 'Batch',
      value: `${count(batchSize, 'message')} at most${batchingWindowSeconds === 0 ? '' : `, gathered for ${duration(batchingWindowSeconds)}`}`,
    },
    {
      label: 'Invocations at once',
      value: maxConcurrency === null ? 'left to Lambda' : `${maxConcurrency} at most`,
    },
    { label: 'Events of a batch at once', value: concurrencyWords(delivery) },
  ];
}

const concurrencyDefault = 10;

function concurrencyWords({ fifo, concurrency = concurrencyDefault }: QueueDelivery): Words {
  return fifo ? `${concurrency} at most, those of one message group one after the other` : `${concurrency} at most`;
}

/** Receives and visibility are those of the queue that is read. */
function readFacts(topology: Topology, consumer: Consumer, delivery: QueueDelivery): readonly Fact[] {
  const channels = consumer.routes.flatMap((route) => {
    const found = route.kind === 'sqs' ? topology.destinations.find(({ key }) => key === route.queue) : undefined;
    return found?.kind === 'queue' ? [found] : [];
  });
  const [channel, ...others] = channels;
  const read = hasOwnQueue(consumer) ? delivery : channel;
  if (read === undefined || (others.length > 0 && !hasOwnQueue(consumer))) return [];
  return [
    { label: 'Receives', value: `${read.maxReceiveCount} at most, then the dead-letter queue` },
    { label: 'Visibility time-out', value: duration(read.visibilityTimeoutSeconds) },
  ];
}

/** What the delay of a failed event is where the spec does not say, in seconds. */
const backoffDefault = { firstSeconds: 10, maximumSeconds: 900 } as const;

function backoffWords({ backoff = backoffDefault }: QueueDelivery): Words {
  const { firstSeconds, maximumSeconds } = backoff;
  if (firstSeconds === 0) return 'left to the visibility time-out';
  return `about ${duration(firstSeconds)} before the first retry, then four times as long each, ${duration(maximumSeconds)} at most`;
}

function functionFacts({ constructId }: Consumer, delivery: FunctionDelivery): readonly Fact[] {
  const { retryAttempts, maxEventAgeSeconds } = delivery;
  return [
    { label: 'Retries', value: `${retryAttempts} after the first attempt` },
    { label: 'Given up after', value: duration(maxEventAgeSeconds) },
    {
      label: 'Dead-letter queue',
      value: `construct ${code(`${constructId}/DeadLetterQueue`)}, also its on-failure destination`,
    },
    { label: 'Kept there', value: duration(limits.retentionSecondsMaximum.value) },
  ];
}

function invalidWords({ delivery: { onInvalid, type } }: Consumer): Words {
  if (onInvalid === 'deadLetter') return 'go to the dead-letter queue at once';
  return type === 'queue'
    ? 'come again, until they were received too often'
    : 'come again, as often as others that fail';
}

function handlingFacts(topology: Topology, consumer: Consumer): readonly Fact[] {
  const { idempotency, split, gather, downstreams = [], claims, callers = [] } = consumer;
  return [
    ...(idempotency === null
      ? []
      : [
          {
            label: 'Handled once',
            value: `for each ${idempotency.key === null ? 'event id' : code(idempotency.key)}, remembered for ${duration(idempotency.ttlSeconds)}; replays are ${idempotency.replays === 'skip' ? 'skipped' : 'run again'}`,
          },
        ]),
    ...(split === undefined ? [] : [{ label: 'Split', value: `one event for each element of ${code(split)}` }]),
    ...(gather === undefined
      ? []
      : [{ label: 'Gather', value: `waits ${duration(gather.timeoutSeconds)} for all the parts of a split` }]),
    ...downstreams.map(({ name, failureThreshold, firstProbeSeconds, maximumProbeSeconds, outageSeconds }) => ({
      label: 'Circuit breaker',
      value: `${code(name)}: opens after ${count(failureThreshold, 'failure')} in a row, probes after ${duration(firstProbeSeconds)} and later up to ${duration(maximumProbeSeconds)}; outlasts ${duration(outageSeconds)}`,
    })),
    ...(claims === true
      ? [{ label: 'Claim check', value: `reads large payloads from the claim bucket of ${code(topology.system)}` }]
      : []),
    ...(callers.length === 0 ? [] : [{ label: 'Called directly by', value: together([...callers].sort().map(code)) }]),
  ];
}
