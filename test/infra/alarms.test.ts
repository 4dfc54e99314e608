import { EventloomSystem, type EventloomSystemProps } from '@eventloom/cdk';
import { type Infrastructure, limits, observabilityOf, type Topology } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { arn } from './expected.ts';
import { harbour } from './harbour.ts';
import { manyConsumers } from './many-consumers.ts';
import { subscriberTopology } from './parcel-subscribers.ts';
import { parcelTopology } from './parcel-topology.ts';
import { synthesizeSubscribers, workflows } from './subscriber-system.ts';
import { makeApp, propsFor, synthesize } from './synthesize.ts';
import {
  type Found,
  type Properties,
  resource,
  resources,
  spell,
  statements,
  type Template,
  type Templates,
} from './template.ts';

const templates = synthesize(parcelTopology, { environment: 'dev' });
const claims = templateOf(templates, 'dev-parcel-claims');

describe('a consumer behind a queue', () => {
  test('has an alarm on its dead-letter queue, which says how to bring events back', () => {
    const alarm = alarmNamed(claims, 'dev-parcel-claims-openClaim-dead-letters');
    expect(alarm).toMatchObject({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [
        { Name: 'QueueName', Value: expect.stringMatching(/^\$\{OpenClaimDeadLetterQueue\w+\.QueueName\}$/) },
      ],
      Statistic: 'Maximum',
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
    });
    expect(alarm.AlarmDescription).toContain("'npx eventloom redrive claims/openClaim --dry-run'");
  });

  test('has one on the age of its oldest message: three visibility timeouts, at least a quarter of an hour', () => {
    const { delivery } = parcelTopology.consumers.find(({ key }) => key === 'claims/openClaim') ?? {};
    if (delivery?.type !== 'queue') throw new Error('no queue');
    const slow = change('claims/openClaim', { delivery: { ...delivery, visibilityTimeoutSeconds: 1_000 } });
    const name = 'parcel-claims-openClaim-oldest-message';
    expect(alarmNamed(claims, `dev-${name}`)).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Threshold: 900,
    });
    expect(alarmNamed(templateOf(synthesize(slow), 'parcel-claims'), name).Threshold).toBe(3_000);
  });

  test('is counted among the errors, throttles and failed invocations of its stack', () => {
    const ofFunction = [{ Name: 'FunctionName', Value: expect.stringMatching(/^\$\{OpenClaimFunction\w+\}$/) }];
    expect(alarmNamed(claims, 'dev-parcel-claims-errors')).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: ofFunction,
      Statistic: 'Sum',
      Threshold: 5,
    });
    expect(alarmNamed(claims, 'dev-parcel-claims-throttles')).toMatchObject({
      MetricName: 'Throttles',
      Dimensions: ofFunction,
      Threshold: 1,
    });
    const rule = resource(claims, 'AWS::Events::Rule');
    expect(alarmNamed(claims, 'dev-parcel-claims-failed-invocations')).toMatchObject({
      Namespace: 'AWS/Events',
      MetricName: 'FailedInvocations',
      Dimensions: [
        { Name: 'EventBusName', Value: 'dev-parcel' },
        { Name: 'RuleName', Value: { 'Fn::Select': [2, { 'Fn::Split': ['/', `\${${rule.id}.Arn}`] }] } },
      ],
    });
  });
});

