import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EventloomSystem } from '@eventloom/cdk';
import type { Topology } from '@eventloom/engine';
import { App, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { templateOf } from './consumer-view.ts';
import { subscriberTopology } from './parcel-subscribers.ts';
import { parcelTopology } from './parcel-topology.ts';
import { workflows } from './subscriber-system.ts';
import { makeApp, propsFor, synthesize, templatesOf } from './synthesize.ts';
import {
  type Properties,
  resource,
  resources,
  type Statement,
  spell,
  statements,
  type Template,
  visit,
} from './template.ts';

const [first, ...others] = subscriberTopology.destinations;
/** So that the validation of templates sees all that a bus may have. */
const further = {
  schemaRegistry: [{ name: 'parcel@Lost', description: 'Gone.', content: '{}' }],
  allowAccounts: [{ account: '111122223333', events: [{ name: 'Lost', source: 'parcel' }] }],
};
const topology: Topology = {
  ...subscriberTopology,
  infrastructure: { encryption: 'customer' },
  destinations:
    first?.kind === 'bus' ? [{ ...first, logging: { level: 'trace', detail: true }, ...further }, ...others] : [],
};
const templates = synthesize(topology, { environment: 'dev', workflows });
const core = templateOf(templates, 'dev-parcel');
const serviceTemplates = [...templates].filter(([name]) => name !== 'dev-parcel').map(([, template]) => template);

/** Where a resource of each type says which key it is encrypted with. */
const keyOf: Readonly<Record<string, (properties: Properties) => unknown>> = {
  'AWS::SQS::Queue': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::SNS::Topic': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::Events::EventBus': ({ KmsKeyIdentifier }) => KmsKeyIdentifier,
  'AWS::Events::Archive': ({ KmsKeyIdentifier }) => KmsKeyIdentifier,
  'AWS::Logs::LogGroup': ({ KmsKeyId }) => KmsKeyId,
  'AWS::Kinesis::Stream': (properties) => at(properties, 'StreamEncryption', 'KeyId'),
  'AWS::KinesisFirehose::DeliveryStream': (properties) =>
    at(properties, 'DeliveryStreamEncryptionConfigurationInput', 'KeyARN'),
  'AWS::DynamoDB::Table': (properties) => at(properties, 'SSESpecification', 'KMSMasterKeyId'),
  'AWS::S3::Bucket': (properties) =>
    at(
      properties,
      'BucketEncryption',
      'ServerSideEncryptionConfiguration',
      '0',
      'ServerSideEncryptionByDefault',
      'KMSMasterKeyID',
    ),
};

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((node, step) => (node as Readonly<Record<string, unknown>> | undefined)?.[step], value);
}

const conditionOf = ({ Condition }: Statement, operator: string, key: string): unknown => at(Condition, operator, key);

function statementsOfRoles(template: Template): readonly Statement[] {
  return resources(template, 'AWS::IAM::Policy').flatMap(({ properties }) => statements(properties.PolicyDocument));
}

