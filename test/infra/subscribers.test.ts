import { describe, expect, test } from 'vitest';
import { arn, arnOf } from './expected.ts';
import { parcelSubscribers, subscriberTopology } from './parcel-subscribers.ts';
import {
  ownResource,
  ownResources,
  policyOfQueue,
  policyOfRole,
  ruleRole,
  synthesizeSubscribers,
  targetsOf,
} from './subscriber-system.ts';
import { resource, resources, rightsOf, spell, statements, type Template, visit } from './template.ts';

const templates = synthesizeSubscribers();
const deployment = { topology: subscriberTopology };

function templateOf(service: string): Template {
  const template = templates.get(`parcel-${service}`);
  if (template === undefined) throw new Error(`no stack of ${service}`);
  return template;
}

const analytics = templateOf('analytics');
const claims = templateOf('claims');
const notices = templateOf('notices');
const partners = templateOf('partners');

describe('every subscriber', () => {
  test('has a dead-letter queue that its rules and subscriptions use, kept for 14 days, and nobody else sends to it', () => {
    for (const { service, constructId, routes } of parcelSubscribers) {
      const template = templateOf(service);
      const queue = ownResource(template, constructId, 'AWS::SQS::Queue', 'DeadLetterQueue');
      expect(queue.properties).toMatchObject({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
      const letters = `\${${queue.id}.Arn}`;
      const rules = ownResources(template, constructId, 'AWS::Events::Rule');
      const subscriptions = ownResources(template, constructId, 'AWS::SNS::Subscription');
      expect(rules).toHaveLength(routes.filter(({ kind }) => kind === 'eventbridge').length);
      for (const rule of rules) expect(targetsOf(rule)).toMatchObject([{ DeadLetterConfig: { Arn: letters } }]);
      for (const { properties } of subscriptions) {
        expect(spell(properties.RedrivePolicy)).toEqual({ deadLetterTargetArn: letters });
      }
      const [denial, ...allowed] = statements(policyOfQueue(template, queue.id));
      expect(denial).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
      const senders = allowed.map(({ Principal, Action, Condition }) => ({ Principal, Action, Condition }));
      const topics = [...new Set(subscriptions.map(({ properties }) => spell(properties.TopicArn)))];
      const sender = (service: string, sources: readonly unknown[]) => ({
        Principal: { Service: `${service}.amazonaws.com` },
        Action: ['sqs:SendMessage'],
        Condition: { ArnEquals: { 'aws:SourceArn': sources } },
      });
      expect(senders.map((each) => JSON.stringify(each)).sort()).toEqual(
        [
          ...(rules.length > 0
            ? [
                sender(
                  'events',
                  rules.map(({ id }) => `\${${id}.Arn}`),
                ),
              ]
            : []),
          ...(topics.length > 0 ? [sender('sns', topics)] : []),
        ]
          .map((each) => JSON.stringify(each))
          .sort(),
      );
    }
  });

  test('is wanted by roles that only rules of its bus can take', () => {
    for (const template of [analytics, claims]) {
      const roles = resources(template, 'AWS::IAM::Role', ({ AssumeRolePolicyDocument }) =>
        JSON.stringify(AssumeRolePolicyDocument).includes('events.amazonaws.com'),
      );
      expect(roles.length).toBeGreaterThan(2);
      for (const { properties } of roles) {
        expect(statements(properties.AssumeRolePolicyDocument)).toMatchObject([
          {
            Condition: {
              StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}' },
              ArnLike: { 'aws:SourceArn': [arn('events', 'rule/parcel/*')] },
            },
          },
        ]);
      }
    }
  });

  test('may do nothing to everything, but report to X-Ray and hand its log over', () => {
    for (const template of [analytics, claims, notices, partners]) {
      const everywhere = resources(template, 'AWS::IAM::Policy').flatMap(({ properties }) =>
        rightsOf(properties.PolicyDocument).filter((right) => right.endsWith(' on *')),
      );
      for (const right of everywhere)
        expect(right).toMatch(/^(xray:|logs:.*(LogDeliver|ResourcePolic|DescribeLogGroups))/);
    }
  });
});

describe('a workflow', () => {
  const machine = ownResource(claims, 'File', 'AWS::StepFunctions::StateMachine', 'StateMachine');

  test('keeps its definition, with the addresses of what it emits and nothing else put in', () => {
    expect(spell(machine.properties.DefinitionSubstitutions)).toEqual({
      EVENTLOOM_BUS_PARCEL: 'parcel',
      EVENTLOOM_TOPIC_SLOTS: arnOf(deployment, 'topic:slots'),
    });
    const text = String(machine.properties.DefinitionString);
    expect(text.match(/\$\{[^}]*\}/g)).toEqual(['${EVENTLOOM_BUS_PARCEL}']);
    expect(text).not.toContain('{{');
    const { States } = JSON.parse(text.replaceAll('${EVENTLOOM_BUS_PARCEL}', () => 'parcel'));
    expect(States.Tell.Parameters.Entries[0]).toMatchObject({
      EventBusName: 'parcel',
      'Detail.$': "States.StringToJson(States.Format('{}${Other}{{resolve:ssm:key}}', $.parcel))",
    });
  });

  test('is standard or express, logs everything without payloads, and is traced', () => {
    expect(machine.properties).toMatchObject({
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    });
    const quick = ownResource(claims, 'Quick', 'AWS::StepFunctions::StateMachine', 'StateMachine');
    expect(quick.properties.StateMachineType).toBe('EXPRESS');
    expect(ownResource(claims, 'File', 'AWS::Logs::LogGroup').properties).toMatchObject({
      LogGroupName: '/aws/vendedlogs/states/parcel-claims/file',
      RetentionInDays: 30,
    });
  });

  test('may publish what its subscriber emits and nothing else', () => {
    const role = String(spell(machine.properties.RoleArn)).replace(/^\$\{(\w+)\.Arn\}$/, '$1');
    const rights = rightsOf(policyOfRole(claims, role)).filter((right) => !/^(logs|xray):/.test(right));
    expect(rights).toEqual([
      `events:PutEvents on ${arnOf(deployment, 'bus:parcel')} from parcel.claims as ClaimOpened`,
      `sns:Publish on ${arnOf(deployment, 'topic:slots')}`,
    ]);
  });

  test('is started by a rule with the payload or the whole event, and no other machine can be', () => {
    for (const [constructId, machineId, input] of [
      ['File', machine.id, { InputPath: '$.detail' }],
      ['Quick', ownResource(claims, 'Quick', 'AWS::StepFunctions::StateMachine').id, {}],
      ['Custom', ownResource(claims, 'Custom', 'AWS::StepFunctions::StateMachine').id, { InputPath: '$.detail' }],
    ] as const) {
      const role = ruleRole(claims, constructId);
      expect(rightsOf(policyOfRole(claims, role.id))).toEqual([`states:StartExecution on \${${machineId}}`]);
      const [target] = targetsOf(ownResource(claims, constructId, 'AWS::Events::Rule'));
      const { DeadLetterConfig: _, ...rest } = target ?? {};
      expect(rest).toEqual({ Arn: `\${${machineId}}`, Id: 'StateMachine', RoleArn: `\${${role.id}.Arn}`, ...input });
    }
  });
});

