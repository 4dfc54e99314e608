import { CoreStack, EventloomSystem, ServiceStack } from '@eventloom/cdk';
import type { Consumer, Topology } from '@eventloom/engine';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { arn } from './expected.ts';
import { parcelTopology } from './parcel-topology.ts';
import { makeApp, propsFor, someCode, synthesize, templatesOf } from './synthesize.ts';
import { resources, spell } from './template.ts';

describe('stacks of services', () => {
  test('are the same in an app of their own, where nothing else is', () => {
    const whole = synthesize(parcelTopology, { environment: 'dev' });
    for (const service of ['claims', 'fleet']) {
      const app = makeApp();
      new ServiceStack(app, service, { topology: parcelTopology, service, code: someCode, environment: 'dev' });
      const alone = templatesOf(app);
      expect([...alone.keys()]).toEqual([`dev-parcel-${service}`]);
      expect(alone.get(`dev-parcel-${service}`)).toEqual(whole.get(`dev-parcel-${service}`));
    }
  });

  test('come after the core stack when all are deployed', () => {
    const system = new EventloomSystem(makeApp(), 'Parcel', propsFor(parcelTopology));
    for (const stack of system.stacks.values()) expect(stack.dependencies).toEqual([system.core]);
  });

  test('live in a stage as well', () => {
    const app = makeApp();
    const stage = new Stage(app, 'Prod', { env: { account: '111122223333', region: 'eu-west-1' } });
    const system = new EventloomSystem(stage, 'Parcel', propsFor(parcelTopology, { environment: 'prod' }));
    expect(system.core).toBeInstanceOf(CoreStack);
    expect([system.core.stackName, system.core.region]).toEqual(['prod-parcel', 'eu-west-1']);
    expect(system.service('fleet').publishEnvironment()).toMatchObject({
      EVENTLOOM_TOPIC_VANS: expect.stringMatching(/^arn:.+:sns:eu-west-1:111122223333:prod-van-moves\.fifo$/),
    });
    expect(stage.synth().stacks).toHaveLength(parcelTopology.services.length);
  });

  test('go to the account and Region that are asked for', () => {
    const env = { account: '111122223333', region: 'eu-central-1' };
    const system = new EventloomSystem(makeApp(), 'Parcel', propsFor(parcelTopology, { env }));
    const regions = [system.core, ...system.stacks.values()].map(({ region }) => region);
    expect(new Set(regions)).toEqual(new Set(['eu-central-1']));
  });

  test('fail with advice when they grow past what CloudFormation takes', () => {
    const app = makeApp();
    const system = new EventloomSystem(app, 'Parcel', propsFor(parcelTopology));
    const claims = system.stacks.get('claims');
    if (claims === undefined) throw new Error('no stack of claims');
    for (let index = 0; index < 500; index++) new LogGroup(claims, `Log${index}`);
    expect(() => templatesOf(app)).toThrow(
      /Stack parcel-claims has \d{3} resources, CloudFormation takes 500\. Service claims .* Move some of it to another/,
    );
  });

  test('fail with advice when the core stack grows past it', () => {
    const model = parcelTopology.destinations.find(({ key }) => key === 'topic:slots');
    if (model === undefined) throw new Error('no topic:slots');
    const more = Array.from({ length: 250 }, (_, index) => ({
      ...model,
      key: `topic:slots${index}`,
      constructId: `Slots${index}Topic`,
      name: `slots-${index}`,
    }));
    const topology = { ...parcelTopology, destinations: [...parcelTopology.destinations, ...more] };
    expect(() => synthesize(topology)).toThrow(/Stack parcel has \d{3} resources, CloudFormation takes 500\. Split/);
  });

  test('hold eleven resources and two alarms of its own for a consumer of a rule and a subscription', () => {
    const count = (topology: Topology) => {
      const all = Object.entries(synthesize(topology).get('parcel-claims')?.Resources ?? {});
      return all.filter(([id]) => !/^(Errors|Throttles|FailedInvocations)Alarm\d*$/.test(id)).length;
    };
    const perConsumer = (count(withManyConsumers(10)) - count(withManyConsumers(0))) / 10;
    expect(perConsumer).toBe(13);
  });
});