describe('the key of a system', () => {
  test('is one, rotated, kept, and found by an alias', () => {
    const key = resource(core, 'AWS::KMS::Key');
    expect(key.properties.EnableKeyRotation).toBe(true);
    expect(core.Resources?.[key.id]?.DeletionPolicy).toBe('Retain');
    expect(resource(core, 'AWS::KMS::Alias').properties.AliasName).toBe('alias/dev-parcel');
    for (const template of serviceTemplates) expect(resources(template, 'AWS::KMS::Key')).toEqual([]);
  });

  test('encrypts everything that holds events, in every stack, except what must outlive the key', () => {
    const seen = new Set<string>();
    for (const template of templates.values()) {
      for (const [type, key] of Object.entries(keyOf)) {
        for (const { id, properties } of resources(template, type)) {
          if (/^\w+BusDeadLetterQueue/.test(id)) continue;
          seen.add(type);
          expect([id, spell(key(properties))]).toEqual([
            id,
            template === core
              ? expect.stringMatching(/^\$\{EncryptionKey\w+\.Arn\}$/)
              : expect.stringMatching(/^\$\{SsmParameterValue\w+\}$/),
          ]);
        }
      }
    }
    expect([...seen].sort()).toEqual(Object.keys(keyOf).sort());
  });

  test('is found by the stack of a service through a parameter, without an import', () => {
    const { Name, Value } = resource(core, 'AWS::SSM::Parameter').properties;
    expect(spell(Value)).toMatch(/^\$\{EncryptionKey\w+\.Arn\}$/);
    for (const template of serviceTemplates) {
      const { Parameters = {} } = template as { readonly Parameters?: Readonly<Record<string, Properties>> };
      const own = Object.entries(Parameters).filter(([id]) => id.startsWith('SsmParameterValue'));
      expect(own.map(([, { Type, Default }]) => [Type, Default])).toEqual([
        ['AWS::SSM::Parameter::Value<String>', Name],
      ]);
      visit(template, (field) => expect(field).not.toBe('Fn::ImportValue'));
    }
    expect(core.Outputs).toBeUndefined();
  });

  test('lets services of AWS use it for this account only, wherever they say for whom they act', () => {
    const { KeyPolicy } = resource(core, 'AWS::KMS::Key').properties;
    const ofServices = statements(KeyPolicy).filter(({ Principal }) => at(Principal, 'Service') !== undefined);
    const free = ofServices.filter(({ Condition }) => Condition === undefined);
    expect(free.map(({ Principal, Action }) => [at(Principal, 'Service'), Action])).toEqual([
      ['events.amazonaws.com', ['kms:DescribeKey']],
      // EventBridge names neither account nor rule to SNS.
      ['events.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey']],
    ]);
    const bound = ofServices.filter((statement) => !free.includes(statement));
    for (const statement of bound) expect(JSON.stringify(statement.Condition)).toContain(`\${AWS::AccountId}`);
    expect([...new Set(bound.map(({ Principal }) => at(Principal, 'Service')))].sort()).toEqual([
      'cloudwatch.amazonaws.com',
      'delivery.logs.amazonaws.com',
      'events.amazonaws.com',
      `logs.\${AWS::Region}.amazonaws.com`,
      'sns.amazonaws.com',
    ]);
  });

  test('does not let EventBridge publish to topics when no bus feeds one', () => {
    const destinations = topology.destinations.filter(({ kind }) => kind === 'bus');
    const plain = {
      ...topology,
      destinations,
      services: [],
    };
    const template = templateOf(synthesize({ ...plain, consumers: [], subscribers: [] }), 'parcel');
    const { KeyPolicy } = resource(template, 'AWS::KMS::Key').properties;
    const free = statements(KeyPolicy).filter(
      ({ Condition, Principal }) => Condition === undefined && at(Principal, 'Service'),
    );
    expect(free.map(({ Action }) => Action)).toEqual([['kms:DescribeKey']]);
  });
});

describe('the dead-letter queue of a bus with a key', () => {
  test('takes what the bus cannot decrypt without that key, from that bus only', () => {
    for (const { id, properties } of resources(core, 'AWS::Events::EventBus')) {
      const queue = resource(core, 'AWS::SQS::Queue', (_, queueId) =>
        queueId.startsWith(id.replace(/\w{8}$/, 'DeadLetterQueue')),
      );
      expect(spell(properties.DeadLetterConfig)).toEqual({ Arn: `\${${queue.id}.Arn}` });
      expect([queue.properties.KmsMasterKeyId, queue.properties.SqsManagedSseEnabled]).toEqual([undefined, true]);
      const policy = resource(core, 'AWS::SQS::QueuePolicy', ({ Queues }) => JSON.stringify(Queues).includes(queue.id));
      const sources = statements(policy.properties.PolicyDocument).map((one) =>
        conditionOf(one, 'ArnEquals', 'aws:SourceArn'),
      );
      expect(sources.flat()).toContainEqual(expect.stringContaining(`:event-bus/${properties.Name}`));
    }
  });
});