describe('a stream of Kinesis', () => {
  test('is encrypted, grows on demand and keeps events as long as asked', () => {
    expect(ownResource(analytics, 'Stream', 'AWS::Kinesis::Stream').properties).toMatchObject({
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
      RetentionPeriodHours: 48,
      StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
    });
  });

  test('gets events in the order of its partition key, by a role that can do no more', () => {
    const stream = ownResource(analytics, 'Stream', 'AWS::Kinesis::Stream');
    const [target] = targetsOf(ownResource(analytics, 'Stream', 'AWS::Events::Rule'));
    expect(target).toMatchObject({ KinesisParameters: { PartitionKeyPath: '$.detail.sender.id' } });
    expect(rightsOf(policyOfRole(analytics, ruleRole(analytics, 'Stream').id))).toEqual([
      `kinesis:PutRecord on \${${stream.id}.Arn}`,
      `kinesis:PutRecords on \${${stream.id}.Arn}`,
    ]);
  });
});

describe('a bus', () => {
  test('of the same system is known by its name in the environment', () => {
    const dev = synthesizeSubscribers(subscriberTopology, { environment: 'dev' }).get('dev-parcel-analytics') ?? {};
    const [target] = targetsOf(ownResource(dev, 'Mirror', 'AWS::Events::Rule'));
    expect(target).toMatchObject({ Arn: arn('events', 'event-bus/dev-partners') });
  });

  test('elsewhere gets the events of the subscriber and no others', () => {
    const bus = 'arn:${AWS::Partition}:events:eu-north-1:444455556666:event-bus/central';
    for (const rule of ownResources(analytics, 'Abroad', 'AWS::Events::Rule')) {
      expect(targetsOf(rule)).toMatchObject([{ Arn: bus, RoleArn: `\${${ruleRole(analytics, 'Abroad').id}.Arn}` }]);
    }
    expect(rightsOf(policyOfRole(analytics, ruleRole(analytics, 'Abroad').id))).toEqual([
      `events:PutEvents on ${bus} from parcel.depot as ParcelCollected, ParcelLost`,
    ]);
  });

  test('of another account is told what its policy lacks', () => {
    const outputs = Object.entries(analytics.Outputs as Record<string, { Value: unknown }>);
    const told = outputs
      .filter(([id]) => id.includes('BusPolicyStatements'))
      .map(([, { Value }]) => String(spell(Value)));
    expect(told.map((text) => JSON.parse(text))).toMatchObject([
      [
        {
          Effect: 'Allow',
          Action: 'events:PutEvents',
          Principal: { AWS: `\${${ruleRole(analytics, 'Abroad').id}.Arn}` },
          Condition: { StringEquals: { 'events:source': 'parcel.depot' } },
        },
      ],
    ]);
  });
});

