import { rightsOfRole } from './describe-rights.ts';
import {
  type ConsumerDescription,
  type Description,
  type RouteDescription,
  type SubscriberDescription,
  sorted,
} from './description.ts';
import type { Deployed } from './resolve.ts';
import { patternOf, type World } from './world.ts';

/** Returns what templates say of the system that they deploy, by following references; it knows nothing of constructs. */
export function describeTemplates(world: World, system: string): Description {
  const core = (type: string) => world.of(type).filter(({ stack }) => stack === system);
  const isDeadLetters = ({ ref }: Deployed) => /-dead-letters(\.fifo)?$|DeadLetterQueue\w*$/.test(ref);
  const destinations = [
    ...core('AWS::Events::EventBus').map((bus) => [bus.ref, busOf(world, bus)]),
    ...core('AWS::SNS::Topic')
      .filter((topic) => !isNotified(world, topic))
      .map((topic) => [topic.properties.TopicName, topicOf(world, topic)]),
    ...core('AWS::SQS::Queue')
      .filter((queue) => !isDeadLetters(queue))
      .map((queue) => [queue.properties.QueueName, queueOf(queue)]),
  ];
  const functions = world.of('AWS::Lambda::Function');
  return {
    destinations: Object.fromEntries(destinations),
    consumers: Object.fromEntries(functions.map((one) => [handlerOf(one), consumerOf(world, one)])),
    subscribers: sorted(
      [...world.of('AWS::Events::Rule'), ...world.of('AWS::SNS::Subscription')]
        .filter(({ stack }) => stack !== system)
        .flatMap((way) => subscriberAt(world, way)),
    ),
  };
}

/** The topic of alarms carries no events. */
function isNotified(world: World, { arn }: Deployed): boolean {
  const notified = world.of('AWS::CloudWatch::Alarm').flatMap(({ properties }) => properties.AlarmActions);
  return arn !== undefined && notified.includes(arn);
}

function handlerOf({ properties }: Deployed): string {
  return String(properties.Handler).replace(/\.handler$/, '');
}

function busOf(world: World, { arn }: Deployed): unknown {
  const archive = world.of('AWS::Events::Archive').find(({ properties }) => properties.SourceArn === arn);
  return { kind: 'bus', archiveDays: archive === undefined ? null : archive.properties.RetentionDays };
}

function topicOf(world: World, { arn, properties }: Deployed): unknown {
  const [rule, ...others] = world.of('AWS::Events::Rule').filter((one) => targetArns(one).includes(String(arn)));
  if (others.length > 0) throw new Error(`${arn} is fed by several rules`);
  const feed = rule === undefined ? null : { bus: rule.properties.EventBusName, eventPattern: eventPattern(rule) };
  return { kind: 'topic', ...fifoOf(properties), fedBy: feed };
}

function queueOf({ properties }: Deployed): unknown {
  return {
    kind: 'queue',
    ...fifoOf(properties),
    maxReceiveCount: maxReceiveCount(properties),
    visibilityTimeoutSeconds: properties.VisibilityTimeout,
    deliveryDelaySeconds: properties.DelaySeconds,
    retentionSeconds: properties.MessageRetentionPeriod,
  };
}

function fifoOf({ FifoTopic, FifoQueue, ContentBasedDeduplication }: Deployed['properties']) {
  const fifo = FifoTopic === true || FifoQueue === true;
  return { fifo, contentBasedDeduplication: ContentBasedDeduplication === true };
}

