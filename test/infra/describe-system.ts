import { limits, type Service } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { templateOf } from './consumer-view.ts';
import { describeConsumer } from './describe-consumer.ts';
import { describeCore } from './describe-core.ts';
import { describeOutbox } from './describe-outbox.ts';
import {
  alarmTopicOf,
  type Deployment,
  deadLettersOf,
  memoryOf,
  nameOf,
  outboxOf,
  remembers,
  stackNameOf,
} from './expected.ts';
import { allStatements, resources, spell, statements, type Templates, visit } from './template.ts';

/**
 * Tests templates against the topology they were made from, resource by resource: all of it is there, as it should be,
 * and nothing else.
 */
export function describeSystem(title: string, deployment: Deployment, templates: Templates): void {
  describe(title, () => {
    testStacks(deployment, templates);
    describeCore(deployment, templates);
    for (const consumer of deployment.topology.consumers) describeConsumer(consumer, deployment, templates);
    for (const { name, outbox } of deployment.topology.services) {
      if (outbox !== undefined) describeOutbox(name, outbox, deployment, templates);
    }
    testTotals(deployment, templates);
    testTables(deployment, templates);
    testRights(templates);
    testQueues(templates);
    testIndependence(templates);
    testNames(deployment, templates);
  });
}

function testStacks(deployment: Deployment, templates: Templates): void {
  test('has a core stack and one for each service with consumers, none of them empty or too large', () => {
    const services = servicesWithStack(deployment).map((name) => stackNameOf(deployment, name));
    expect([...templates.keys()].sort()).toEqual([stackNameOf(deployment), ...services].sort());
    for (const { Resources = {} } of templates.values()) {
      expect(Object.keys(Resources).length).toBeGreaterThan(0);
      expect(Object.keys(Resources).length).toBeLessThanOrEqual(limits.stackResources.value);
    }
  });
}

function servicesWithStack({ topology }: Deployment): readonly string[] {
  const outboxes = topology.services.filter((service) => relaysOf(service) > 0).map(({ name }) => name);
  return [...new Set([...topology.consumers.map(({ service }) => service), ...outboxes])];
}

function relaysOf(service: Service | undefined): number {
  return service?.outbox === undefined ? 0 : 1;
}

function testTotals(deployment: Deployment, templates: Templates): void {
  test('has no rule, subscription, mapping, function or queue that belongs to no consumer and to no outbox', () => {
    for (const name of servicesWithStack(deployment)) {
      const template = templateOf(templates, stackNameOf(deployment, name));
      const consumers = deployment.topology.consumers.filter(({ service }) => service === name);
      const relays = relaysOf(deployment.topology.services.find((one) => one.name === name));
      const routes = consumers.flatMap((consumer) => consumer.routes);
      const ownQueues = consumers.filter((consumer) => consumer.routes.some(({ kind }) => kind !== 'sqs'));
      const working = ownQueues.filter(({ delivery }) => delivery.type === 'queue').length;
      const deadLetters = consumers.filter(({ routes: [first, ...rest] }) => first?.kind !== 'sqs' || rest.length > 0);
      const count = (type: string) => resources(template, type).length;
      expect({
        rules: count('AWS::Events::Rule'),
        subscriptions: count('AWS::SNS::Subscription'),
        mappings: count('AWS::Lambda::EventSourceMapping'),
        functions: count('AWS::Lambda::Function'),
        roles: count('AWS::IAM::Role'),
        queues: count('AWS::SQS::Queue'),
      }).toEqual({
        rules: routes.filter(({ kind }) => kind === 'eventbridge').length,
        subscriptions: routes.filter(({ kind }) => kind === 'eventbridge-sns' || kind === 'sns').length,
        mappings: working + routes.filter(({ kind }) => kind === 'sqs').length + relays,
        functions: consumers.length + relays,
        roles: consumers.length + relays,
        queues: working + deadLetters.length + relays,
      });
    }
  });
}

