import type { ConstructError } from '@eventloom/cdk';
import type { BusDestination, Topology } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { toTopology } from '../../generator/src/model/to-topology.ts';
import { understand } from '../support/model-of.ts';
import { templateOf } from './consumer-view.ts';
import { parcelTopology } from './parcel-topology.ts';
import { synthesize } from './synthesize.ts';
import { resource, resources, spell, statements } from './template.ts';

/** A water board: one bus, from which the laboratory of another account publishes some of its events. */
const spec = `
asyncapi: 3.0.0
info: { title: Water board, version: 1.0.0 }
x-infrastructure: { logRetentionDays: 90 }
servers:
  water:
    host: events.eu-west-1.amazonaws.com
    protocol: eventbridge
    x-eventbridge:
      busName: water.board
      archive: { retentionDays: 10 }
      schemaRegistry: true
      logging: { level: info }
      allowAccounts:
        - '111122223333'
        - { account: '444455556666', events: [{ $ref: '#/channels/samples/messages/Sampled' }, { $ref: '#/channels/levels/messages/Rose' }] }
channels:
  samples:
    address: lab/samples
    messages:
      Sampled: { $ref: '#/components/messages/Sampled' }
      Rejected: { $ref: '#/components/messages/Rejected' }
  levels: { address: gauges, messages: { Rose: { payload: { type: object } }, Fell: { payload: { type: object } } } }
operations:
  warn: { action: receive, channel: { $ref: '#/channels/levels' }, x-service: alerts }
components:
  messages:
    Sampled:
      description: 'A bottle. \${AWS::StackName} {{resolve:ssm:secret}}'
      payload: { type: object, required: [site], properties: { site: { type: string, minLength: 1 }, note: { const: '{{resolve:ssm:secret}}' } } }
    Rejected: { payload: { type: object } }
`;
const { model } = await understand(spec);
const topology = toTopology(model);
const core = templateOf(synthesize(topology, { environment: 'dev' }), 'dev-water-board');
const bus = resource(core, 'AWS::Events::EventBus');

function withBus(change: Partial<BusDestination>): Topology {
  const destinations = parcelTopology.destinations.map((one) =>
    one.key === 'bus:parcel' ? ({ ...one, ...change } as BusDestination) : one,
  );
  return { ...parcelTopology, destinations };
}

describe('other accounts', () => {
  const policies = resources(core, 'AWS::Events::EventBusPolicy').map(({ properties }) => properties);

  test('publish by one statement for each account and source, bound to source and names', () => {
    const found = policies.map(({ Statement }) => statements({ Statement: [Statement] })[0]);
    const allowed = (account: string, source: string, names: readonly string[]) => ({
      Effect: 'Allow',
      Principal: { AWS: `arn:\${AWS::Partition}:iam::${account}:root` },
      Action: ['events:PutEvents'],
      Resource: [`\${${bus.id}.Arn}`],
      Condition: { StringEquals: { 'events:source': source, 'events:detail-type': names } },
    });
    expect(found).toEqual(
      expect.arrayContaining([
        allowed('111122223333', 'gauges', ['Fell', 'Rose']),
        allowed('111122223333', 'lab/samples', ['Rejected', 'Sampled']),
        allowed('444455556666', 'gauges', ['Rose']),
        allowed('444455556666', 'lab/samples', ['Sampled']),
      ]),
    );
    expect(found).toHaveLength(4);
  });

  test('have statements on the bus of the environment, with ids that EventBridge takes', () => {
    expect(policies.map(({ EventBusName }) => spell(EventBusName))).toEqual(policies.map(() => `\${${bus.id}}`));
    const ids = policies.map(({ StatementId }) => String(StatementId));
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^[\w-]{1,64}$/);
  });

  test('keep their statements when others come and go', () => {
    const idsOf = (accounts: readonly string[]) =>
      Object.keys(
        templateOf(
          synthesize(
            withBus({ allowAccounts: accounts.map((account) => ({ account, events: [{ name: 'A', source: 's' }] })) }),
          ),
          'parcel',
        ).Resources ?? {},
      ).filter((id) => id.includes('Allow'));
    const [kept = ''] = idsOf(['444455556666']);
    expect(idsOf(['111122223333', '444455556666', '777788889999'])).toContain(kept);
  });

  test('are none by default', () => {
    expect(resources(templateOf(synthesize(parcelTopology), 'parcel'), 'AWS::Events::EventBusPolicy')).toEqual([]);
  });

  test('get no names that mean something else to IAM or CloudFormation', () => {
    const allow = (name: string) =>
      withBus({ allowAccounts: [{ account: '111122223333', events: [{ name, source: 's' }] }] });
    const dollar = '$';
    const policy = resource(
      templateOf(synthesize(allow(`${dollar}{aws:username}`)), 'parcel'),
      'AWS::Events::EventBusPolicy',
    );
    expect(JSON.stringify(policy.properties.Statement)).toContain(`${dollar}{${dollar}}{aws:username}`);
    expect(() => synthesize(allow('{{resolve:ssm:secret}}'))).toThrow(
      expect.objectContaining({ code: 'dynamic-reference' } satisfies Partial<ConstructError>),
    );
  });
});