describe('settings', () => {
  test('change runtime, processor and log retention of every function', () => {
    const templates = synthesize(parcelTopology, {
      runtime: Runtime.NODEJS_22_X,
      architecture: Architecture.X86_64,
      logRetention: RetentionDays.ONE_WEEK,
    });
    const all = [...templates.values()];
    const functions = all.flatMap((template) => resources(template, 'AWS::Lambda::Function'));
    const logGroups = all.flatMap((template) => resources(template, 'AWS::Logs::LogGroup'));
    const relays = parcelTopology.services.filter(({ outbox }) => outbox !== undefined);
    expect(functions).toHaveLength(parcelTopology.consumers.length + relays.length);
    for (const { properties } of functions) {
      expect(properties).toMatchObject({ Runtime: 'nodejs22.x', Architectures: ['x86_64'] });
    }
    for (const { properties } of logGroups) expect(properties.RetentionInDays).toBe(7);
  });
});

describe('escape hatches', () => {
  test('reach every resource of a consumer', () => {
    const app = makeApp();
    const system = new EventloomSystem(app, 'Parcel', propsFor(parcelTopology));
    const consumer = system.consumer('claims/openClaim');
    consumer.function.addEnvironment('CLAIMS_TABLE', 'claims');
    consumer.rules.get('openClaimOnLoss')?.addPropertyOverride('State', 'DISABLED');
    consumer.subscriptions.get('openClaimOnScan')?.addPropertyOverride('Region', 'eu-west-1');
    expect(consumer.queue).not.toBe(consumer.deadLetterQueue);
    expect(consumer.mappings).toHaveLength(1);
    const template = templatesOf(app).get('parcel-claims') ?? {};
    expect(JSON.stringify(resources(template, 'AWS::Lambda::Function'))).toContain('"CLAIMS_TABLE":"claims"');
    expect(resources(template, 'AWS::Events::Rule')[0]?.properties.State).toBe('DISABLED');
    expect(resources(template, 'AWS::SNS::Subscription')[0]?.properties.Region).toBe('eu-west-1');
  });

  test('reach the destinations of the core stack', () => {
    const { core } = new EventloomSystem(makeApp(), 'Parcel', propsFor(parcelTopology));
    expect([...core.buses.keys()]).toEqual(['bus:parcel', 'bus:partners']);
    expect([...core.topics.keys()]).toEqual(['topic:scans', 'topic:slots', 'topic:vans']);
    expect([...core.queues.keys()]).toEqual(['queue:labels', 'queue:returns', 'queue:torn', 'queue:waste']);
  });

  test('reach every queue on which an event of a consumer may end', () => {
    const system = new EventloomSystem(makeApp(), 'Parcel', propsFor(parcelTopology));
    const arnsOf = (key: string) => {
      const { deadLetterQueue, deadLetterQueues } = system.consumer(key);
      expect(deadLetterQueues[0]).toBe(deadLetterQueue);
      return deadLetterQueues.map(({ queueArn }) => spell(Stack.of(deadLetterQueue).resolve(queueArn)));
    };
    expect(arnsOf('claims/openClaim')).toEqual([expect.stringMatching(/^\$\{OpenClaimDeadLetterQueue\w+\.Arn\}$/)]);
    expect(arnsOf('labels/printLabel')).toEqual([arn('sqs', 'labels-dead-letters')]);
    expect(arnsOf('labels/recycle')).toEqual([
      expect.stringMatching(/^\$\{RecycleDeadLetterQueue\w+\.Arn\}$/),
      arn('sqs', 'torn-labels-dead-letters'),
      arn('sqs', 'waste-dead-letters'),
    ]);
  });

  test('let other resources of the service live in its stack', () => {
    const app = new App({ builtinCloudFormationValidation: false });
    const system = new EventloomSystem(app, 'Parcel', propsFor(parcelTopology));
    expect(Stack.of(system.consumer('fleet/planTour'))).toBe(system.stacks.get('fleet'));
  });
});

function withManyConsumers(count: number): Topology {
  const model = parcelTopology.consumers.find(({ key }) => key === 'claims/openClaim');
  if (model === undefined) throw new Error('no claims/openClaim');
  const more = Array.from({ length: count }, (_, index): Consumer => {
    const name = `openClaim${index}`;
    return { ...model, key: `claims/${name}`, consumer: name, constructId: `OpenClaim${index}` };
  });
  return { ...parcelTopology, consumers: [...parcelTopology.consumers, ...more] };
}
