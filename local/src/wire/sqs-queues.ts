import { lose } from '../state/queue.ts';
import type { Queue, World } from '../state/world.ts';
import { authorizeQueue } from './access.ts';
import { AwsError } from './aws-error.ts';
import type { WireCall } from './call.ts';
import { text, texts } from './input.ts';

/** Finds the queue that a call names by its URL, and checks that the caller may do what it asks for. */
export function queueOf(world: World, { input, caller, operation }: WireCall): Queue {
  const url = text(input, 'QueueUrl');
  if (url === '') throw new AwsError('MissingParameter', 'The request must contain the parameter QueueUrl.');
  const queue = world.queues.get(url.slice(url.lastIndexOf('/') + 1));
  if (queue === undefined || queue.url !== url) throw noQueue(url);
  authorizeQueue(world, caller, queue, operation);
  return queue;
}

/** Answers GetQueueUrl. */
export function getQueueUrl(world: World, { input, caller, operation }: WireCall): unknown {
  const name = text(input, 'QueueName');
  const queue = world.queues.get(name);
  if (queue === undefined) throw noQueue(name);
  authorizeQueue(world, caller, queue, operation);
  return { QueueUrl: queue.url };
}

function noQueue(name: string): AwsError {
  return new AwsError('QueueDoesNotExist', `The specified queue does not exist: ${name}`, {
    queryCode: 'AWS.SimpleQueueService.NonExistentQueue',
  });
}

/** Answers ListQueues. */
export function listQueues(world: World, { input, caller }: WireCall): unknown {
  if (caller.kind === 'function')
    throw new AwsError('AccessDeniedException', 'Functions list no queues', { status: 403 });
  const prefix = text(input, 'QueueNamePrefix');
  const queues = [...world.queues.values()].filter(({ name }) => name.startsWith(prefix));
  return { QueueUrls: queues.map(({ url }) => url) };
}

/** Answers PurgeQueue. */
export function purgeQueue(world: World, call: WireCall): unknown {
  const queue = queueOf(world, call);
  for (const message of [...queue.shelf.all.values()]) lose(world, queue, message, 'purged');
  return {};
}

/** Answers GetQueueAttributes. */
export function getQueueAttributes(world: World, call: WireCall): unknown {
  const all = attributesOf(queueOf(world, call), world.scheduler.now());
  const names = texts(call.input, 'AttributeNames');
  const unknown = names.find((name) => name !== 'All' && !knownAttributes.has(name));
  if (unknown !== undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  const wanted = Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name));
  return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) };
}

const knownAttributes: ReadonlySet<string> = new Set([
  ...['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesDelayed', 'ApproximateNumberOfMessagesNotVisible'],
  ...['ContentBasedDeduplication', 'CreatedTimestamp', 'DeduplicationScope', 'DelaySeconds', 'FifoQueue'],
  ...['FifoThroughputLimit', 'KmsDataKeyReusePeriodSeconds', 'KmsMasterKeyId', 'LastModifiedTimestamp'],
  ...['MaximumMessageSize', 'MessageRetentionPeriod', 'Policy', 'QueueArn', 'ReceiveMessageWaitTimeSeconds'],
  ...['RedriveAllowPolicy', 'RedrivePolicy', 'SqsManagedSseEnabled', 'VisibilityTimeout'],
]);

function attributesOf(queue: Queue, now: number): Record<string, string> {
  const messages = [...queue.shelf.all.values()];
  const hidden = messages.filter(({ visibleAt }) => visibleAt > now);
  const inFlight = hidden.filter(({ receiveCount }) => receiveCount > 0).length;
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(messages.length - hidden.length),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(hidden.length - inFlight),
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
    MessageRetentionPeriod: String(queue.retentionSeconds),
    DelaySeconds: String(queue.delaySeconds),
    ReceiveMessageWaitTimeSeconds: '0',
    ...(queue.fifo ? { FifoQueue: 'true', ContentBasedDeduplication: String(queue.contentBasedDeduplication) } : {}),
    ...(queue.redrive === null ? {} : { RedrivePolicy: JSON.stringify(redrivePolicy(queue.redrive)) }),
  };
}

function redrivePolicy({ queue, maxReceiveCount }: NonNullable<Queue['redrive']>): unknown {
  return { deadLetterTargetArn: queue.arn, maxReceiveCount };
}
