import { EventloomSystem, type EventloomSystemProps } from '@eventloom/cdk';
import { limits, observabilityOf, type Topology } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { alarmNamed, change, metricsOf, namesIn, templateOf, withInfrastructure } from './alarm-view.ts';
import { arn } from './expected.ts';
import { harbour } from './harbour.ts';
import { manyConsumers } from './many-consumers.ts';
import { subscriberTopology } from './parcel-subscribers.ts';
import { parcelTopology } from './parcel-topology.ts';
import { workflows } from './subscriber-system.ts';
import { makeApp, propsFor, synthesize } from './synthesize.ts';
import { resource, resources, spell, statements } from './template.ts';

const templates = synthesize(parcelTopology, { environment: 'dev' });

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