describe('a schema registry', () => {
  test('is named like the bus and holds a draft-04 schema of each of its events', () => {
    const registry = resource(core, 'AWS::EventSchemas::Registry');
    expect(registry.properties.RegistryName).toBe('dev-water.board');
    const schemas = resources(core, 'AWS::EventSchemas::Schema').map(({ properties }) => properties);
    expect(schemas.map(({ SchemaName }) => SchemaName).toSorted()).toEqual([
      'gauges@Fell',
      'gauges@Rose',
      'labsamples@Rejected',
      'labsamples@Sampled',
    ]);
    for (const { Type, RegistryName } of schemas) {
      expect([Type, spell(RegistryName)]).toEqual(['JSONSchemaDraft4', `\${${registry.id}.RegistryName}`]);
    }
  });

  test('says what the spec says, and nothing in it is replaced', () => {
    const { Content, Description } = resource(
      core,
      'AWS::EventSchemas::Schema',
      ({ SchemaName }) => SchemaName === 'labsamples@Sampled',
    ).properties;
    expect(JSON.parse(String(Content))).toMatchObject({
      $schema: 'http://json-schema.org/draft-04/schema#',
      title: 'Sampled',
      required: ['site'],
      properties: { site: { type: 'string', minLength: 1 }, note: { enum: ['{{resolve:ssm:secret}}'] } },
    });
    expect(String(Content)).not.toMatch(/\{\{|\$\{/);
    expect(Description).toMatch(/^A bottle\./);
    expect(String(Description)).not.toMatch(/\{\{|\$\{/);
  });

  test('is refused when the environment makes its name too long', () => {
    expect(() => synthesize(withBus({ name: 'p'.repeat(60), schemaRegistry: [] }), { environment: 'staging' })).toThrow(
      expect.objectContaining({ code: 'name-too-long' }),
    );
  });
});

describe('logs of a bus', () => {
  test('are asked for on the bus, and delivered to a log group that is kept as the spec says', () => {
    expect(bus.properties.LogConfig).toEqual({ IncludeDetail: 'NONE', Level: 'INFO' });
    const group = resource(core, 'AWS::Logs::LogGroup');
    expect(group.properties).toMatchObject({
      LogGroupName: '/aws/vendedlogs/events/event-bus/dev-water.board',
      RetentionInDays: 90,
    });
    const destination = resource(core, 'AWS::Logs::DeliveryDestination');
    expect(spell(destination.properties.DestinationResourceArn)).toBe(`\${${group.id}.Arn}`);
    const sources = resources(core, 'AWS::Logs::DeliverySource').map(({ properties }) => properties);
    expect(sources.map(({ LogType }) => LogType).toSorted()).toEqual(['ERROR_LOGS', 'INFO_LOGS']);
    const deliveries = resources(core, 'AWS::Logs::Delivery').map(({ properties }) => properties);
    expect(deliveries.map(({ DeliverySourceName }) => DeliverySourceName).toSorted()).toEqual(
      sources.map(({ Name }) => Name).toSorted(),
    );
    for (const { DeliveryDestinationArn } of deliveries) {
      expect(spell(DeliveryDestinationArn)).toBe(`\${${destination.id}.Arn}`);
    }
  });

  test('may be written by the delivery of logs, for this account', () => {
    const { PolicyDocument } = resource(core, 'AWS::Logs::ResourcePolicy').properties;
    expect(JSON.stringify(PolicyDocument)).toContain('delivery.logs.amazonaws.com');
    expect(JSON.stringify(PolicyDocument)).toContain('aws:SourceAccount');
  });

  test('have names that AWS takes, however long the bus is called', () => {
    const long = templateOf(
      synthesize(
        withBus({ name: 'p.q'.repeat(80), logging: { level: 'trace', detail: true }, archive: { retentionDays: 1 } }),
      ),
      'parcel',
    );
    const names = [
      ...resources(long, 'AWS::Logs::DeliverySource'),
      ...resources(long, 'AWS::Logs::DeliveryDestination'),
    ];
    expect(names).toHaveLength(4);
    for (const { properties } of names) expect(properties.Name).toMatch(/^[\w-]{1,60}$/);
    expect(resource(long, 'AWS::Events::Archive').properties.ArchiveName).toMatch(/^[.\w-]{1,48}$/);
  });

  test('are none by default', () => {
    const plain = templateOf(synthesize(parcelTopology), 'parcel');
    expect(resources(plain, 'AWS::Logs::LogGroup')).toEqual([]);
    expect(resources(plain, 'AWS::Events::EventBus').map(({ properties }) => properties.LogConfig)).toEqual([
      undefined,
      undefined,
    ]);
  });
});

test('an archive is named like its bus, and kept as long as the spec says', () => {
  expect(resource(core, 'AWS::Events::Archive').properties).toMatchObject({
    ArchiveName: 'dev-water.board',
    RetentionDays: 10,
  });
});
