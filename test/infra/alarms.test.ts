import { limits } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import {
  alarmNamed,
  change,
  expressionOf,
  functionsOf,
  namesIn,
  queuesOf,
  templateOf,
  withInfrastructure,
} from './alarm-view.ts';
import { harbour } from './harbour.ts';
import { manyConsumers } from './many-consumers.ts';
import { subscriberTopology } from './parcel-subscribers.ts';
import { parcelTopology } from './parcel-topology.ts';
import { synthesizeSubscribers } from './subscriber-system.ts';
import { synthesize } from './synthesize.ts';
import { resource, resources } from './template.ts';

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