describe('other things of a system', () => {
  test('a function without a queue has no age, and one error is too many', () => {
    const archive = templateOf(templates, 'dev-parcel-archive');
    expect(namesIn(archive)).toEqual([
      'dev-parcel-archive-errors',
      'dev-parcel-archive-failed-invocations',
      'dev-parcel-archive-keepEverything-dead-letters',
      'dev-parcel-archive-throttles',
    ]);
    expect(alarmNamed(archive, 'dev-parcel-archive-errors').Threshold).toBe(1);
  });

  test('a consumer of several queues has one alarm for all of them', () => {
    const labels = templateOf(templates, 'dev-parcel-labels');
    const alarm = alarmNamed(labels, 'dev-parcel-labels-recycle-dead-letters');
    expect(expressionOf(alarm)).toBe('MAX([FILL(m0,0),FILL(m1,0),FILL(m2,0)])');
    expect(queuesOf(alarm)).toEqual([
      expect.stringMatching(/RecycleDeadLetterQueue/),
      'dev-torn-labels-dead-letters',
      'dev-waste-dead-letters',
    ]);
  });

  test('the relay of an outbox is watched by how far it is behind its stream', () => {
    const webshop = templateOf(templates, 'dev-parcel-webshop');
    const alarm = alarmNamed(webshop, 'dev-parcel-webshop-outbox-relay-oldest-message');
    // In milliseconds.
    expect(alarm).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'IteratorAge', Threshold: 900_000 });
    expect(alarmNamed(webshop, 'dev-parcel-webshop-outbox-relay-dead-letters').AlarmDescription).toContain(
      'outbox table',
    );
  });

  test('the core stack watches what feeds topics, and queues that no consumer reads', () => {
    expect(namesIn(templateOf(templates, 'dev-parcel'))).toEqual([
      'dev-parcel-failed-invocations',
      'dev-parcel-scans-topic-dead-letters',
    ]);
    const unread = {
      ...parcelTopology,
      consumers: parcelTopology.consumers.filter(({ service }) => service !== 'labels'),
    };
    expect(namesIn(templateOf(synthesize(unread), 'parcel'))).toEqual([
      'parcel-failed-invocations',
      'parcel-labels-queue-dead-letters',
      'parcel-labels-queue-oldest-message',
      'parcel-scans-topic-dead-letters',
      'parcel-torn-labels-queue-dead-letters',
      'parcel-torn-labels-queue-oldest-message',
      'parcel-waste-queue-dead-letters',
      'parcel-waste-queue-oldest-message',
    ]);
  });

  test('a bus with a key of its own is watched for what it cannot decrypt', () => {
    const encrypted = synthesize(withInfrastructure({ encryption: 'customer' }));
    expect(namesIn(templateOf(encrypted, 'parcel'))).toContain('parcel-parcel-bus-dead-letters');
  });
});

describe('a subscriber', () => {
  const all = synthesizeSubscribers();
  const alarm = (service: string, name: string) =>
    alarmNamed(templateOf(all, `parcel-${service}`), `parcel-${service}-${name}`);

  test('has an alarm on its dead-letter queue, which no command of ours brings back', () => {
    for (const { service, consumer } of subscriberTopology.subscribers ?? []) {
      const { AlarmDescription, MetricName } = alarm(service, `${consumer}-dead-letters`);
      expect(MetricName).toBe('ApproximateNumberOfMessagesVisible');
      expect(AlarmDescription).toMatch(/replay an archive|redrive of the dead-letter queue in SQS/);
      expect(AlarmDescription).not.toContain('npx');
    }
  });

  test('that is a workflow is counted among the errors by its failed executions', () => {
    const errors = resources(templateOf(all, 'parcel-claims'), 'AWS::CloudWatch::Alarm').filter(({ properties }) =>
      /-errors(-\d+)?$/.test(String(properties.AlarmName)),
    );
    const text = JSON.stringify(errors);
    expect(text).toContain('"ExecutionsFailed"');
    expect(text).toContain('"StateMachineArn"');
  });

  test('that gathers events for a bucket is watched by how long it keeps them', () => {
    const names = [...all.values()].flatMap((template) =>
      resources(template, 'AWS::CloudWatch::Alarm', ({ MetricName }) => MetricName === 'DeliveryToS3.DataFreshness'),
    );
    expect(names.length).toBeGreaterThan(0);
    for (const { properties } of names) expect(properties.AlarmName).toMatch(/-oldest-message$/);
  });
});

