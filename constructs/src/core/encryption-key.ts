import type { BusDestination, Topology } from '@eventloom/engine';
import { ArnFormat, type RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { encryptionKeyId } from '../encryption.ts';
import { encryptionAlias, encryptionParameterName, physicalName } from '../physical-name.ts';

/** What the key of a system is made for. */
export interface EncryptionKeyOptions {
  readonly topology: Topology;
  readonly environment: string | undefined;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * Adds the one key of a system, with its alias and the parameter by which services find its ARN. Its policy lets the
 * services of AWS use it that act in their own name, and only for this account; roles get what they need by their own
 * policies.
 */
export function addEncryptionKey(stack: Stack, options: EncryptionKeyOptions): Key {
  const { topology, environment, removalPolicy } = options;
  const key = new Key(stack, encryptionKeyId, {
    alias: encryptionAlias(topology.system, environment),
    description: `Buses, topics, queues, tables, buckets and logs of ${topology.system}`,
    enableKeyRotation: true,
    removalPolicy,
  });
  for (const statement of statementsOf(stack, options)) key.addToResourcePolicy(statement);
  new StringParameter(stack, 'EncryptionKeyParameter', {
    parameterName: encryptionParameterName(topology.system, environment),
    description: `ARN of the key of ${topology.system}`,
    stringValue: key.keyArn,
  });
  return key;
}

const dataKeys: readonly string[] = ['kms:Decrypt', 'kms:GenerateDataKey'];

function statementsOf(stack: Stack, { topology, environment }: EncryptionKeyOptions): readonly PolicyStatement[] {
  const ownAccount = { StringEquals: { 'aws:SourceAccount': stack.account } };
  const buses = topology.destinations.filter((one): one is BusDestination => one.kind === 'bus');
  const archived = buses.filter(({ archive }) => archive !== null);
  const isFeeding = topology.destinations.some((one) => one.kind === 'topic' && one.fedBy !== null);
  return [
    // EventBridge looks at the key when a bus or archive is made, before there is anything to be bound to.
    allow('EventBridgeDescribe', 'events', ['kms:DescribeKey']),
    // Events on buses, and those that rules bring to queues.
    allow('EventBridge', 'events', dataKeys, ownAccount),
    ...(archived.length === 0 ? [] : [allowArchiving(archived.map((bus) => busArn(stack, bus, environment)))]),
    // EventBridge tells SNS neither account nor rule when it publishes, so that no condition on them would hold.
    ...(isFeeding ? [allow('EventBridgeToTopics', 'events', dataKeys)] : []),
    ...(buses.some(({ logging }) => logging !== undefined) ? busLogs(stack) : []),
    // What topics bring to queues.
    allow('Sns', 'sns', dataKeys, ownAccount),
    // Alarms, to their topic.
    allow('CloudWatchAlarms', 'cloudwatch', dataKeys, ownAccount),
    logGroups(stack),
  ];
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-archives.html */
function allowArchiving(busArns: readonly string[]): PolicyStatement {
  return allow('EventBridgeArchives', 'events', [...dataKeys, 'kms:ReEncrypt*'], {
    StringEquals: { 'kms:EncryptionContext:aws:events:event-bus:arn': [...busArns] },
  });
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-bus-logs.html */
function busLogs(stack: Stack): readonly PolicyStatement[] {
  const anyLog = stack.formatArn({ service: 'logs', resource: '*' });
  const condition = { StringLike: { 'kms:EncryptionContext:SourceArn': anyLog } };
  return [
    allow('EventBridgeLogs', 'events', ['kms:GenerateDataKey'], condition),
    allow('LogDelivery', 'delivery.logs', dataKeys, condition),
  ];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
function logGroups(stack: Stack): PolicyStatement {
  const actions = ['kms:Decrypt', 'kms:Describe*', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];
  const logGroup = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return allow('CloudWatchLogs', `logs.${stack.region}`, actions, {
    ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroup },
  });
}

function allow(
  sid: string,
  service: string,
  actions: readonly string[],
  conditions?: Record<string, Record<string, unknown>>,
): PolicyStatement {
  return new PolicyStatement({
    sid,
    principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
    actions: [...actions],
    resources: ['*'],
    ...(conditions === undefined ? {} : { conditions }),
  });
}

function busArn(stack: Stack, bus: BusDestination, environment: string | undefined): string {
  const resourceName = physicalName(bus, environment);
  return stack.formatArn({ service: 'events', resource: 'event-bus', resourceName });
}