function consumerOf(world: World, lambda: Deployed): ConsumerDescription {
  const mappings = world
    .of('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.FunctionName === lambda.ref || properties.FunctionName === lambda.arn);
  const sources = mappings.map((mapping) => ({ mapping, queue: sourceOf(world, mapping) }));
  const own = sources.find(({ queue }) => queue.stack === lambda.stack)?.queue;
  const channels = sources.filter(({ queue }) => queue !== own);
  const entrance = own ?? (mappings.length === 0 ? lambda : undefined);
  const routes = [
    ...(entrance === undefined ? [] : incoming(world, String(entrance.arn))),
    ...channels.map(({ mapping, queue }): RouteDescription => {
      return { kind: 'sqs', queue: String(queue.properties.QueueName), mappingFilter: mappingFilter(mapping) };
    }),
  ];
  return {
    stack: lambda.stack,
    routes: sorted(routes),
    delivery: mappings[0] === undefined ? directDelivery(world, lambda) : queueDelivery(lambda, mappings[0], own),
    rights: rightsOfRole(world, lambda, own),
  };
}

function sourceOf(world: World, { properties }: Deployed): Deployed {
  const queue = world.byArn(String(properties.EventSourceArn));
  if (queue === undefined) throw new Error(`there is no ${properties.EventSourceArn}`);
  return queue;
}

/** What a rule or subscription leads to, unless that is a function or its queue. */
function subscriberAt(world: World, way: Deployed): readonly SubscriberDescription[] {
  const { Protocol, Endpoint } = way.properties;
  const arns = way.type === 'AWS::Events::Rule' ? targetArns(way) : [String(Endpoint)];
  return arns.flatMap((arn) => {
    const type = typeAt(world, arn, Protocol);
    const route = incoming(world, arn, way)[0];
    return type === null || route === undefined ? [] : [{ stack: way.stack, type, route }];
  });
}

/** The type of delivery that ends at an ARN or address; null for a function. */
export function typeAt(world: World, arn: string, protocol: unknown): string | null {
  if (protocol === 'https') return 'http';
  if (protocol === 'email') return 'email';
  if (arn.includes(':log-group:')) return 'log';
  const isRead = world
    .of('AWS::Lambda::EventSourceMapping')
    .some(({ properties }) => properties.EventSourceArn === arn);
  const types: Readonly<Record<string, string | null>> = {
    'AWS::Lambda::Function': null,
    'AWS::SQS::Queue': isRead ? null : 'none',
    'AWS::Kinesis::Stream': 'stream',
  };
  return types[world.byArn(arn)?.type ?? ''] ?? null;
}

/** Every rule and subscription that leads to an ARN. */
function incoming(world: World, arn: string, only?: Deployed): readonly RouteDescription[] {
  const isMeant = (one: Deployed) => only === undefined || one === only;
  const rules = world.of('AWS::Events::Rule').filter((rule) => targetArns(rule).includes(arn) && isMeant(rule));
  const subscriptions = world
    .of('AWS::SNS::Subscription')
    .filter((one) => one.properties.Endpoint === arn && isMeant(one));
  return [
    ...rules.map((rule): RouteDescription => {
      return { kind: 'eventbridge', bus: String(rule.properties.EventBusName), eventPattern: eventPattern(rule) };
    }),
    ...subscriptions.map(({ properties }): RouteDescription => {
      const topic = world.byArn(String(properties.TopicArn));
      const policy = properties.FilterPolicy === undefined ? null : patternOf(properties.FilterPolicy);
      const filterPolicyScope = String(properties.FilterPolicyScope);
      return { kind: 'topic', topic: String(topic?.properties.TopicName), filterPolicy: policy, filterPolicyScope };
    }),
  ];
}

function targetArns({ properties }: Deployed): readonly string[] {
  return (properties.Targets as readonly { readonly Arn: string }[]).map(({ Arn }) => Arn);
}

function eventPattern({ properties }: Deployed): unknown {
  return patternOf(properties.EventPattern);
}

function mappingFilter({ properties }: Deployed): unknown {
  const { Filters = [] } = (properties.FilterCriteria ?? {}) as { readonly Filters?: readonly { Pattern: string }[] };
  if (Filters.length > 1) throw new Error('several filters');
  return Filters[0] === undefined ? null : JSON.parse(Filters[0].Pattern);
}

function directDelivery(world: World, { ref, properties }: Deployed): Readonly<Record<string, unknown>> {
  const config = world.of('AWS::Lambda::EventInvokeConfig').find((one) => one.properties.FunctionName === ref);
  return {
    type: 'function',
    timeoutSeconds: properties.Timeout,
    memoryMb: properties.MemorySize,
    retryAttempts: config?.properties.MaximumRetryAttempts,
    maxEventAgeSeconds: config?.properties.MaximumEventAgeInSeconds,
  };
}

function queueDelivery(
  lambda: Deployed,
  { properties }: Deployed,
  own: Deployed | undefined,
): Readonly<Record<string, unknown>> {
  const scaling = properties.ScalingConfig as { readonly MaximumConcurrency?: number } | undefined;
  const common = {
    type: 'queue',
    timeoutSeconds: lambda.properties.Timeout,
    memoryMb: lambda.properties.MemorySize,
    batchSize: properties.BatchSize,
    batchingWindowSeconds: properties.MaximumBatchingWindowInSeconds ?? 0,
    maxConcurrency: scaling?.MaximumConcurrency ?? null,
  };
  if (own === undefined) return common;
  return {
    ...common,
    maxReceiveCount: maxReceiveCount(own.properties),
    visibilityTimeoutSeconds: own.properties.VisibilityTimeout,
    fifo: own.properties.FifoQueue === true,
  };
}

function maxReceiveCount({ RedrivePolicy }: Deployed['properties']): unknown {
  return (RedrivePolicy as { readonly maxReceiveCount?: number } | undefined)?.maxReceiveCount;
}
