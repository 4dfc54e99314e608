import { spawnSync } from 'node:child_process';
import type { FirehoseDelivery, SubscriberRoute } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { collected, lost } from './parcel-events.ts';
import { ofBus, ofTopic, subscriber, withSubscribers } from './parcel-subscribers.ts';
import { ownResource, ownResources, policyOfRole, synthesizeSubscribers, targetsOf } from './subscriber-system.ts';
import { resource, rightsOf, spell, statements, type Template } from './template.ts';

const templates = synthesizeSubscribers();
const analytics = templates.get('parcel-analytics') ?? {};

interface Destination {
  readonly Prefix: string;
  readonly ErrorOutputPrefix: string;
  readonly CompressionFormat: string;
  readonly BufferingHints: unknown;
  readonly DynamicPartitioningConfiguration?: unknown;
  readonly ProcessingConfiguration: {
    readonly Processors: readonly {
      Type: string;
      Parameters: readonly { ParameterName: string; ParameterValue: string }[];
    }[];
  };
}

function destinationOf(template: Template, constructId: string): Destination {
  const { properties } = ownResource(template, constructId, 'AWS::KinesisFirehose::DeliveryStream');
  return properties.ExtendedS3DestinationConfiguration as Destination;
}

/** What Firehose would ask jq. */
function queryOf({ ProcessingConfiguration }: Destination): string {
  const { Parameters = [] } =
    ProcessingConfiguration.Processors.find(({ Type }) => Type === 'MetadataExtraction') ?? {};
  return Parameters.find(({ ParameterName }) => ParameterName === 'MetadataExtractionQuery')?.ParameterValue ?? '';
}