describe('what AWS publishes by itself', () => {
  const all = synthesize(harbour);
  const texts = (service: string, suffix: string) =>
    JSON.stringify(
      resources(templateOf(all, `harbour-${service}`), 'AWS::CloudWatch::Alarm', ({ AlarmName }) =>
        new RegExp(`-${suffix}(-\\d+)?$`).test(String(AlarmName)),
      ),
    );

  test('is watched at its API by answers 5xx, and at the functions that decide who may call', () => {
    const errors = texts('desk', 'errors');
    expect(errors).toContain('"5XXError"');
    expect(errors).toContain('"ApiName"');
    const authorizers = resources(templateOf(all, 'harbour-desk'), 'AWS::Lambda::Function');
    expect(authorizers.length).toBeGreaterThan(1);
    for (const { id } of authorizers) {
      expect(errors).toContain(id);
      expect(texts('desk', 'throttles')).toContain(id);
    }
  });

  test('is watched at each schedule and pipe by its dead-letter queue, at a pipe by its failures too', () => {
    const own = (harbour.ingresses ?? []).filter(
      (ingress) =>
        ingress.kind === 'schedule' || ingress.kind === 'table' || (ingress.kind === 'queue' && ingress.arn === null),
    );
    expect(own.length).toBeGreaterThan(2);
    for (const { service, operation } of own)
      expect(texts(service, 'dead-letters')).toContain(`-${operation}-dead-letters`);
    const pipes = (harbour.ingresses ?? []).filter(({ kind }) => kind === 'queue' || kind === 'table');
    for (const { service } of pipes) expect(texts(service, 'errors')).toContain('"AWS/EventBridge/Pipes"');
  });
});

describe('alarms of many consumers', () => {
  const topology = manyConsumers(35, 1);
  const all = resources(templateOf(synthesize(topology), 'parcel-depot-a'), 'AWS::CloudWatch::Alarm');
  const errors = all.filter(({ properties }) => /-errors(-\d+)?$/.test(String(properties.AlarmName)));

  test('share what CloudWatch looks at together, ten metrics each at most', () => {
    const metrics = errors.map(({ properties }) => functionsOf(properties));
    expect(new Set(metrics.flat()).size).toBe(35);
    expect(metrics.flat()).toHaveLength(35);
    for (const one of metrics) expect(one.length).toBeLessThanOrEqual(limits.alarmMetrics.value);
    expect(errors.length).toBeLessThan(10);
  });

  test('leave the others as they are when a consumer comes', () => {
    const larger = templateOf(synthesize(manyConsumers(36, 1)), 'parcel-depot-a');
    const changed = errors.filter(({ id, properties }) => {
      const now = larger.Resources?.[id]?.Properties;
      return JSON.stringify(now) !== JSON.stringify(properties);
    });
    expect(changed.length).toBeLessThanOrEqual(1);
  });

  test('measure each in its own bound where bounds differ', () => {
    const [first, ...others] = manyConsumers(3, 1).consumers;
    if (first === undefined) throw new Error('no consumer');
    const mixed = { ...manyConsumers(3, 1), consumers: [{ ...first, alarms: { errors: 20 } }, ...others] };
    const alarm = alarmNamed(templateOf(synthesize(mixed), 'parcel-depot-a'), 'parcel-depot-a-errors');
    expect(expressionOf(alarm)).toBe('MAX([FILL(m0,0)/20,FILL(m1,0)/5,FILL(m2,0)/5])');
    expect(alarm.Threshold).toBe(1);
  });
});

