import type { KinesisDelivery } from '@eventloom/engine';
import { Duration } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import { encryptionKey } from '../encryption.ts';
import { grantKey } from '../key-rights.ts';
import { addRuleRoleFor } from './delivery-role.ts';
import { detailPath } from './json-path.ts';
import type { SubscriberSite, SubscriberTarget } from './subscriber-site.ts';

/** A stream of Kinesis with what was made for it. */
export interface KinesisResources {
  readonly type: 'kinesis';
  readonly stream: Stream;
  /** What EventBridge writes to the stream as. */
  readonly role: Role;
}

/** Adds a stream, encrypted with the key of the system or that of AWS for Kinesis, and lets EventBridge write to it. */
export function addKinesis(
  site: SubscriberSite,
  { shards, retentionHours, partitionKey }: KinesisDelivery,
): { readonly resources: KinesisResources; readonly target: SubscriberTarget } {
  const key = encryptionKey(site.scope);
  const stream = new Stream(site.scope, 'Stream', {
    ...(shards === null
      ? { streamMode: StreamMode.ON_DEMAND }
      : { streamMode: StreamMode.PROVISIONED, shardCount: shards }),
    retentionPeriod: Duration.hours(retentionHours),
    ...(key === undefined
      ? { encryption: StreamEncryption.MANAGED }
      : { encryption: StreamEncryption.KMS, encryptionKey: key }),
    removalPolicy: site.settings.removalPolicy,
  });
  const role = addRuleRoleFor(site, ['kinesis:PutRecord', 'kinesis:PutRecords'], stream.streamArn);
  grantKey(role, site.scope, ['putRecord']);
  const rule = {
    id: 'Stream',
    arn: stream.streamArn,
    roleArn: role.roleArn,
    kinesisParameters: { partitionKeyPath: partitionKey === null ? '$.id' : detailPath(partitionKey) },
  };
  return { resources: { type: 'kinesis', stream, role }, target: { rule, endpoints: [] } };
}