describe('an endpoint', () => {
  const rule = ownResource(claims, 'Crm', 'AWS::Events::Rule');

  test('is called with a secret that the template only names', () => {
    const { properties } = ownResource(claims, 'Crm', 'AWS::Events::Connection');
    expect(properties).toEqual({
      AuthorizationType: 'API_KEY',
      AuthParameters: {
        ApiKeyAuthParameters: {
          ApiKeyName: 'X-Api-Key',
          ApiKeyValue: '{{resolve:secretsmanager:crm/key:SecretString:::}}',
        },
      },
    });
  });

  test('is called at its rate with the payload, and again for as long as EventBridge does', () => {
    const connection = ownResource(claims, 'Crm', 'AWS::Events::Connection');
    const destination = ownResource(claims, 'Crm', 'AWS::Events::ApiDestination');
    expect(spell(destination.properties)).toEqual({
      ConnectionArn: `\${${connection.id}.Arn}`,
      HttpMethod: 'POST',
      InvocationEndpoint: 'https://crm.example.com/losses',
      InvocationRateLimitPerSecond: 20,
    });
    expect(targetsOf(rule)).toMatchObject([
      {
        Arn: `\${${destination.id}.Arn}`,
        InputPath: '$.detail',
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
    ]);
    expect(rightsOf(policyOfRole(claims, ruleRole(claims, 'Crm').id))).toEqual([
      `events:InvokeApiDestination on \${${destination.id}.ArnForPolicy}`,
    ]);
  });
});

describe('a log', () => {
  test('is kept as long as asked, below the name of its stack', () => {
    const group = ownResource(analytics, 'Audit', 'AWS::Logs::LogGroup');
    expect(group.properties).toEqual({ LogGroupName: '/aws/events/parcel-analytics/audit', RetentionInDays: 90 });
    for (const rule of ownResources(analytics, 'Audit', 'AWS::Events::Rule')) {
      expect(targetsOf(rule)).toMatchObject([{ Arn: arn('logs', `log-group:\${${group.id}}`), Id: 'LogGroup' }]);
    }
  });

  test('shares one policy with all logs of its stack, which lets their rules write and no others', () => {
    const { properties } = resource(analytics, 'AWS::Logs::ResourcePolicy');
    const text = String(spell(properties.PolicyDocument));
    const rules = ['Audit', 'Trail'].flatMap((id) => ownResources(analytics, id, 'AWS::Events::Rule'));
    const groups = `${arn('logs', 'log-group:/aws/events/parcel-analytics/*')}:*`;
    expect(statements(JSON.parse(text))).toEqual([
      expect.objectContaining({ Action: ['logs:CreateLogStream'], Resource: [groups] }),
      expect.objectContaining({
        Action: ['logs:PutLogEvents'],
        Resource: [groups],
        Condition: { ArnEquals: { 'aws:SourceArn': rules.map(({ id }) => `\${${id}.Arn}`) } },
      }),
    ]);
    expect(resources(claims, 'AWS::Logs::ResourcePolicy')).toEqual([]);
  });
});

test('a service of subscribers alone has a stack, which needs no code', () => {
  expect([...templates.keys()]).toEqual(
    expect.arrayContaining(['parcel-analytics', 'parcel-notices', 'parcel-partners']),
  );
  let functions = 0;
  visit(analytics, (field, value) => {
    if (field === 'Type' && value === 'AWS::Lambda::Function') functions++;
  });
  expect(functions).toBe(0);
});
