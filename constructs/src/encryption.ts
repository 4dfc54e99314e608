import { Stack } from 'aws-cdk-lib';
import { TableEncryption, type TableProps } from 'aws-cdk-lib/aws-dynamodb';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { LogGroupProps } from 'aws-cdk-lib/aws-logs';
import { BucketEncryption, type BucketProps } from 'aws-cdk-lib/aws-s3';
import type { TopicProps } from 'aws-cdk-lib/aws-sns';
import { QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct, IConstruct } from 'constructs';
import { encryptionParameterName } from './physical-name.ts';
import type { ResolvedSettings } from './settings.ts';

/** Below it everything finds the name of the parameter that holds the ARN of the system's key. */
const context = '@eventloom/cdk:encryptionParameter';

/** Construct id of the key in the core stack. */
export const encryptionKeyId = 'EncryptionKey';

/** The system of which a stack is a part. */
export interface EncryptedSystem {
  readonly system: string;
  readonly environment: string | undefined;
  readonly settings: Pick<ResolvedSettings, 'encryption'>;
}

/**
 * Lets everything below a stack, or below something of another stack, use the key of the system, if it has one. To be called before anything is added to it.
 *
 * A service stack finds the key by an SSM parameter of the core stack, which CloudFormation reads at each deployment:
 * neither log groups nor policies of roles can name a key by its alias, and an export would tie the stacks together.
 */
export function useEncryption(scope: IConstruct, { system, environment, settings }: EncryptedSystem): void {
  if (settings.encryption === null) return;
  scope.node.setContext(context, encryptionParameterName(system, environment));
}

/** Returns the name of the parameter with the ARN of the system's key; undefined where AWS manages the keys. */
export function encryptionParameter(scope: IConstruct): string | undefined {
  return scope.node.tryGetContext(context);
}

/** Returns the system's key as `scope` can name it; undefined where AWS manages the keys. Its policy cannot be changed. */
export function encryptionKey(scope: IConstruct): IKey | undefined {
  const parameter = encryptionParameter(scope);
  return parameter === undefined ? undefined : encryptionKeyIn(Stack.of(scope), parameter);
}

/** Returns the key whose ARN the parameter holds, as any stack of the account and Region can name it. */
export function encryptionKeyIn(stack: Stack, parameterName: string): IKey {
  const id = 'EventloomEncryptionKey';
  const known = stack.node.tryFindChild(id);
  if (known !== undefined) return known as unknown as IKey;
  const own = stack.node.tryFindChild(encryptionKeyId);
  const arn = own instanceof Key ? own.keyArn : StringParameter.valueForStringParameter(stack, parameterName);
  return Key.fromKeyArn(stack, id, arn);
}

/** How queues are encrypted: with the system's key, else with the keys of SQS, which EventBridge and SNS may use too. */
export function queueEncryption(scope: Construct): Pick<QueueProps, 'encryption' | 'encryptionMasterKey'> {
  const key = encryptionKey(scope);
  if (key === undefined) return { encryption: QueueEncryption.SQS_MANAGED };
  return { encryption: QueueEncryption.KMS, encryptionMasterKey: key };
}

/**
 * How a topic is encrypted: with the system's key. Without one nothing is set: no service, EventBridge and the alarms of
 * CloudWatch among them, may publish to a topic with the key `alias/aws/sns`; SNS encrypts its disks all the same
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html).
 */
export function topicEncryption(scope: Construct): Pick<TopicProps, 'masterKey'> {
  const key = encryptionKey(scope);
  return key === undefined ? {} : { masterKey: key };
}

/** How a table is encrypted: with the system's key, else with a key that DynamoDB owns. */
export function tableEncryption(scope: Construct): Pick<TableProps, 'encryption' | 'encryptionKey'> {
  const key = encryptionKey(scope);
  if (key === undefined) return { encryption: TableEncryption.DEFAULT };
  return { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key };
}

/** How a bucket is encrypted: with the system's key, asked for once for many objects, else with keys of S3. */
export function bucketEncryption(
  scope: Construct,
): Pick<BucketProps, 'encryption' | 'encryptionKey' | 'bucketKeyEnabled'> {
  const key = encryptionKey(scope);
  if (key === undefined) return { encryption: BucketEncryption.S3_MANAGED };
  return { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true };
}

/** How a log group is encrypted: with the system's key, else as CloudWatch Logs does by itself. */
export function logEncryption(scope: Construct): Pick<LogGroupProps, 'encryptionKey'> {
  const key = encryptionKey(scope);
  return key === undefined ? {} : { encryptionKey: key };
}
