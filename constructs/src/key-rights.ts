import { Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { encryptionKeyIn, encryptionParameter } from './encryption.ts';

/** What somebody does with something that is encrypted. */
export type KeyUse =
  | 'sendToQueue'
  | 'receive'
  | 'publishToTopic'
  | 'useTable'
  | 'putObject'
  | 'getObject'
  | 'putRecord';

/** What AWS asks of who calls: each by the service through which the key is used, and only so. */
const uses = {
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
  sendToQueue: { service: 'sqs', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] },
  receive: { service: 'sqs', actions: ['kms:Decrypt'] },
  // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
  publishToTopic: { service: 'sns', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] },
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
  useTable: {
    service: 'dynamodb',
    actions: [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
  },
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
  putObject: { service: 's3', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] },
  getObject: { service: 's3', actions: ['kms:Decrypt'] },
  // https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
  putRecord: { service: 'kinesis', actions: ['kms:GenerateDataKey'] },
} as const satisfies Record<KeyUse, { readonly service: string; readonly actions: readonly string[] }>;

/**
 * Grants what it takes to use the system's key so; nothing where AWS manages the keys. One statement for each service,
 * bound to the key and to that service.
 *
 * @param scope something of the system; the key is named as the stack of the grantee can name it.
 */
export function grantKey(grantee: IGrantable, scope: IConstruct, wanted: readonly KeyUse[]): Grant {
  return keyRights(stackOf(grantee, scope), scope, wanted)
    .map(({ actions, resources, conditions }) =>
      Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [...resources], conditions }),
    )
    .reduce((all, grant) => all.combine(grant), Grant.drop(grantee, 'the key of the system'));
}

interface KeyRight {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: Record<string, Record<string, string>>;
}

function keyRights(stack: Stack, scope: IConstruct, wanted: readonly KeyUse[]): readonly KeyRight[] {
  const parameter = encryptionParameter(scope);
  if (parameter === undefined || wanted.length === 0) return [];
  const { keyArn } = encryptionKeyIn(stack, parameter);
  const services = [...new Set(wanted.map((use) => uses[use].service))].sort();
  return services.map((service) => {
    const own = wanted
      .filter((use) => uses[use].service === service)
      .flatMap((use): string[] => [...uses[use].actions]);
    return {
      actions: [...new Set(own)].sort(),
      resources: [keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `${service}.${stack.region}.${stack.urlSuffix}` } },
    };
  });
}

/** A grantee may stand in a stack of its own: no stack imports from another. */
function stackOf(grantee: IGrantable, scope: IConstruct): Stack {
  const place = [grantee, grantee.grantPrincipal].find((one): one is IGrantable & IConstruct =>
    Construct.isConstruct(one),
  );
  return Stack.of(place ?? scope);
}
