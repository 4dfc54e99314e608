import type { BusDestination, QueueDestination, TopicDestination } from '@eventloom/engine';
import { limits } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { templateOf } from './consumer-view.ts';
import { claimBucketOf, type Deployment, deadLettersOf, nameOf, stackNameOf } from './expected.ts';
import { parsePattern, resource, resources, spell, statements, type Template, type Templates } from './template.ts';

/** Tests that the core stack holds exactly the buses, topics and queues of the topology. */
export function describeCore(deployment: Deployment, templates: Templates): void {
  describe('core stack', () => {
    const template = templateOf(templates, stackNameOf(deployment));
    for (const destination of deployment.topology.destinations) {
      if (destination.kind === 'bus') testBus(destination, deployment, template);
      if (destination.kind === 'topic') testTopic(destination, deployment, template);
      if (destination.kind === 'queue') testQueue(destination, deployment, template);
    }
    testClaimBucket(deployment, template);
    testNothingElse(deployment, template);
  });
}

function testBus(destination: BusDestination, deployment: Deployment, template: Template): void {
  const { archive, key } = destination;
  test(`has ${key}, ${archive === null ? 'without an archive' : `archived for ${archive.retentionDays} days`}`, () => {
    const bus = resource(template, 'AWS::Events::EventBus', ({ Name }) => Name === nameOf(deployment, key));
    const archives = resources(
      template,
      'AWS::Events::Archive',
      ({ SourceArn }) => spell(SourceArn) === `\${${bus.id}.Arn}`,
    );
    expect(archives.map(({ properties }) => properties.RetentionDays)).toEqual(
      archive === null ? [] : [archive.retentionDays],
    );
  });
}

function testTopic(destination: TopicDestination, deployment: Deployment, template: Template): void {
  const { fedBy, fifo, key } = destination;
  test(`has ${key}, ${fedBy === null ? 'fed by no rule' : `fed by one rule of ${fedBy.bus}`}`, () => {
    const topic = resource(template, 'AWS::SNS::Topic', ({ TopicName }) => TopicName === nameOf(deployment, key));
    expect(topic.properties.FifoTopic ?? false).toBe(fifo);
    expect(topic.properties.ContentBasedDeduplication ?? false).toBe(destination.contentBasedDeduplication);
    const rules = resources(template, 'AWS::Events::Rule', ({ Targets }) =>
      JSON.stringify(spell(Targets)).includes(`"Arn":"\${${topic.id}}"`),
    );
    expect(rules.map(({ properties }) => parsePattern(properties.EventPattern))).toEqual(
      fedBy === null ? [] : [fedBy.eventPattern],
    );
    expect(publishersOf(template, topic.id)).toEqual(fedBy === null ? [] : ['events.amazonaws.com']);
    for (const rule of rules) expectFeed(rule.properties, rule.id, deployment, template, fedBy?.bus ?? '');
  });
}

function expectFeed(
  properties: Readonly<Record<string, unknown>>,
  ruleId: string,
  deployment: Deployment,
  template: Template,
  busKey: string,
): void {
  const bus = resource(template, 'AWS::Events::EventBus', ({ Name }) => Name === nameOf(deployment, busKey));
  expect(spell(properties.EventBusName)).toBe(`\${${bus.id}}`);
  const [target] = spell(properties.Targets) as { readonly DeadLetterConfig: { readonly Arn: string } }[];
  const deadLetterId = target?.DeadLetterConfig.Arn.replace(/^\$\{(\w+)\.Arn\}$/, '$1') ?? '';
  const policy = resource(
    template,
    'AWS::SQS::QueuePolicy',
    ({ Queues }) => JSON.stringify(spell(Queues)) === `["\${${deadLetterId}}"]`,
  );
  expect(statements(policy.properties.PolicyDocument)).toContainEqual({
    Effect: 'Allow',
    Action: ['sqs:SendMessage'],
    Resource: [`\${${deadLetterId}.Arn}`],
    Principal: { Service: 'events.amazonaws.com' },
    Condition: { ArnEquals: { 'aws:SourceArn': [`\${${ruleId}.Arn}`] } },
  });
}

function publishersOf(template: Template, topicId: string): readonly unknown[] {
  const policies = resources(
    template,
    'AWS::SNS::TopicPolicy',
    ({ Topics }) => JSON.stringify(spell(Topics)) === `["\${${topicId}}"]`,
  );
  return policies
    .flatMap(({ properties }) => statements(properties.PolicyDocument))
    .filter(({ Effect }) => Effect === 'Allow')
    .map(({ Principal }) => (Principal as { readonly Service: unknown }).Service);
}

function testQueue(destination: QueueDestination, deployment: Deployment, template: Template): void {
  const { fifo, key } = destination;
  test(`has ${key} with a dead-letter queue that others can name`, () => {
    const deadLetters = resource(
      template,
      'AWS::SQS::Queue',
      ({ QueueName }) => QueueName === deadLettersOf(deployment, key),
    );
    const queue = resource(template, 'AWS::SQS::Queue', ({ QueueName }) => QueueName === nameOf(deployment, key));
    expect(deadLetters.properties.MessageRetentionPeriod).toBe(limits.retentionSecondsMaximum.value);
    expect([queue.properties.FifoQueue ?? false, deadLetters.properties.FifoQueue ?? false]).toEqual([fifo, fifo]);
    expect(queue.properties.ContentBasedDeduplication ?? false).toBe(destination.contentBasedDeduplication);
    expect(spell(queue.properties)).toMatchObject({
      DelaySeconds: destination.deliveryDelaySeconds,
      MessageRetentionPeriod: destination.retentionSeconds,
      VisibilityTimeout: destination.visibilityTimeoutSeconds,
      RedrivePolicy: {
        deadLetterTargetArn: `\${${deadLetters.id}.Arn}`,
        maxReceiveCount: destination.maxReceiveCount,
      },
    });
  });
}

function testClaimBucket(deployment: Deployment, template: Template): void {
  const { claimBucket } = deployment.topology;
  test(`has ${claimBucket === undefined ? 'no bucket' : 'a private bucket for claims, which expire'}`, () => {
    const buckets = resources(template, 'AWS::S3::Bucket');
    if (claimBucket === undefined) return expect(buckets).toEqual([]);
    expect(buckets.map(({ properties }) => spell(properties))).toEqual([
      {
        BucketName: claimBucketOf(deployment),
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        LifecycleConfiguration: {
          Rules: [
            {
              Status: 'Enabled',
              ExpirationInDays: claimBucket.expireDays,
              AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
            },
          ],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    ]);
    const policies = resources(template, 'AWS::S3::BucketPolicy');
    const denied = policies.flatMap(({ properties }) => statements(properties.PolicyDocument));
    expect(denied).toMatchObject([{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }]);
  });
}

function testNothingElse({ topology }: Deployment, template: Template): void {
  test('has nothing besides', () => {
    const count = (kind: string) => topology.destinations.filter((destination) => destination.kind === kind).length;
    const feeds = topology.destinations.filter((destination) => destination.kind === 'topic' && destination.fedBy);
    expect({
      buses: resources(template, 'AWS::Events::EventBus').length,
      topics: resources(template, 'AWS::SNS::Topic').length,
      queues: resources(template, 'AWS::SQS::Queue').length,
      rules: resources(template, 'AWS::Events::Rule').length,
      functions: resources(template, 'AWS::Lambda::Function').length,
    }).toEqual({
      buses: count('bus'),
      // One more for alarms.
      topics: count('topic') + 1,
      queues: 2 * count('queue') + feeds.length,
      rules: feeds.length,
      functions: 0,
    });
  });
}