describe('roles', () => {
  const rights = serviceTemplates.flatMap((template) =>
    statementsOfRoles(template).filter(({ Action }) => Action.some((action) => action.startsWith('kms:'))),
  );

  test('use the key by its ARN and through one service at a time', () => {
    expect(rights.length).toBeGreaterThan(10);
    for (const right of rights) {
      expect(right.Resource).toEqual([expect.stringMatching(/^\$\{SsmParameterValue\w+\}$/)]);
      expect(conditionOf(right, 'StringEquals', 'kms:ViaService')).toMatch(
        /^(sqs|sns|dynamodb|s3|kinesis)\.\$\{AWS::Region\}\.\$\{AWS::URLSuffix\}$/,
      );
      expect(right.Action.filter((action) => action.includes('*'))).toEqual([]);
    }
  });

  test('use it for what they do and nothing else', () => {
    const usesOf = (stack: string, role: RegExp): readonly unknown[] => {
      const template = templateOf(templates, stack);
      const policies = resources(template, 'AWS::IAM::Policy', (_, id) => role.test(id));
      expect(policies).toHaveLength(1);
      const found = policies.flatMap(({ properties }) => statements(properties.PolicyDocument));
      const services = found.map(
        (one) => String(conditionOf(one, 'StringEquals', 'kms:ViaService') ?? '').split('.')[0],
      );
      return [...new Set(services.filter((service) => service !== ''))].sort();
    };
    expect(usesOf('dev-parcel-fleet', /^TrackVanRole/)).toEqual(['sqs']);
    expect(usesOf('dev-parcel-fleet', /^PlanTourRole/)).toEqual(['dynamodb', 'sqs']);
    // It remembers, publishes to a topic and a queue, and sends claims.
    expect(usesOf('dev-parcel-claims', /^OpenClaimRole/)).toEqual(['dynamodb', 's3', 'sns', 'sqs']);
  });

  test('of a producer in a stack of its own name the key as that stack can', () => {
    const app = makeApp();
    const system = new EventloomSystem(app, 'System', propsFor(topology, { workflows }));
    const stack = new Stack(app, 'Api');
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    for (const { name } of topology.services) system.service(name).grantPublish(role);
    const template = templateOf(templatesOf(app), 'Api');
    const own = statementsOfRoles(template).filter(({ Action }) => Action.includes('kms:GenerateDataKey'));
    expect(own.length).toBeGreaterThan(0);
    for (const { Resource } of own) expect(Resource).toEqual([expect.stringMatching(/^\$\{SsmParameterValue\w+\}$/)]);
    visit(template, (field) => expect(field).not.toBe('Fn::ImportValue'));
  });
});

describe('without a key of its own', () => {
  const plain = synthesize(parcelTopology);

  test('a system has no key, no parameter and no right to use one', () => {
    for (const template of plain.values()) {
      expect(resources(template, 'AWS::KMS::Key')).toEqual([]);
      expect(resources(template, 'AWS::SSM::Parameter')).toEqual([]);
      expect(JSON.stringify(template)).not.toContain('kms:');
      for (const { properties } of resources(template, 'AWS::SQS::Queue'))
        expect(properties.SqsManagedSseEnabled).toBe(true);
    }
  });

  test('a topic is encrypted by the key of SNS, unless a bus feeds it, which that key does not let in', () => {
    const topics = resources(templateOf(plain, 'parcel'), 'AWS::SNS::Topic');
    const ofSpec = topics.filter(({ id }) => !id.startsWith('AlarmTopic'));
    const keys = ofSpec.map(({ properties }) => [properties.TopicName, properties.KmsMasterKeyId]);
    const expected = parcelTopology.destinations.flatMap((one) =>
      one.kind === 'topic' ? [[one.name, one.fedBy === null ? 'alias/aws/sns' : undefined]] : [],
    );
    expect(keys.toSorted()).toEqual(expected.toSorted());
    expect(new Set(expected.map(([, key]) => key)).size).toBe(2);
  });
});

describe("the CDK's validation of templates", { timeout: 60_000 }, () => {
  test('finds nothing in a system with a key of its own', () => {
    const app = new App();
    new EventloomSystem(app, 'Parcel', propsFor(topology, { workflows }));
    const { directory } = app.synth();
    const report = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8'));
    rmSync(directory, { recursive: true });
    expect(report.pluginReports.flatMap(({ violations }: { violations: unknown[] }) => violations)).toEqual([]);
  });
});
