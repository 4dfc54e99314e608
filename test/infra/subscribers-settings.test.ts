import { EmitEvent } from '@eventloom/cdk';
import type { Infrastructure } from '@eventloom/engine';
import { Stack } from 'aws-cdk-lib';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { describe, expect, test } from 'vitest';
import { subscriberTopology } from './parcel-subscribers.ts';
import { parcelTopology } from './parcel-topology.ts';
import { ownResource, policyOfRole, synthesizeSubscribers } from './subscriber-system.ts';
import { makeApp, templatesOf } from './synthesize.ts';
import { resource, resources, rightsOf, spell, statements, type Template } from './template.ts';

function synthesizeWith(infrastructure: Infrastructure, environment?: string) {
  const settings = environment === undefined ? {} : { environment };
  const templates = synthesizeSubscribers({ ...subscriberTopology, infrastructure }, settings);
  const name = (service: string) => [environment, 'parcel', service].filter((part) => part !== undefined).join('-');
  return (service: string): Template => templates.get(name(service)) ?? {};
}

describe('a key of the system', () => {
  const templateOf = synthesizeWith({ encryption: 'customer' });
  const analytics = templateOf('analytics');
  const [parameter] = Object.keys(Object(analytics).Parameters).filter((name) => name.startsWith('SsmParameter'));
  const key = `\${${parameter}}`;

  test('encrypts every queue, stream, bucket and log group', () => {
    for (const service of ['analytics', 'claims', 'notices', 'partners']) {
      const template = templateOf(service);
      const mine = `\${${Object.keys(Object(template).Parameters).find((name) => name.startsWith('SsmParameter'))}}`;
      for (const { properties } of resources(template, 'AWS::SQS::Queue')) {
        expect(spell(properties.KmsMasterKeyId)).toBe(mine);
      }
      for (const { properties } of resources(template, 'AWS::Logs::LogGroup')) {
        expect(spell(properties.KmsKeyId)).toBe(mine);
      }
    }
    expect(spell(ownResource(analytics, 'Stream', 'AWS::Kinesis::Stream').properties.StreamEncryption)).toEqual({
      EncryptionType: 'KMS',
      KeyId: key,
    });
    const lake = ownResource(analytics, 'Lake', 'AWS::KinesisFirehose::DeliveryStream').properties;
    expect(spell(lake.DeliveryStreamEncryptionConfigurationInput)).toEqual({
      KeyARN: key,
      KeyType: 'CUSTOMER_MANAGED_CMK',
    });
    const bucket = ownResource(analytics, 'Lake', 'AWS::S3::Bucket').properties.BucketEncryption;
    expect(JSON.stringify(spell(bucket))).toContain(`"KMSMasterKeyID":"${key}"`);
  });

  test('may be used by who writes to a stream or a bucket, and by no other service', () => {
    const of = (role: string) => {
      const { id } = resource(analytics, 'AWS::IAM::Role', (_, id) => new RegExp(`^${role}[0-9A-F]{8}$`).test(id));
      return statements(policyOfRole(analytics, id)).filter(({ Action }) =>
        Action.some((action) => action.startsWith('kms:')),
      );
    };
    const via = (service: string) => ({
      StringEquals: { 'kms:ViaService': `${service}.\${AWS::Region}.\${AWS::URLSuffix}` },
    });
    expect(of('StreamRole')).toMatchObject([
      { Action: ['kms:GenerateDataKey'], Resource: [key], Condition: via('kinesis') },
    ]);
    expect(of('LakeWriterRole')).toMatchObject([
      { Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: [key], Condition: via('s3') },
    ]);
    expect(of('MirrorRole')).toEqual([]);
  });

  test('may be used by a workflow that emits to a topic, wherever it stands', () => {
    const app = makeApp();
    const stack = new Stack(app, 'Workflows');
    const topology = { ...parcelTopology, infrastructure: { encryption: 'customer' } } as const;
    const emit = new EmitEvent(stack, 'Tell', {
      topology,
      service: 'counter',
      event: 'SlotBooked',
      detail: { slot: 1 },
    });
    new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(emit) });
    const { PolicyDocument } = resource(templatesOf(app).get('Workflows') ?? {}, 'AWS::IAM::Policy').properties;
    expect(statements(PolicyDocument).flatMap(({ Action }) => Action)).toEqual([
      'sns:Publish',
      'kms:Decrypt',
      'kms:GenerateDataKey',
    ]);
  });
});

describe('settings of the spec', () => {
  const templateOf = synthesizeWith(
    {
      logRetentionDays: 90,
      environments: { dev: { removal: 'destroy', tracing: false, services: { claims: { logRetentionDays: 3 } } } },
    },
    'dev',
  );

  test('say how long logs are kept, but for logs of events', () => {
    const claims = templateOf('claims');
    const own = resources(claims, 'AWS::Logs::LogGroup', (_, id) => id.startsWith('File') || id.startsWith('Quick'));
    expect(own.map(({ properties }) => properties.RetentionInDays)).toEqual([3, 3]);
    const analytics = templateOf('analytics');
    expect(ownResource(analytics, 'Lake', 'AWS::Logs::LogGroup').properties.RetentionInDays).toBe(90);
    expect(ownResource(analytics, 'Audit', 'AWS::Logs::LogGroup').properties).toMatchObject({
      LogGroupName: '/aws/events/dev-parcel-analytics/audit',
      RetentionInDays: 90,
    });
    expect(ownResource(analytics, 'Trail', 'AWS::Logs::LogGroup').properties.RetentionInDays).toBe(7);
  });

  test('turn X-Ray off, with its rights', () => {
    const machine = ownResource(templateOf('claims'), 'File', 'AWS::StepFunctions::StateMachine', 'StateMachine');
    expect(machine.properties.TracingConfiguration).toEqual({ Enabled: false });
    const role = String(spell(machine.properties.RoleArn)).replace(/^\$\{(\w+)\.Arn\}$/, '$1');
    expect(rightsOf(policyOfRole(templateOf('claims'), role)).filter((right) => right.startsWith('xray:'))).toEqual([]);
  });

  test('delete streams, buckets and logs with their stack', () => {
    const { Resources = {} } = templateOf('analytics');
    const types = ['AWS::Kinesis::Stream', 'AWS::S3::Bucket', 'AWS::Logs::LogGroup'];
    const kept = Object.values(Resources).filter(({ Type }) => types.includes(Type));
    expect(new Set(kept.map(({ DeletionPolicy }) => DeletionPolicy))).toEqual(new Set(['Delete']));
    expect(kept.length).toBeGreaterThan(5);
  });
});
