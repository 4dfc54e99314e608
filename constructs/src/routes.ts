import type {
  EventBridgeRoute,
  EventBridgeSnsRoute,
  EventPattern,
  QueueDelivery,
  SnsRoute,
  SqsRoute,
} from '@eventloom/engine';
import { Duration } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPermission, EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { LocatedDestination } from './destinations.ts';
import { inertJsonText, setPattern } from './inert-json.ts';

/** Where a rule or subscription delivers to. */
export interface RouteTarget {
  readonly kind: 'queue' | 'function';
  readonly arn: string;
  readonly deadLetterQueue: IQueue;
}

/** What a rule needs besides its target. */
export interface RuleOptions {
  readonly busName: string;
  readonly eventPattern: EventPattern;
  /** Unique within the rule; the rule has no other target. */
  readonly targetId: string;
  readonly targetArn: string;
  readonly deadLetterQueue: IQueue;
  /** What else the target needs, such as a role. */
  readonly further?: Partial<CfnRule.TargetProperty>;
}

/**
 * Adds a rule with one target, and a dead-letter queue for what EventBridge cannot deliver to it.
 * `CfnRule`, because the `EventPattern` of `Rule` can hold neither a `$or` at the top nor JSON text.
 */
export function addRule(scope: Construct, id: string, options: RuleOptions): CfnRule {
  const rule = new CfnRule(scope, id, {
    eventBusName: options.busName,
    targets: [
      {
        id: options.targetId,
        arn: options.targetArn,
        deadLetterConfig: { arn: options.deadLetterQueue.queueArn },
        ...options.further,
      },
    ],
  });
  setPattern(rule, 'EventPattern', options.eventPattern);
  return rule;
}

/** Adds the rule of a route from a bus to a consumer. */
export function addConsumerRule(
  scope: Construct,
  route: EventBridgeRoute,
  bus: LocatedDestination,
  target: RouteTarget,
): CfnRule {
  return addRule(scope, `${route.constructId}Rule`, {
    busName: bus.name,
    eventPattern: route.eventPattern,
    targetId: target.kind === 'queue' ? 'Queue' : 'Function',
    targetArn: target.arn,
    deadLetterQueue: target.deadLetterQueue,
  });
}

/**
 * Adds the subscription of a route from a topic to a consumer. `CfnSubscription`, because the filter policies of
 * `Subscription` have no `$or`.
 *
 * The scope is there even without a policy: CloudFormation fails to take it away again when a filter is removed
 * (https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1840).
 */
export function addConsumerSubscription(
  scope: Construct,
  route: SnsRoute | EventBridgeSnsRoute,
  topic: LocatedDestination,
  target: RouteTarget,
): CfnSubscription {
  const subscription = new CfnSubscription(scope, `${route.constructId}Subscription`, {
    topicArn: topic.arn,
    protocol: target.kind === 'queue' ? 'sqs' : 'lambda',
    endpoint: target.arn,
    filterPolicyScope: route.filterPolicyScope,
    ...(target.kind === 'queue' ? { rawMessageDelivery: true } : {}),
    redrivePolicy: { deadLetterTargetArn: target.deadLetterQueue.queueArn },
  });
  if (route.filterPolicy !== null) setPattern(subscription, 'FilterPolicy', route.filterPolicy);
  return subscription;
}

/** Lets a rule or topic invoke a function. */
export function allowInvoking(
  scope: Construct,
  id: string,
  lambda: IFunction,
  source: { readonly service: 'events' | 'sns'; readonly arn: string },
): CfnPermission {
  return new CfnPermission(scope, id, {
    action: 'lambda:InvokeFunction',
    functionName: lambda.functionArn,
    principal: `${source.service}.amazonaws.com`,
    sourceArn: source.arn,
  });
}

/** What an event source mapping needs. */
export interface MappingOptions {
  readonly lambda: IFunction;
  readonly queue: IQueue;
  readonly delivery: QueueDelivery;
  readonly filter: SqsRoute['mappingFilter'];
}

/** Adds the event source mapping that reads a queue for a function. Failed messages of a batch return on their own. */
export function addMapping(scope: Construct, id: string, options: MappingOptions): EventSourceMapping {
  const { delivery, filter } = options;
  return new EventSourceMapping(scope, id, {
    target: options.lambda,
    eventSourceArn: options.queue.queueArn,
    batchSize: delivery.batchSize,
    reportBatchItemFailures: true,
    ...(delivery.batchingWindowSeconds > 0
      ? { maxBatchingWindow: Duration.seconds(delivery.batchingWindowSeconds) }
      : {}),
    ...(delivery.maxConcurrency === null ? {} : { maxConcurrency: delivery.maxConcurrency }),
    ...(filter === null ? {} : { filters: [{ pattern: inertJsonText(filter) }] }),
  });
}