describe('the topic of alarms', () => {
  test('gets what goes off and what is over, and nobody but alarms of the account may publish', () => {
    const core = templateOf(templates, 'dev-parcel');
    const topic = resource(core, 'AWS::SNS::Topic', ({ TopicName }) => TopicName === 'dev-parcel-alarms');
    const policy = resource(
      core,
      'AWS::SNS::TopicPolicy',
      ({ Topics }) => JSON.stringify(spell(Topics)) === `["\${${topic.id}}"]`,
    );
    const [tls, allowed, ...more] = statements(policy.properties.PolicyDocument);
    expect(more).toEqual([]);
    expect(tls).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(allowed).toEqual({
      Effect: 'Allow',
      Action: ['sns:Publish'],
      Resource: [`\${${topic.id}}`],
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': `\${AWS::AccountId}` } },
    });
    for (const [name, template] of templates) {
      const target = name === 'dev-parcel' ? `\${${topic.id}}` : arn('sns', 'dev-parcel-alarms');
      for (const { properties } of resources(template, 'AWS::CloudWatch::Alarm')) {
        expect(spell([properties.AlarmActions, properties.OKActions])).toEqual([[target], [target]]);
      }
    }
  });

  test('sends mail to those who are named, in an environment to its own', () => {
    const topology = withInfrastructure({
      notify: ['all@parcel.example', 'duty@parcel.example'],
      environments: { dev: { notify: ['dev@parcel.example'] } },
    });
    const addresses = (environment: string) =>
      resources(
        templateOf(synthesize(topology, { environment }), `${environment}-parcel`),
        'AWS::SNS::Subscription',
      ).map(({ properties }) => [properties.Protocol, properties.Endpoint]);
    expect(addresses('dev')).toEqual([['email', 'dev@parcel.example']]);
    expect(addresses('prod')).toEqual([
      ['email', 'all@parcel.example'],
      ['email', 'duty@parcel.example'],
    ]);
  });

  test('is encrypted with the key of the system, if it has one', () => {
    const core = templateOf(synthesize(withInfrastructure({ encryption: 'customer' })), 'parcel');
    const { properties } = resource(core, 'AWS::SNS::Topic', ({ TopicName }) => TopicName === 'parcel-alarms');
    expect(spell(properties.KmsMasterKeyId)).toMatch(/EncryptionKey/);
  });
});

describe('alarms can be tuned and turned off', () => {
  test('all of them, and then there is no topic', () => {
    const silent = synthesize(withInfrastructure({ alarms: false }));
    expect([...silent.values()].flatMap(namesIn)).toEqual([]);
    const topics = resources(templateOf(silent, 'parcel'), 'AWS::SNS::Topic');
    expect(topics.map(({ properties }) => properties.TopicName)).not.toContain('parcel-alarms');
  });

  test('one kind, one service, one environment, one consumer', () => {
    const topology = {
      ...change('fleet/planTour', { alarms: false }),
      infrastructure: {
        alarms: { throttles: false, deadLetters: 10 },
        services: { claims: { alarms: false } },
        environments: { dev: { services: { labels: { alarms: { oldestMessageSeconds: 60 } } } } },
      },
    } as const satisfies Topology;
    const tuned = synthesize(topology, { environment: 'dev' });
    const names = [...tuned.values()].flatMap(namesIn);
    expect(names.filter((name) => /throttles|claims|planTour/.test(name))).toEqual([]);
    expect(alarmNamed(templateOf(tuned, 'dev-parcel-fleet'), 'dev-parcel-fleet-trackVan-dead-letters').Threshold).toBe(
      10,
    );
    const labels = templateOf(tuned, 'dev-parcel-labels');
    expect(alarmNamed(labels, 'dev-parcel-labels-printLabel-oldest-message').Threshold).toBe(60);
  });

  test('and set on the resources themselves', () => {
    const system = new EventloomSystem(makeApp(), 'Parcel', propsFor(parcelTopology));
    expect([...(system.stacks.get('claims')?.alarms.keys() ?? [])]).toEqual([
      'openClaim-dead-letters',
      'openClaim-oldest-message',
      'errors',
      'throttles',
      'failed-invocations',
    ]);
    expect([...system.core.alarms.keys()]).toEqual(['scans-topic-dead-letters', 'failed-invocations']);
    expect(system.core.alarmTopic?.node.id).toBe('AlarmTopic');
  });
});

describe('what is counted for the bill', () => {
  const counted: readonly [string, Topology, Partial<EventloomSystemProps>][] = [
    ['the parcel service', parcelTopology, {}],
    [
      'a silent environment',
      withInfrastructure({ environments: { dev: { alarms: false, dashboard: false } } }),
      { environment: 'dev' },
    ],
    ['a service of two stacks', manyConsumers(90, 1), {}],
    ['APIs, schedules and pipes', harbour, {}],
    ['every kind of subscriber', subscriberTopology, { workflows }],
    ['a system with a key', withInfrastructure({ encryption: 'customer', alarms: { errors: false } }), {}],
  ];

  test.each(counted)('is what the templates of %s hold', (_, topology, settings) => {
    const all = [...synthesize(topology, settings).values()];
    const alarms = all.flatMap((template) => resources(template, 'AWS::CloudWatch::Alarm'));
    const { stacks: __, ...totals } = observabilityOf(topology, settings.environment);
    expect(totals).toEqual({
      alarms: alarms.length,
      alarmMetrics: alarms.reduce((sum, { properties }) => sum + metricsOf(properties), 0),
      dashboards: all.flatMap((template) => resources(template, 'AWS::CloudWatch::Dashboard')).length,
      keys: all.flatMap((template) => resources(template, 'AWS::KMS::Key')).length,
    });
  });
});

