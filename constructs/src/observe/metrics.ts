import type { PlannedAlarm } from '@eventloom/engine';
import { Fn } from 'aws-cdk-lib';
import type { CfnRule } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { LocatedDestination } from '../destinations.ts';
import type { MetricSource, Waiting, Watched } from './watched.ts';

/** Returns the metric of an alarm. A member that `watched` does not have is a mistake of ours. */
export function alarmMetric(kind: PlannedAlarm['kind'], member: number | string, watched: Watched): MetricSource {
  return found(kind, member, watched) ?? fail(`${watched.watchable.key} has no ${kind} ${member}`);
}

function found(kind: PlannedAlarm['kind'], member: number | string, watched: Watched): MetricSource | undefined {
  switch (kind) {
    case 'deadLetters':
      return map(watched.deadLetterQueues[Number(member)], waitingMessages);
    case 'oldestMessageSeconds':
      return map(watched.waiting[Number(member)], oldest);
    case 'errors':
      return (
        watched.failures?.get(String(member)) ??
        map(functionOf(watched, member), (one) => functionMetric(one, 'Errors'))
      );
    case 'throttles':
      return map(functionOf(watched, member), (one) => functionMetric(one, 'Throttles'));
    case 'failedInvocations':
      return map(watched.rules.get(String(member)), (one) => ruleMetric(one, 'FailedInvocations'));
    default:
      return kind satisfies never;
  }
}

function functionOf(watched: Watched, member: number | string): IFunction | undefined {
  return watched.functions?.get(String(member)) ?? watched.function;
}

/** Returns how many messages of a queue can be received. */
export function waitingMessages(queue: IQueue): MetricSource {
  return queueMetric(queue, 'ApproximateNumberOfMessagesVisible', 'Maximum');
}

/** Returns how old what was not handled yet is, in seconds. The age of a record of a stream comes in milliseconds. */
export function oldest(waiting: Waiting): MetricSource {
  switch (waiting.kind) {
    case 'queue':
      return queueMetric(waiting.queue, 'ApproximateAgeOfOldestMessage', 'Maximum');
    case 'stream':
      return { ...functionMetric(waiting.reader, 'IteratorAge', 'Maximum'), divisor: 1_000 };
    case 'delivery': {
      const dimensions = { DeliveryStreamName: waiting.deliveryStreamName };
      // https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html
      return { ...metric('AWS/Firehose', 'DeliveryToS3.DataFreshness', dimensions), statistic: 'Maximum' };
    }
    default:
      return waiting satisfies never;
  }
}

/** Returns a metric of a queue: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html. */
export function queueMetric(queue: IQueue, metricName: string, statistic: MetricSource['statistic']): MetricSource {
  return { namespace: 'AWS/SQS', metricName, dimensions: { QueueName: queue.queueName }, statistic };
}

/** Returns a metric of a function: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html. */
export function functionMetric(
  lambda: IFunction,
  metricName: string,
  statistic: MetricSource['statistic'] = 'Sum',
): MetricSource {
  return { namespace: 'AWS/Lambda', metricName, dimensions: { FunctionName: lambda.functionName }, statistic };
}

/**
 * Returns a metric of a rule: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html. Its name is
 * taken from its ARN: a reference to a rule of a bus of one's own is no name, but one with the bus before it.
 */
export function ruleMetric(
  rule: CfnRule,
  metricName: string,
  statistic: MetricSource['statistic'] = 'Sum',
): MetricSource {
  const dimensions = { EventBusName: rule.eventBusName ?? '', RuleName: Fn.select(2, Fn.split('/', rule.attrArn)) };
  return { namespace: 'AWS/Events', metricName, dimensions, statistic };
}

/** Returns how many executions of a state machine failed: https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html. */
export function executionsFailed({ stateMachineArn }: IStateMachine): MetricSource {
  return metric('AWS/States', 'ExecutionsFailed', { StateMachineArn: stateMachineArn });
}

/** Returns a metric of a whole bus, over all its rules. */
export function busMetric(
  name: string,
  metricName: string,
  statistic: MetricSource['statistic'] = 'Sum',
): MetricSource {
  return { namespace: 'AWS/Events', metricName, dimensions: { EventBusName: name }, statistic };
}

/**
 * Returns how many messages came to a topic or queue. A bus does not count what is put on it, only what some rule
 * matches.
 */
export function publishedTo({ destination, name }: Pick<LocatedDestination, 'destination' | 'name'>): MetricSource {
  switch (destination.kind) {
    case 'bus':
      return busMetric(name, 'MatchedEvents');
    case 'topic':
      return metric('AWS/SNS', 'NumberOfMessagesPublished', { TopicName: name });
    case 'queue':
      return metric('AWS/SQS', 'NumberOfMessagesSent', { QueueName: name });
    default:
      return destination satisfies never;
  }
}

/** Returns a metric that counts. */
export function metric(namespace: string, metricName: string, dimensions: MetricSource['dimensions']): MetricSource {
  return { namespace, metricName, dimensions, statistic: 'Sum' };
}

function map<Item>(item: Item | undefined, metric: (item: Item) => MetricSource): MetricSource | undefined {
  return item === undefined ? undefined : metric(item);
}

function fail(message: string): never {
  throw new Error(message);
}
