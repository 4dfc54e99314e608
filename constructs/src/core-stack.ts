import type { BusDestination, QueueDestination, TopicDestination } from '@eventloom/engine';
import { Duration, Stack } from 'aws-cdk-lib';
import type { CfnAlarm, CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnArchive, EventBus } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { checkResourceCount } from './check-resource-count.ts';
import { addClaimBucket } from './claim-bucket.ts';
import { ConstructError } from './construct-error.ts';
import { observeCore } from './observe/observe-core.ts';
import { checkEnvironment, claimBucketName, deadLetterQueueName, physicalName, stackName } from './physical-name.ts';
import { addDeadLetterQueue, addWorkQueue, allowSenders } from './queues.ts';
import { addRule } from './routes.ts';
import { sortedBy } from './sorted.ts';
import type { StackSettings } from './stack-settings.ts';

/** What the core stack is built from. */
export interface CoreStackProps extends StackSettings {}

/**
 * The stack that all services share: buses with their archives, topics, the rules that feed topics from a bus, and
 * point-to-point queues, and the bucket for claims. They have physical names, by which the services find them.
 */
export class CoreStack extends Stack {
  /** By destination key, like the other maps. */
  readonly buses: ReadonlyMap<string, EventBus>;
  readonly topics: ReadonlyMap<string, Topic>;
  readonly queues: ReadonlyMap<string, Queue>;
  /** Undefined when no channel has an `x-claim-check`. */
  readonly claimBucket: Bucket | undefined;
  /** What all alarms of the system are sent to; undefined when there are none. */
  readonly alarmTopic: Topic | undefined;
  /** The alarms of this stack, by their names in it: `returns-queue-dead-letters`. */
  readonly alarms: ReadonlyMap<string, CfnAlarm>;
  /** The dashboard of the system; undefined when it is turned off. */
  readonly dashboard: CfnDashboard | undefined;

  constructor(scope: Construct, id: string, props: CoreStackProps) {
    const { topology, environment, env } = props;
    checkEnvironment(environment);
    super(scope, id, {
      stackName: stackName(topology.system, undefined, environment),
      description: `Buses, topics and queues of ${topology.system}`,
      ...(env === undefined ? {} : { env }),
    });
    const buses = new Map<string, EventBus>();
    const topics = new Map<string, Topic>();
    const queues = new Map<string, Queue>();
    for (const destination of sortedBy(topology.destinations, ({ key }) => key)) {
      const name = physicalName(destination, environment);
      if (destination.kind === 'bus') buses.set(destination.key, addBus(this, destination, name));
      if (destination.kind === 'topic') topics.set(destination.key, addTopic(this, destination, name, buses));
      if (destination.kind === 'queue') queues.set(destination.key, addQueue(this, destination, name));
    }
    this.buses = buses;
    this.topics = topics;
    this.queues = queues;
    this.claimBucket = addBucket(this, props);
    const observation = observeCore(this, { topology, environment, topics, queues });
    this.alarmTopic = observation.alarmTopic;
    this.alarms = observation.alarms;
    this.dashboard = observation.dashboard;
    checkResourceCount(this, 'Split the spec into systems with a bus each.');
  }
}

function addBucket(stack: Stack, { topology, environment, removalPolicy }: CoreStackProps): Bucket | undefined {
  const { claimBucket, system } = topology;
  if (claimBucket === undefined) return undefined;
  const bucketName = claimBucketName(system, environment, stack);
  return addClaimBucket(stack, { ...claimBucket, bucketName, removalPolicy });
}

function addBus(scope: Construct, destination: BusDestination, name: string): EventBus {
  const bus = new EventBus(scope, destination.constructId, { eventBusName: name });
  if (destination.archive !== null) {
    // No pattern: everything is archived, except what is replayed, which EventBridge leaves out by itself.
    new CfnArchive(bus, 'Archive', { sourceArn: bus.eventBusArn, retentionDays: destination.archive.retentionDays });
  }
  return bus;
}

function addTopic(
  scope: Construct,
  destination: TopicDestination,
  name: string,
  buses: ReadonlyMap<string, EventBus>,
): Topic {
  const topic = new Topic(scope, destination.constructId, {
    topicName: name,
    enforceSSL: true,
    ...(destination.fifo ? { fifo: true, contentBasedDeduplication: destination.contentBasedDeduplication } : {}),
  });
  if (destination.fedBy !== null) feedTopic(topic, destination, destination.fedBy, buses);
  return topic;
}

/**
 * Adds the one rule of a channel that goes bus, topic, subscriptions. The topic's policy has no condition on the rule:
 * EventBridge tells SNS nothing that one could check, and the delivery would fail
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html).
 */
function feedTopic(
  topic: Topic,
  destination: TopicDestination,
  fedBy: NonNullable<TopicDestination['fedBy']>,
  buses: ReadonlyMap<string, EventBus>,
): void {
  const bus = buses.get(fedBy.bus);
  if (bus === undefined || destination.fifo) throw impossibleFeed(destination, fedBy.bus);
  const deadLetterQueue = addDeadLetterQueue(topic, 'DeadLetterQueue', { fifo: false });
  const rule = addRule(topic, 'Rule', {
    busName: bus.eventBusName,
    eventPattern: fedBy.eventPattern,
    targetId: 'Topic',
    targetArn: topic.topicArn,
    deadLetterQueue,
  });
  allowSenders(deadLetterQueue, 'events', [rule.attrArn]);
  topic.grantPublish(new ServicePrincipal('events.amazonaws.com'));
}

function addQueue(scope: Construct, destination: QueueDestination, name: string): Queue {
  const { fifo, contentBasedDeduplication, maxReceiveCount, visibilityTimeoutSeconds } = destination;
  const deadLetterQueue = addDeadLetterQueue(scope, `${destination.constructId}DeadLetterQueue`, {
    fifo,
    queueName: deadLetterQueueName(name),
  });
  return addWorkQueue(scope, destination.constructId, {
    fifo,
    maxReceiveCount,
    visibilityTimeoutSeconds,
    deadLetterQueue,
    further: {
      queueName: name,
      deliveryDelay: Duration.seconds(destination.deliveryDelaySeconds),
      retentionPeriod: Duration.seconds(destination.retentionSeconds),
      ...(fifo ? { contentBasedDeduplication } : {}),
    },
  });
}

function impossibleFeed(destination: TopicDestination, bus: string): ConstructError {
  return destination.fifo
    ? new ConstructError(
        'impossible-route',
        `Topic '${destination.key}' is FIFO and fed by bus '${bus}': a rule cannot name message groups. Publish to the topic itself.`,
      )
    : new ConstructError('unknown-destination', `Topic '${destination.key}' is fed by '${bus}', which is no bus.`);
}