describe('texts of a spec', () => {
  test('come out inert, and in as many characters as CloudWatch takes', () => {
    const evil = "a'; rm -rf / '{{resolve:secretsmanager:x}}";
    const long = `l${'o'.repeat(300)}ng`;
    const [first] = manyConsumers(1, 1).consumers;
    if (first === undefined) throw new Error('no consumer');
    const topology: Topology = {
      ...manyConsumers(1, 1),
      consumers: [
        { ...first, key: `depot-a/${evil}`, consumer: evil },
        { ...first, key: `depot-a/${long}`, consumer: long, constructId: 'Long' },
      ],
    };
    const template = templateOf(synthesize(topology), 'parcel-depot-a');
    expect(JSON.stringify(template)).not.toContain('{{resolve:');
    const alarms = resources(template, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties);
    for (const { AlarmName, AlarmDescription } of alarms) {
      expect(String(AlarmName ?? '').length).toBeLessThanOrEqual(limits.alarmNameCharacters.value);
      expect(String(AlarmDescription).length).toBeLessThanOrEqual(limits.alarmDescriptionCharacters.value);
    }
    const description = String(
      alarms.find(({ AlarmName }) => String(AlarmName).endsWith(`${first.constructId}-dead-letters`))?.AlarmDescription,
    );
    expect(description).toContain(`redrive 'depot-a/a'\\''; rm -rf / '\\''{ {resolve:`);
  });
});

function withInfrastructure(infrastructure: Infrastructure): Topology {
  return { ...parcelTopology, infrastructure };
}

function change(key: string, part: Partial<Topology['consumers'][number]>): Topology {
  const consumers = parcelTopology.consumers.map((one) => (one.key === key ? { ...one, ...part } : one));
  return { ...parcelTopology, consumers };
}

function templateOf(all: Templates, name: string): Template {
  const template = all.get(name);
  if (template === undefined) throw new Error(`no stack ${name}`);
  return template;
}

function alarmNamed(template: Template, name: string): Properties {
  const found: Found = resource(template, 'AWS::CloudWatch::Alarm', ({ AlarmName }) => AlarmName === name);
  return spell(found.properties) as Properties;
}

function namesIn(template: Template): readonly string[] {
  return resources(template, 'AWS::CloudWatch::Alarm')
    .map(({ properties }) => String(properties.AlarmName))
    .sort();
}

interface MetricQuery {
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: { readonly Dimensions: readonly { readonly Value: unknown }[] } };
}

function queriesOf({ Metrics = [] }: Properties): readonly MetricQuery[] {
  return Metrics as readonly MetricQuery[];
}

function expressionOf(alarm: Properties): string | undefined {
  return queriesOf(alarm).find(({ Expression }) => Expression !== undefined)?.Expression;
}

function queuesOf(alarm: Properties): readonly unknown[] {
  return queriesOf(alarm).flatMap(({ MetricStat }) => spell(MetricStat?.Metric.Dimensions[0]?.Value) ?? []);
}

function functionsOf(alarm: Properties): readonly string[] {
  const dimensions = alarm.Dimensions as readonly { readonly Value: unknown }[] | undefined;
  return (dimensions === undefined ? queuesOf(alarm) : [spell(dimensions[0]?.Value)]).map(String);
}

function metricsOf(alarm: Properties): number {
  return alarm.MetricName === undefined ? queriesOf(alarm).filter(({ MetricStat }) => MetricStat).length : 1;
}