function testTables(deployment: Deployment, templates: Templates): void {
  test('has a table for each service that remembers something, and one for each outbox', () => {
    for (const name of servicesWithStack(deployment)) {
      const template = templateOf(templates, stackNameOf(deployment, name));
      const own = deployment.topology.consumers.filter(({ service }) => service === name);
      const service = deployment.topology.services.find((one) => one.name === name);
      const tables = resources(template, 'AWS::DynamoDB::Table');
      expect(tables.map(({ properties }) => properties.TableName)).toEqual([
        ...(own.some(remembers) ? [memoryOf(deployment, name)] : []),
        ...(relaysOf(service) > 0 ? [outboxOf(deployment, name)] : []),
      ]);
      for (const { id, properties } of tables) {
        expect(properties).toMatchObject({
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          BillingMode: 'PAY_PER_REQUEST',
          TimeToLiveSpecification: { AttributeName: 'expiration', Enabled: true },
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        });
        expect(properties.StreamSpecification).toEqual(
          properties.TableName === outboxOf(deployment, name) ? { StreamViewType: 'NEW_IMAGE' } : undefined,
        );
        expect(template.Resources?.[id]).toMatchObject({ DeletionPolicy: 'Retain' });
      }
    }
  });
}

/** The objects of one bucket have no other name. */
function isObjects(resource: string): boolean {
  return /:s3:::[^*]+\/\*$/.test(resource) || /^\$\{\w+\.Arn\}\/\*$/.test(resource);
}

const xrayActions = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];

function testRights(templates: Templates): void {
  test('grants nothing on everything or to everybody, the two X-Ray actions apart', () => {
    for (const template of templates.values()) {
      const allowed = allStatements(template).filter(({ Effect }) => Effect === 'Allow');
      for (const { Action, Resource, Principal } of allowed) {
        expect(Action.filter((action) => action.includes('*'))).toEqual([]);
        expect(JSON.stringify(Principal ?? null)).not.toContain('*');
        if (Resource.some((resource) => /^\*|\*$/.test(resource) && !isObjects(resource)))
          expect(Action).toEqual(xrayActions);
      }
    }
  });

  test('uses no managed policy and one role per function', () => {
    for (const template of templates.values()) {
      for (const { properties } of resources(template, 'AWS::IAM::Role')) {
        expect(properties.ManagedPolicyArns).toBeUndefined();
        expect(statements(properties.AssumeRolePolicyDocument).map(({ Principal }) => Principal)).toEqual([
          { Service: 'lambda.amazonaws.com' },
        ]);
      }
      const roles = resources(template, 'AWS::Lambda::Function').map(({ properties }) => spell(properties.Role));
      expect(new Set(roles).size).toBe(roles.length);
    }
  });
}

function testQueues(templates: Templates): void {
  test('encrypts every queue and refuses what comes without TLS', () => {
    for (const template of templates.values()) {
      for (const { id, properties } of resources(template, 'AWS::SQS::Queue')) {
        expect(properties.SqsManagedSseEnabled).toBe(true);
        const policies = resources(template, 'AWS::SQS::QueuePolicy', ({ Queues }) =>
          JSON.stringify(spell(Queues)).includes(`{${id}}`),
        );
        expect(policies.flatMap(({ properties: { PolicyDocument } }) => statements(PolicyDocument))).toContainEqual({
          Effect: 'Deny',
          Action: ['sqs:*'],
          Resource: [`\${${id}.Arn}`],
          Principal: { AWS: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        });
      }
    }
  });
}

function testIndependence(templates: Templates): void {
  test('has no export and no import, so every stack deploys alone', () => {
    for (const template of templates.values()) {
      expect(template.Outputs).toBeUndefined();
      visit(template, (field) => expect(field).not.toBe('Fn::ImportValue'));
    }
  });
}

const nameProperties = ['Name', 'TopicName', 'QueueName', 'FunctionName', 'RoleName', 'LogGroupName', 'ArchiveName'];
const namedTypes = ['Events::EventBus', 'Events::Rule', 'Events::Archive', 'SNS::Topic', 'SQS::Queue'].concat([
  'Lambda::Function',
  'IAM::Role',
  'Logs::LogGroup',
]);

function testNames(deployment: Deployment, templates: Templates): void {
  test('gives a physical name to destinations and the topic of alarms, and to nothing else that queues, runs or logs', () => {
    const found = [...templates.values()].flatMap((template) =>
      namedTypes.flatMap((type) =>
        resources(template, `AWS::${type}`).flatMap(({ properties }) =>
          nameProperties.flatMap((name) => (properties[name] === undefined ? [] : [properties[name]])),
        ),
      ),
    );
    const wanted = deployment.topology.destinations.flatMap((destination) => {
      const { key, kind } = destination;
      // A replay finds an archive by its bus, and its name is the same.
      const archive = kind === 'bus' && destination.archive !== null ? [nameOf(deployment, key)] : [];
      return [nameOf(deployment, key), ...archive, ...(kind === 'queue' ? [deadLettersOf(deployment, key)] : [])];
    });
    expect(found.sort()).toEqual([...wanted, alarmTopicOf(deployment)].sort());
  });
}
