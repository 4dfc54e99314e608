import type { FirehoseDelivery } from '@eventloom/engine';
import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { LogGroup, LogStream } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { bucketEncryption, encryptionKey, logEncryption } from '../encryption.ts';
import { grantKey } from '../key-rights.ts';
import { addRuleRoleFor } from './delivery-role.ts';
import { type Partitions, partitionsOf } from './partitions.ts';
import type { SubscriberSite, SubscriberTarget } from './subscriber-site.ts';

/** A stream of Firehose with what was made for it. */
export interface FirehoseResources {
  readonly type: 'firehose';
  readonly deliveryStream: CfnDeliveryStream;
  readonly bucket: Bucket;
  /** What Firehose writes to the bucket as. */
  readonly writerRole: Role;
  /** What Firehose could not write, and why. */
  readonly logGroup: LogGroup;
  /** What EventBridge writes to the stream as; undefined when no bus leads here. */
  readonly role: Role | undefined;
  /** What SNS writes to the stream as; undefined when no topic leads here. */
  readonly subscriptionRole: Role | undefined;
}

/**
 * Adds a bucket and the stream that fills it, and lets EventBridge and SNS write to it. What Firehose cannot sort or write
 * lands below `errors/` of the bucket, so nothing that it has taken is lost.
 */
export function addFirehose(
  site: SubscriberSite,
  delivery: FirehoseDelivery,
): { readonly resources: FirehoseResources; readonly target: SubscriberTarget } {
  const { scope, subscriber, settings } = site;
  const bucket = addBucket(site, delivery);
  const logGroup = new LogGroup(scope, 'LogGroup', {
    retention: settings.logRetention,
    removalPolicy: settings.logRemovalPolicy,
    ...logEncryption(scope),
  });
  const logStream = new LogStream(logGroup, 'Delivery', { logGroup, removalPolicy: settings.logRemovalPolicy });
  const writerRole = addWriterRole(site, bucket, logGroup);
  const deliveryStream = new CfnDeliveryStream(scope, 'DeliveryStream', {
    deliveryStreamType: 'DirectPut',
    deliveryStreamEncryptionConfigurationInput: streamEncryption(scope),
    extendedS3DestinationConfiguration: {
      bucketArn: bucket.bucketArn,
      roleArn: writerRole.roleArn,
      bufferingHints: { intervalInSeconds: delivery.bufferSeconds, sizeInMBs: delivery.bufferMb },
      compressionFormat: delivery.compression === 'gzip' ? 'GZIP' : 'UNCOMPRESSED',
      cloudWatchLoggingOptions: {
        enabled: true,
        logGroupName: logGroup.logGroupName,
        logStreamName: logStream.logStreamName,
      },
      ...foldersOf(partitionsOf(subscriber, delivery)),
    },
  });
  // Firehose tries the role when the stream is made.
  deliveryStream.node.addDependency(writerRole);
  const arn = deliveryStream.attrArn;
  const kinds = new Set(subscriber.routes.map(({ kind }) => kind === 'eventbridge'));
  const role = kinds.has(true)
    ? addRuleRoleFor(site, ['firehose:PutRecord', 'firehose:PutRecordBatch'], arn)
    : undefined;
  const subscriptionRole = kinds.has(false) ? addSubscriptionRole(site, arn) : undefined;
  return {
    resources: { type: 'firehose', deliveryStream, bucket, writerRole, logGroup, role, subscriptionRole },
    target: targetOf(arn, role, subscriptionRole),
  };
}

function targetOf(arn: string, role: Role | undefined, subscriptionRole: Role | undefined): SubscriberTarget {
  const endpoint = { id: '', protocol: 'firehose', endpoint: arn, rawMessageDelivery: true } as const;
  return {
    ...(role === undefined ? {} : { rule: { id: 'DeliveryStream', arn, roleArn: role.roleArn } }),
    endpoints: subscriptionRole === undefined ? [] : [{ ...endpoint, subscriptionRoleArn: subscriptionRole.roleArn }],
  };
}