describe('a lake', () => {
  test('writes lines below folders of event, payload and day, and what it cannot below errors', () => {
    expect(destinationOf(analytics, 'Lake')).toMatchObject({
      BufferingHints: { IntervalInSeconds: 300, SizeInMBs: 64 },
      CompressionFormat: 'GZIP',
      DynamicPartitioningConfiguration: { Enabled: true },
      Prefix:
        '!{partitionKeyFromQuery:event}/sender.country=!{partitionKeyFromQuery:p1}/depot=!{partitionKeyFromQuery:p2}/' +
        'year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/',
      ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/',
    });
    const types = destinationOf(analytics, 'Lake').ProcessingConfiguration.Processors.map(({ Type }) => Type);
    expect(types).toEqual(['MetadataExtraction', 'AppendDelimiterToRecord']);
  });

  test('without folders of the payload looks into no event', () => {
    const destination = destinationOf(analytics, 'SlotLake');
    expect(destination.DynamicPartitioningConfiguration).toBeUndefined();
    expect(destination).toMatchObject({
      CompressionFormat: 'UNCOMPRESSED',
      Prefix: 'SlotBooked/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/',
    });
    expect(destination.ProcessingConfiguration.Processors).toEqual([
      { Type: 'AppendDelimiterToRecord', Parameters: [{ ParameterName: 'Delimiter', ParameterValue: '\\n' }] },
    ]);
  });

  test('has a bucket that is encrypted, closed, read over TLS only, and emptied when asked', () => {
    const bucket = ownResource(analytics, 'Lake', 'AWS::S3::Bucket');
    expect(bucket.properties).toMatchObject({
      BucketEncryption: { ServerSideEncryptionConfiguration: [{}] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 400, AbortIncompleteMultipartUpload: {} }] },
    });
    const policy = ownResource(analytics, 'Lake', 'AWS::S3::BucketPolicy');
    expect(statements(policy.properties.PolicyDocument)).toMatchObject([
      { Effect: 'Deny', Action: ['s3:*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
    const { LifecycleConfiguration } = ownResource(analytics, 'SlotLake', 'AWS::S3::Bucket').properties;
    expect(JSON.stringify(LifecycleConfiguration)).not.toContain('Expiration');
  });

  test('is written to by roles of EventBridge, SNS and Firehose that can do no more', () => {
    const stream = ownResource(analytics, 'Lake', 'AWS::KinesisFirehose::DeliveryStream');
    const bucket = ownResource(analytics, 'Lake', 'AWS::S3::Bucket');
    const logGroup = ownResource(analytics, 'Lake', 'AWS::Logs::LogGroup');
    const rights = (role: string) => {
      const { id } = resource(analytics, 'AWS::IAM::Role', (_, candidate) =>
        new RegExp(`^Lake${role}[0-9A-F]{8}$`).test(candidate),
      );
      return { id, rights: rightsOf(policyOfRole(analytics, id)) };
    };
    expect(rights('Role').rights).toEqual([
      `firehose:PutRecord on \${${stream.id}.Arn}`,
      `firehose:PutRecordBatch on \${${stream.id}.Arn}`,
    ]);
    expect(rights('WriterRole').rights).toEqual([
      `s3:GetBucketLocation on \${${bucket.id}.Arn}`,
      `s3:ListBucket on \${${bucket.id}.Arn}`,
      `s3:ListBucketMultipartUploads on \${${bucket.id}.Arn}`,
      `s3:AbortMultipartUpload on \${${bucket.id}.Arn}/*`,
      `s3:GetObject on \${${bucket.id}.Arn}/*`,
      `s3:PutObject on \${${bucket.id}.Arn}/*`,
      `logs:PutLogEvents on \${${logGroup.id}.Arn}`,
    ]);
    expect(rights('SubscriptionRole').rights).toContain(`firehose:PutRecordBatch on \${${stream.id}.Arn}`);
    for (const rule of ownResources(analytics, 'Lake', 'AWS::Events::Rule')) {
      expect(targetsOf(rule)).toMatchObject([{ Arn: `\${${stream.id}.Arn}`, RoleArn: `\${${rights('Role').id}.Arn}` }]);
    }
    expect(
      ownResources(analytics, 'Lake', 'AWS::SNS::Subscription').map(({ properties }) => spell(properties)),
    ).toMatchObject([
      {
        Protocol: 'firehose',
        Endpoint: `\${${stream.id}.Arn}`,
        RawMessageDelivery: true,
        SubscriptionRoleArn: `\${${rights('SubscriptionRole').id}.Arn}`,
      },
    ]);
  });

  test('encrypts what it holds', () => {
    const { properties } = ownResource(analytics, 'Lake', 'AWS::KinesisFirehose::DeliveryStream');
    expect(properties.DeliveryStreamEncryptionConfigurationInput).toEqual({ KeyType: 'AWS_OWNED_CMK' });
  });
});

const delivery: FirehoseDelivery = {
  type: 'stream',
  kind: 'firehose',
  bufferSeconds: 60,
  bufferMb: 64,
  compression: 'gzip',
  partitions: [],
  expireDays: null,
};

/** The lake of a subscriber with these folders. */
function lakeOf(partitions: readonly string[], routes: readonly SubscriberRoute[]): Destination {
  const lake = subscriber('analytics/lake', { ...delivery, partitions }, routes);
  return destinationOf(
    synthesizeSubscribers(withSubscribers([lake]), { workflows: {} }).get('parcel-analytics') ?? {},
    'Lake',
  );
}

const hasJq = spawnSync('jq', ['--version']).status === 0;

describe.skipIf(!hasJq)('what jq finds', () => {
  const folders = (query: string, event: unknown) => {
    const { stdout, stderr, status } = spawnSync('jq', ['-c', query], {
      input: JSON.stringify(event),
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  };

  test('in an event of a bus is its name and the values of the payload', () => {
    const event = { 'detail-type': 'ParcelLost', detail: { sender: { country: 'DE' }, depot: 7 } };
    expect(folders(queryOf(destinationOf(analytics, 'Lake')), event)).toEqual({
      event: 'ParcelLost',
      p1: 'DE',
      p2: '7',
    });
  });

  test('is one folder with a name, whatever the value is', () => {
    const query = queryOf(lakeOf(['/a', '/b/0', '/c'], [ofBus('lakeLost')]));
    const values = (detail: unknown) => Object.values(folders(query, { 'detail-type': 'X', detail }));
    expect(values({ a: '', b: [], c: null })).toEqual(['none', 'none', 'none']);
    expect(values({ a: '../x/y', b: ['é {x}'], c: { d: 1 } })).toEqual([
      '..%2Fx%2Fy',
      '%C3%A9%20%7Bx%7D',
      '%7B%22d%22%3A1%7D',
    ]);
    expect(values({ a: false, b: 'text', c: [1] })).toEqual(['false', 'none', '%5B1%5D']);
  });

  test('in a message of a topic is in its body', () => {
    expect(folders(queryOf(lakeOf(['/region'], [ofTopic('lakeSlots')])), { region: 'north' })).toEqual({ p1: 'north' });
  });

  test('is found wherever it is, when both lead to the lake', () => {
    const query = queryOf(lakeOf(['/region'], [ofTopic('lakeSlots'), ofBus('lakeLost')]));
    expect(folders(query, { region: 'north' })).toEqual({ p1: 'north' });
    expect(folders(query, { 'detail-type': 'X', detail: { region: 'south' } })).toEqual({ p1: 'south' });
  });

  test('under a hostile name is what has that name', () => {
    const names = ['"]) | env | .x(["', '\\(env)', '${Token[TOKEN.1]}', '{{resolve:ssm:x}}', "it's"];
    const pointers = names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    const lake = lakeOf(pointers, [ofBus('lakeLost')]);
    expect(JSON.stringify(lake)).not.toMatch(/\{\{resolve|\$\{Token/);
    const detail = Object.fromEntries(names.map((name, index) => [name, `v${index}`]));
    expect(Object.values(folders(queryOf(lake), { detail }))).toEqual(['v0', 'v1', 'v2', 'v3', 'v4']);
    const expressions = lake.Prefix.match(/!\{[^}]*\}/g) ?? [];
    expect(new Set(expressions.map((found) => found.replace(/\d/, 'n')))).toEqual(
      new Set(['!{partitionKeyFromQuery:pn}', '!{timestamp:yyyy}', '!{timestamp:MM}', '!{timestamp:dd}']),
    );
  });
});

test('an event with a hostile name makes one folder', () => {
  const event = { ...lost, name: 'a/b!{timestamp:ss}${X}' };
  expect(lakeOf([], [ofBus('lakeLost', event)]).Prefix).toMatch(/^a%2Fb%21%7Btimestamp%3Ass%7D%24%7BX%7D\/year=/);
});

test('several events without folders of the payload lie below the name of the consumer', () => {
  expect(lakeOf([], [ofBus('lakeLost'), ofBus('lakeCollected', collected)]).Prefix).toMatch(/^lake\/year=/);
});
