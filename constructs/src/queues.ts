import { limits } from '@eventloom/engine';
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IQueue, Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { queueEncryption } from './encryption.ts';

/** What sets one dead-letter queue apart from another. */
export interface DeadLetterQueueOptions {
  /** SQS wants a dead-letter queue to be FIFO when its queue is. */
  readonly fifo: boolean;
  /** @default - chosen by CloudFormation */
  readonly queueName?: string;
  /**
   * Keys of SQS also where the system has one of its own: for what must be kept when that key cannot be used.
   *
   * @default - false
   */
  readonly withoutOwnKey?: boolean;
}

/**
 * Adds a dead-letter queue. It keeps messages as long as SQS allows: a message that moves there keeps its age
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html).
 */
export function addDeadLetterQueue(scope: Construct, id: string, options: DeadLetterQueueOptions): Queue {
  const encryption = options.withoutOwnKey === true ? managed : queueEncryption(scope);
  return new Queue(scope, id, {
    ...encryption,
    enforceSSL: true,
    ...fifoProps(options.fifo),
    ...(options.queueName === undefined ? {} : { queueName: options.queueName }),
    retentionPeriod: Duration.seconds(limits.retentionSecondsMaximum.value),
  });
}

const managed: QueueProps = { encryption: QueueEncryption.SQS_MANAGED };

/** What sets one working queue apart from another. */
export interface WorkQueueOptions {
  readonly fifo: boolean;
  readonly visibilityTimeoutSeconds: number;
  readonly maxReceiveCount: number;
  readonly deadLetterQueue: IQueue;
  /** Anything else. */
  readonly further?: QueueProps;
}

/** Adds a queue that moves what fails `maxReceiveCount` times to its dead-letter queue. */
export function addWorkQueue(scope: Construct, id: string, options: WorkQueueOptions): Queue {
  return new Queue(scope, id, {
    ...queueEncryption(scope),
    enforceSSL: true,
    ...fifoProps(options.fifo),
    visibilityTimeout: Duration.seconds(options.visibilityTimeoutSeconds),
    deadLetterQueue: { queue: options.deadLetterQueue, maxReceiveCount: options.maxReceiveCount },
    ...options.further,
  });
}

/** Lets an AWS service send to `queue` on behalf of the resources `sourceArns` and of no others. */
export function allowSenders(queue: IQueue, service: 'events' | 'sns', sourceArns: readonly string[]): void {
  if (sourceArns.length > 0) queue.addToResourcePolicy(senderStatement(queue.queueArn, service, sourceArns));
}

/** Returns what the policy of a queue says to let an AWS service send to it on behalf of `sourceArns` and of no others. */
export function senderStatement(
  queueArn: string,
  service: 'events' | 'sns',
  sourceArns: readonly string[],
): PolicyStatement {
  return new PolicyStatement({
    principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
    actions: ['sqs:SendMessage'],
    resources: [queueArn],
    conditions: { ArnEquals: { 'aws:SourceArn': [...new Set(sourceArns)] } },
  });
}

/** A standard queue leaves the property out: CloudFormation refuses `FifoQueue: false`. */
function fifoProps(fifo: boolean): QueueProps {
  return fifo ? { fifo } : {};
}
