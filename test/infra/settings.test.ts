import { EventloomSystem } from '@eventloom/cdk';
import type { Infrastructure, Topology } from '@eventloom/engine';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { templateOf } from './consumer-view.ts';
import { parcelTopology } from './parcel-topology.ts';
import { makeApp, propsFor, synthesize } from './synthesize.ts';
import { resource, resources, type Template } from './template.ts';

const with_ = (infrastructure: Infrastructure): Topology => ({ ...parcelTopology, infrastructure });

/** What a service's functions and logs are, each value once. */
function traits(template: Template) {
  const functions = resources(template, 'AWS::Lambda::Function').map(({ properties }) => properties);
  const logs = resources(template, 'AWS::Logs::LogGroup').map(({ properties }) => properties);
  const once = (values: readonly unknown[]): readonly unknown[] => [
    ...new Set(values.map((value) => JSON.stringify(value))),
  ];
  return {
    architecture: once(functions.map(({ Architectures }) => Architectures)),
    tracing: once(functions.map(({ TracingConfig }) => TracingConfig ?? null)),
    memory: once(functions.map(({ MemorySize }) => MemorySize)),
    retention: once(logs.map(({ RetentionInDays }) => RetentionInDays)),
  };
}

describe('settings of the spec', () => {
  const topology = with_({
    logRetentionDays: 7,
    tracing: false,
    architecture: 'x86_64',
    removal: 'destroy',
    tags: { owner: 'parcel', tier: '1' },
    services: { claims: { logRetentionDays: 90, tags: { tier: '2' } } },
    environments: {
      prod: { logRetentionDays: 365, removal: 'retain', memoryMb: 1024, services: { claims: { tracing: true } } },
    },
  });
  const templates = synthesize(topology);
  const prod = synthesize(topology, { environment: 'prod' });

  test('hold for the functions and logs of every service, those of a service before those of the system', () => {
    expect(traits(templateOf(templates, 'parcel-fleet'))).toMatchObject({
      architecture: ['["x86_64"]'],
      tracing: ['null'],
      retention: ['7'],
    });
    expect(traits(templateOf(templates, 'parcel-claims')).retention).toEqual(['90']);
  });

  test('hold for tables, buckets and logs that leave their stack', () => {
    const policies = [...templates.values()].flatMap(({ Resources = {} }) =>
      Object.values(Resources).flatMap(({ Type, DeletionPolicy }) =>
        /DynamoDB|S3::Bucket$|LogGroup/.test(Type) ? [DeletionPolicy] : [],
      ),
    );
    expect(policies.length).toBeGreaterThan(8);
    expect([...new Set(policies)]).toEqual(['Delete']);
  });

  test('of an environment come before both, and change functions that say something themselves', () => {
    expect(traits(templateOf(prod, 'prod-parcel-fleet'))).toMatchObject({ retention: ['365'], memory: ['1024'] });
    expect(traits(templateOf(prod, 'prod-parcel-claims'))).toMatchObject({
      retention: ['365'],
      memory: ['1024'],
      tracing: ['{"Mode":"Active"}'],
    });
    expect(traits(templateOf(templates, 'parcel-archive')).memory).toEqual(['128']);
  });

  test('give way to what the props of the system say', () => {
    const given = {
      architecture: Architecture.ARM_64,
      logRetention: RetentionDays.ONE_DAY,
      tracing: true,
      removalPolicy: RemovalPolicy.RETAIN,
    };
    const template = templateOf(synthesize(topology, given), 'parcel-claims');
    expect(traits(template)).toMatchObject({
      architecture: ['["arm64"]'],
      tracing: ['{"Mode":"Active"}'],
      retention: ['1'],
    });
    const tables = Object.values(template.Resources ?? {}).filter(({ Type }) => Type === 'AWS::DynamoDB::Table');
    expect(tables.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['Retain']);
  });

  test('become tags of the stacks', () => {
    const system = new EventloomSystem(makeApp(), 'System', propsFor(topology));
    expect(system.core.tags.tagValues()).toEqual({ owner: 'parcel', tier: '1' });
    expect(system.stacks.get('claims')?.tags.tagValues()).toEqual({ owner: 'parcel', tier: '2' });
  });

  test('change nothing where there are none, or for an environment that is not named', () => {
    const plain = synthesize(parcelTopology, { environment: 'dev' });
    expect(synthesize(with_({}), { environment: 'dev' })).toEqual(plain);
    expect(synthesize(with_({ environments: { prod: { alarms: false } } }), { environment: 'dev' })).toEqual(plain);
  });
});

describe('the timeout of an environment', () => {
  const environments = { slow: { timeoutSeconds: 120 }, fast: { timeoutSeconds: 2 } };
  const timeouts = (environment: string) => {
    const templates = synthesize(with_({ environments }), { environment });
    const queueOf = (template: Template, name: (properties: object, id: string) => boolean) =>
      resource(template, 'AWS::SQS::Queue', name).properties.VisibilityTimeout;
    const core = templateOf(templates, `${environment}-parcel`);
    const fleet = templateOf(templates, `${environment}-parcel-fleet`);
    return {
      // The relay of an outbox keeps its own.
      functions: resources(fleet, 'AWS::Lambda::Function', (_, id) => !id.startsWith('OutboxRelay')).map(
        ({ properties }) => properties.Timeout,
      ),
      own: queueOf(fleet, (_, id) => /^TrackVanQueue\w{8}$/.test(id)),
      channels: queueOf(
        core,
        (properties) => 'QueueName' in properties && properties.QueueName === `${environment}-labels`,
      ),
    };
  };

  test('is that of all functions, and the visibility of their queues follows', () => {
    const { functions, own, channels } = timeouts('slow');
    expect(new Set(functions)).toEqual(new Set([120]));
    expect(own).toBeGreaterThanOrEqual(6 * 120);
    expect(channels).toBeGreaterThanOrEqual(6 * 120);
  });

  test('takes a visibility down that followed the longer one', () => {
    const { functions, own, channels } = timeouts('fast');
    expect(new Set(functions)).toEqual(new Set([2]));
    expect([own, channels]).toEqual([6 * 2, 6 * 2]);
  });
});
