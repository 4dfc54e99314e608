import type { QueueDestination, TopicDestination } from '@eventloom/engine';
import { Duration, Stack } from 'aws-cdk-lib';
import type { CfnAlarm, CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { applySettings, tagsOf } from './applied-settings.ts';
import { checkResourceCount } from './check-resource-count.ts';
import { addClaimBucket } from './claim-bucket.ts';
import { ConstructError } from './construct-error.ts';
import { addBus } from './core/bus.ts';
import { addBusLogs } from './core/bus-logs.ts';
import { addEncryptionKey } from './core/encryption-key.ts';
import { addSchemaRegistry } from './core/schema-registry.ts';
import { encryptionKey, topicEncryption, useEncryption } from './encryption.ts';
import { observeCore } from './observe/observe-core.ts';
import { checkEnvironment, claimBucketName, deadLetterQueueName, physicalName, stackName } from './physical-name.ts';
import { addDeadLetterQueue, addWorkQueue, allowSenders } from './queues.ts';
import { addRule } from './routes.ts';
import type { FunctionSettings } from './service-function.ts';
import { sortedBy } from './sorted.ts';
import type { StackSettings } from './stack-settings.ts';

/** What the core stack is built from. */
export interface CoreStackProps extends StackSettings, Pick<FunctionSettings, 'logRetention'> {}

/**
 * The stack that all services share: buses with their archives, topics, the rules that feed topics from a bus, and
 * point-to-point queues, and the bucket for claims. They have physical names, by which the services find them.
 */
export class CoreStack extends Stack {
  /** By destination key, like the other maps. */
  readonly buses: ReadonlyMap<string, EventBus>;
  readonly topics: ReadonlyMap<string, Topic>;
  readonly queues: ReadonlyMap<string, Queue>;
  /** Of buses with a key of your own: what they could not decrypt. */
  readonly busDeadLetterQueues: ReadonlyMap<string, Queue>;
  /** Of buses with `logging`. */
  readonly busLogs: ReadonlyMap<string, LogGroup>;
  /** The system's own key. Undefined unless the spec says `x-infrastructure: { encryption: customer }`. */
  readonly encryptionKey: Key | undefined;
  /** Undefined when no channel has an `x-claim-check`. */
  readonly claimBucket: Bucket | undefined;
  /** What all alarms of the system are sent to; undefined when there are none. */
  readonly alarmTopic: Topic | undefined;
  /** The alarms of this stack, by their names in it: `returns-queue-dead-letters`. */
  readonly alarms: ReadonlyMap<string, CfnAlarm>;
  /** The dashboard of the system; undefined when it is turned off. */
  readonly dashboard: CfnDashboard | undefined;

  constructor(scope: Construct, id: string, props: CoreStackProps) {
    const applied = applySettings(props);
    const { topology, environment, env, settings, removalPolicy } = applied;
    checkEnvironment(environment);
    super(scope, id, {
      ...tagsOf(settings),
      stackName: stackName(topology.system, undefined, environment),
      description: `Buses, topics and queues of ${topology.system}`,
      ...(env === undefined ? {} : { env }),
    });
    useEncryption(this, { system: topology.system, environment, settings });
    if (settings.encryption === 'customer')
      this.encryptionKey = addEncryptionKey(this, { topology, environment, removalPolicy });
    const buses = new Map<string, EventBus>();
    const busDeadLetterQueues = new Map<string, Queue>();
    const busLogs = new Map<string, LogGroup>();
    const topics = new Map<string, Topic>();
    const queues = new Map<string, Queue>();
    for (const destination of sortedBy(topology.destinations, ({ key }) => key)) {
      const name = physicalName(destination, environment);
      if (destination.kind === 'bus') {
        const { bus, deadLetterQueue } = addBus(this, destination, name);
        buses.set(destination.key, bus);
        if (deadLetterQueue !== undefined) busDeadLetterQueues.set(destination.key, deadLetterQueue);
        addSchemaRegistry(this, destination, name);
        const retention = applied.logRetention;
        const logs = addBusLogs(this, destination, bus, { busName: name, retention, removalPolicy });
        if (logs !== undefined) busLogs.set(destination.key, logs);
      }
      if (destination.kind === 'topic') topics.set(destination.key, addTopic(this, destination, name, buses));
      if (destination.kind === 'queue') queues.set(destination.key, addQueue(this, destination, name));
    }
    this.buses = buses;
    this.busDeadLetterQueues = busDeadLetterQueues;
    this.busLogs = busLogs;
    this.topics = topics;
    this.queues = queues;
    this.claimBucket = addBucket(this, applied);
    const observation = observeCore(this, { topology, environment, topics, queues, busDeadLetterQueues });
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

function addTopic(
  scope: Construct,
  destination: TopicDestination,
  name: string,
  buses: ReadonlyMap<string, EventBus>,
): Topic {
  const topic = new Topic(scope, destination.constructId, {
    topicName: name,
    enforceSSL: true,
    ...topicEncryption(scope),
    ...(destination.fifo ? { fifo: true, contentBasedDeduplication: destination.contentBasedDeduplication } : {}),
  });
  if (destination.fedBy !== null) feedTopic(topic, destination, destination.fedBy, buses);
  else encryptByManagedKey(topic);
  return topic;
}

/** Only roles publish to a topic that no bus feeds; to all of the account the key of SNS is open. */
function encryptByManagedKey(topic: Topic): void {
  if (encryptionKey(topic) !== undefined) return;
  const resource = topic.node.defaultChild;
  if (resource instanceof CfnTopic) resource.kmsMasterKeyId = 'alias/aws/sns';
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