/** Who writes to the stream needs no right to the key: Firehose gets a grant of it when the stream is made. */
function streamEncryption(
  scope: SubscriberSite['scope'],
): CfnDeliveryStream.DeliveryStreamEncryptionConfigurationInputProperty {
  const key = encryptionKey(scope);
  return key === undefined ? { keyType: 'AWS_OWNED_CMK' } : { keyType: 'CUSTOMER_MANAGED_CMK', keyArn: key.keyArn };
}

function addBucket({ scope, settings }: SubscriberSite, { expireDays }: FirehoseDelivery): Bucket {
  return new Bucket(scope, 'Bucket', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    ...bucketEncryption(scope),
    enforceSSL: true,
    lifecycleRules: [
      {
        abortIncompleteMultipartUploadAfter: Duration.days(1),
        ...(expireDays === null ? {} : { expiration: Duration.days(expireDays) }),
      },
    ],
    removalPolicy: settings.removalPolicy,
  });
}

/** https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3 */
function addWriterRole({ scope }: SubscriberSite, bucket: Bucket, logGroup: LogGroup): Role {
  const role = new Role(scope, 'WriterRole', {
    assumedBy: new ServicePrincipal('firehose.amazonaws.com', {
      conditions: { StringEquals: { 'sts:ExternalId': Stack.of(scope).account } },
    }),
  });
  const ofBucket = ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'];
  role.addToPolicy(new PolicyStatement({ actions: ofBucket, resources: [bucket.bucketArn] }));
  const ofObjects = ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'];
  role.addToPolicy(new PolicyStatement({ actions: ofObjects, resources: [bucket.arnForObjects('*')] }));
  role.addToPolicy(new PolicyStatement({ actions: ['logs:PutLogEvents'], resources: [logGroup.logGroupArn] }));
  grantKey(role, scope, ['getObject', 'putObject']);
  return role;
}

/** https://docs.aws.amazon.com/sns/latest/dg/prereqs-kinesis-data-firehose.html */
function addSubscriptionRole({ scope }: SubscriberSite, arn: string): Role {
  const role = new Role(scope, 'SubscriptionRole', { assumedBy: new ServicePrincipal('sns.amazonaws.com') });
  const actions = [
    'DescribeDeliveryStream',
    'ListDeliveryStreams',
    'ListTagsForDeliveryStream',
    'PutRecord',
    'PutRecordBatch',
  ];
  role.addToPolicy(new PolicyStatement({ actions: actions.map((action) => `firehose:${action}`), resources: [arn] }));
  return role;
}

type Destination = CfnDeliveryStream.ExtendedS3DestinationConfigurationProperty;

function foldersOf({
  prefix,
  query,
}: Partitions): Pick<
  Destination,
  'prefix' | 'errorOutputPrefix' | 'processingConfiguration' | 'dynamicPartitioningConfiguration'
> {
  // Events come without a line break. The value is the escape, two characters.
  const lines = { type: 'AppendDelimiterToRecord', parameters: [parameter('Delimiter', '\\n')] };
  return {
    prefix,
    errorOutputPrefix: 'errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/',
    processingConfiguration: { enabled: true, processors: query === null ? [lines] : [extraction(query), lines] },
    ...(query === null
      ? {}
      : { dynamicPartitioningConfiguration: { enabled: true, retryOptions: { durationInSeconds: 300 } } }),
  };
}

function extraction(query: string): CfnDeliveryStream.ProcessorProperty {
  const parameters = [parameter('MetadataExtractionQuery', query), parameter('JsonParsingEngine', 'JQ-1.6')];
  return { type: 'MetadataExtraction', parameters };
}

function parameter(parameterName: string, parameterValue: string): CfnDeliveryStream.ProcessorParameterProperty {
  return { parameterName, parameterValue };
}
