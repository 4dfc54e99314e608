import type { Consumer, QueueDelivery, Route, SqsRoute } from '@eventloom/engine';
import { Stack } from 'aws-cdk-lib';
import type { CfnRule } from 'aws-cdk-lib/aws-events';
import type { Role } from 'aws-cdk-lib/aws-iam';
import {
  CfnEventInvokeConfig,
  type Code,
  type EventSourceMapping,
  type Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { checkRoutes } from './check-routes.ts';
import { addFunction, allowConsuming } from './consumer-function.ts';
import { type Destinations, deadLetterQueueAddress } from './destinations.ts';
import { addDeadLetterQueue, addWorkQueue, allowSenders } from './queues.ts';
import { addConsumerRule, addConsumerSubscription, addMapping, allowInvoking, type RouteTarget } from './routes.ts';
import type { FunctionSettings } from './service-function.ts';
import { sortedBy } from './sorted.ts';
import type { NamedTable } from './tables.ts';

/** What a consumer is built from. */
export interface EventConsumerProps extends FunctionSettings {
  readonly consumer: Consumer;
  /** The service's bundle, which holds the consumer's handler module. */
  readonly code: Code;
  readonly destinations: Destinations;
  /**
   * The service's table of what its handlers remember.
   *
   * @default - none; then the consumer must have no idempotency, gathering or downstreams
   */
  readonly table?: NamedTable;
}

/**
 * The resources of one consumer: rules and subscriptions, queue, dead-letter queue, function, role, log group and
 * event source mappings. All are exposed, so that what the spec cannot say can still be set on them.
 *
 * One dead-letter queue serves every hop of the consumer: the targets of its rules, its subscriptions, its queue, its
 * handler and Lambda's own retries. In front of a queue the body is the same at each of them, so one alarm watches
 * them all and one redrive puts everything back. Who reads nothing but one channel's queue uses the dead-letter queue
 * of that. Who reads the queues of several channels has one of its own for what the handler refuses, and each of those
 * queues keeps its dead-letter queue for what was received in vain: `deadLetterQueues` are all of them.
 */
export class EventConsumer extends Construct {
  readonly consumer: Consumer;
  /** The queue the function reads, undefined when it is invoked directly. Imported when it is a channel's own queue. */
  readonly queue: IQueue | undefined;
  /** Every queue the function reads: its own first, then those of channels. */
  readonly queues: readonly IQueue[];
  /** Gets what the handler refuses, and all else where no channel's queue is read. */
  readonly deadLetterQueue: IQueue;
  /** Every queue on which an event of the consumer may end, to watch them: the above first. */
  readonly deadLetterQueues: readonly IQueue[];
  readonly function: LambdaFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;
  /** The rule of each route from a bus, by operation key. */
  readonly rules: ReadonlyMap<string, CfnRule>;
  /** The subscription of each route from a topic, by operation key. */
  readonly subscriptions: ReadonlyMap<string, CfnSubscription>;
  /** One for the consumer's own queue and one for each channel's queue it reads. */
  readonly mappings: readonly EventSourceMapping[];

  /** @throws ConstructError when AWS cannot build one of the routes. */
  constructor(scope: Construct, id: string, props: EventConsumerProps) {
    super(scope, id);
    const { consumer, destinations } = props;
    checkRoutes(consumer);
    const routes = sortedBy(consumer.routes, (route) => route.operation);
    const channelQueues = importChannelQueues(this, routes, destinations);

    this.consumer = consumer;
    const [deadLetterQueue, ...further] = deadLetterQueuesOf(this, consumer, destinations);
    this.deadLetterQueue = deadLetterQueue;
    this.deadLetterQueues = [deadLetterQueue, ...further];
    const ownQueue = addOwnQueue(this, consumer, this.deadLetterQueue);
    this.queues = [...(ownQueue === undefined ? [] : [ownQueue]), ...channelQueues.map(({ queue }) => queue)];
    this.queue = this.queues[0];

    const { lambda, role, logGroup } = addFunction(this, {
      ...props,
      deadLetterQueue: this.deadLetterQueue,
      queue: this.queue,
    });
    this.function = lambda;
    this.role = role;
    this.logGroup = logGroup;

    const target = { queue: ownQueue, lambda, deadLetterQueue: this.deadLetterQueue };
    const wiring = wireRoutes(this, routes, destinations, target);
    this.rules = wiring.rules;
    this.subscriptions = wiring.subscriptions;
    this.mappings = addMappings(this, { consumer, lambda, role, ownQueue, channelQueues });
    addInvokeConfig(this, consumer, lambda, this.deadLetterQueue);
  }
}

interface ChannelQueue {
  readonly route: SqsRoute;
  readonly queue: IQueue;
}

function importChannelQueues(
  scope: Construct,
  routes: readonly Route[],
  destinations: Destinations,
): readonly ChannelQueue[] {
  return routes.filter(isSqsRoute).map((route) => {
    const { arn, environmentValue, name } = destinations.locate(route.queue);
    return { route, queue: importQueue(scope, `${route.constructId}Queue`, { arn, url: environmentValue, name }) };
  });
}

function deadLetterQueuesOf(
  scope: Construct,
  { routes, delivery }: Consumer,
  destinations: Destinations,
): readonly [IQueue, ...IQueue[]] {
  const [route, ...others] = routes;
  const ofChannel = ({ queue }: SqsRoute, id: string) => {
    const { name } = destinations.locate(queue);
    return importQueue(scope, id, { ...deadLetterQueueAddress(Stack.of(scope), name), name });
  };
  if (route?.kind === 'sqs' && others.length === 0) return [ofChannel(route, 'DeadLetterQueue')];
  const fifo = delivery.type === 'queue' && delivery.fifo;
  const channels = sortedBy(routes.filter(isSqsRoute), ({ operation }) => operation);
  return [
    addDeadLetterQueue(scope, 'DeadLetterQueue', { fifo }),
    ...channels.map((channel) => ofChannel(channel, `${channel.constructId}DeadLetterQueue`)),
  ];
}

function importQueue(
  scope: Construct,
  id: string,
  queue: { readonly arn: string; readonly url: string; readonly name: string },
): IQueue {
  const fifo = queue.name.endsWith('.fifo');
  return Queue.fromQueueAttributes(scope, id, { queueArn: queue.arn, queueUrl: queue.url, fifo });
}

function addOwnQueue(scope: Construct, consumer: Consumer, deadLetterQueue: IQueue): Queue | undefined {
  const { delivery, routes } = consumer;
  if (delivery.type !== 'queue' || routes.every(isSqsRoute)) return undefined;
  const { fifo, visibilityTimeoutSeconds, maxReceiveCount } = delivery;
  return addWorkQueue(scope, 'Queue', { fifo, visibilityTimeoutSeconds, maxReceiveCount, deadLetterQueue });
}

interface WiringTarget {
  readonly queue: IQueue | undefined;
  readonly lambda: LambdaFunction;
  readonly deadLetterQueue: IQueue;
}

interface Wiring {
  readonly rules: ReadonlyMap<string, CfnRule>;
  readonly subscriptions: ReadonlyMap<string, CfnSubscription>;
}

function wireRoutes(
  scope: Construct,
  routes: readonly Route[],
  destinations: Destinations,
  target: WiringTarget,
): Wiring {
  const { deadLetterQueue, queue, lambda } = target;
  const routeTarget: RouteTarget =
    queue === undefined
      ? { kind: 'function', arn: lambda.functionArn, deadLetterQueue }
      : { kind: 'queue', arn: queue.queueArn, deadLetterQueue };
  const rules = new Map<string, CfnRule>();
  const subscriptions = new Map<string, CfnSubscription>();
  for (const route of routes) {
    if (route.kind === 'eventbridge') {
      rules.set(route.operation, addConsumerRule(scope, route, destinations.locate(route.bus), routeTarget));
    } else if (route.kind !== 'sqs') {
      const topic = destinations.locate(route.topic);
      subscriptions.set(route.operation, addConsumerSubscription(scope, route, topic, routeTarget));
    }
  }
  allowDelivery(scope, routes, { rules, subscriptions }, target);
  return { rules, subscriptions };
}

/** Lets each rule and topic deliver to the queue or function, and put on the dead-letter queue what it cannot deliver. */
function allowDelivery(scope: Construct, routes: readonly Route[], wiring: Wiring, target: WiringTarget): void {
  const ruleArns = [...wiring.rules.values()].map((rule) => rule.attrArn);
  const topicArns = [...wiring.subscriptions.values()].map((subscription) => subscription.topicArn);
  for (const queue of target.queue === undefined ? [target.deadLetterQueue] : [target.queue, target.deadLetterQueue]) {
    allowSenders(queue, 'events', ruleArns);
    allowSenders(queue, 'sns', topicArns);
  }
  if (target.queue !== undefined) return;
  for (const { operation, constructId } of routes) {
    const rule = wiring.rules.get(operation);
    const subscription = wiring.subscriptions.get(operation);
    const id = `${constructId}Permission`;
    if (rule !== undefined) allowInvoking(scope, id, target.lambda, { service: 'events', arn: rule.attrArn });
    if (subscription !== undefined) {
      allowInvoking(scope, id, target.lambda, { service: 'sns', arn: subscription.topicArn });
    }
  }
}

interface MappingSources {
  readonly consumer: Consumer;
  readonly lambda: LambdaFunction;
  readonly role: Role;
  readonly ownQueue: IQueue | undefined;
  readonly channelQueues: readonly ChannelQueue[];
}

function addMappings(scope: Construct, sources: MappingSources): readonly EventSourceMapping[] {
  const { consumer, lambda, role, ownQueue, channelQueues } = sources;
  if (consumer.delivery.type !== 'queue') return [];
  const delivery: QueueDelivery = consumer.delivery;
  const reads = [
    ...(ownQueue === undefined ? [] : [{ id: 'Mapping', queue: ownQueue, filter: null }]),
    ...channelQueues.map(({ route, queue }) => ({
      id: `${route.constructId}Mapping`,
      queue,
      filter: route.mappingFilter,
    })),
  ];
  return reads.map(({ id, queue, filter }) => {
    allowConsuming(role, queue);
    return addMapping(scope, id, { lambda, queue, delivery, filter });
  });
}

/** Retries of an asynchronous invocation, and where Lambda puts the event after the last one. */
function addInvokeConfig(
  scope: Construct,
  { delivery }: Consumer,
  lambda: LambdaFunction,
  deadLetterQueue: IQueue,
): void {
  if (delivery.type !== 'function') return;
  new CfnEventInvokeConfig(scope, 'InvokeConfig', {
    functionName: lambda.functionName,
    qualifier: '$LATEST',
    maximumRetryAttempts: delivery.retryAttempts,
    maximumEventAgeInSeconds: delivery.maxEventAgeSeconds,
    destinationConfig: { onFailure: { destination: deadLetterQueue.queueArn } },
  });
}

function isSqsRoute(route: Route): route is SqsRoute {
  return route.kind === 'sqs';
}
