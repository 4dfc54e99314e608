import { join } from 'node:path';
import { ConstructError, EventloomSystem, ServiceStack } from '@eventloom/cdk';
import {
  coreResources,
  limits,
  repeatedStackNames,
  type Service,
  type StackPart,
  splitService,
  type Topology,
} from '@eventloom/engine';
import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { harbour } from './harbour.ts';
import { consumerOf, manyConsumers } from './many-consumers.ts';
import { subscriberTopology } from './parcel-subscribers.ts';
import { parcelTopology } from './parcel-topology.ts';
import { synthesizeSubscribers, workflows } from './subscriber-system.ts';
import { makeApp, propsFor, someCode, synthesize, templatesOf } from './synthesize.ts';
import { resources, type Template, type Templates, visit } from './template.ts';

const most = limits.stackResources.value;

describe('a service whose resources do not fit into one stack', () => {
  const topology = manyConsumers(90, 1);
  const templates = synthesize(topology);
  const names = partsOf(topology).map(({ name }) => `parcel-${name}`);

  test('has further ones, which together hold each consumer once', () => {
    expect(names.slice(0, 2)).toEqual(['parcel-depot-a', 'parcel-depot-a-1']);
    expect([...templates.keys()].sort()).toEqual(['parcel', ...names].sort());
    const functions = names.flatMap((name) => resources(templateOf(templates, name), 'AWS::Lambda::Function'));
    expect(functions).toHaveLength(90);
  });

  test('has fewer than 500 resources in each, and no more than were expected', () => {
    for (const part of partsOf(topology)) {
      const count = countOf(templateOf(templates, `parcel-${part.name}`));
      expect(count).toBeLessThan(most);
      expect(part.resources).toBeGreaterThanOrEqual(count);
      // The bound leaves little unused.
      expect(part.resources - count).toBeLessThan(10);
    }
  });

  test('keeps its table in the first, where the others find it by its name', () => {
    const tables = names.map((name) => resources(templateOf(templates, name), 'AWS::DynamoDB::Table').length);
    expect(tables).toEqual([1, ...names.slice(1).map(() => 0)]);
    const text = JSON.stringify(templateOf(templates, 'parcel-depot-a-1'));
    expect(text).toContain('"EVENTLOOM_TABLE_NAME":"parcel-depot-a-memory"');
    expect(text).toContain(':table/parcel-depot-a-memory');
    for (const template of templates.values()) {
      expect(template.Outputs).toBeUndefined();
      visit(template, (field) => expect(field).not.toBe('Fn::ImportValue'));
    }
  });

  test('leaves all that stays as it was when it is split', () => {
    const before = largestWhole();
    const whole = resourcesOf(synthesize(before), 'parcel-depot-a');
    const split = synthesize(manyConsumers(before.consumers.length + 1, 1));
    const first = resourcesOf(split, 'parcel-depot-a');
    const second = resourcesOf(split, 'parcel-depot-a-1');
    const own = (id: string) => !isShared(id);
    const stayed = Object.keys(first).filter((id) => own(id) && whole[id] !== undefined);
    for (const id of stayed) expect(first[id]).toEqual(whole[id]);
    const moved = Object.keys(whole).filter((id) => own(id) && first[id] === undefined);
    // What moves keeps its ids; only the names of its alarms tell that its stack is another one.
    for (const id of moved) expect(second[id]?.Type).toBe(whole[id]?.Type);
    expect(moved.length / Object.keys(whole).filter(own).length).toBeGreaterThan(0.3);
    expect(stayed.length / Object.keys(whole).filter(own).length).toBeGreaterThan(0.3);
  });

  test('takes events over before they are given away', () => {
    const system = new EventloomSystem(makeApp(), 'Parcel', propsFor(topology));
    const first = system.stacks.get('depot-a');
    const [second] = first?.furtherStacks ?? [];
    if (first === undefined || second === undefined) throw new Error('not split');
    expect(first.dependencies).toContain(second);
    expect(second.dependencies).toContain(system.core);
    expect(second.dependencies).not.toContain(first);
    const [moved] = second.consumers.keys();
    expect(Stack.of(system.consumer(moved ?? '')).stackName).toBe('parcel-depot-a-1');
  });

  test('is made whole by one ServiceStack in an app of its own', () => {
    const app = makeApp();
    new ServiceStack(app, 'Depot', { topology, service: 'depot-a', code: someCode });
    const alone = templatesOf(app);
    expect([...alone.keys()].sort()).toEqual([...names].sort());
    for (const [name, template] of alone) expect(template).toEqual(templates.get(name));
  });

  test('has its bundle in each of its stacks', () => {
    const app = makeApp();
    const code = Code.fromAsset(join(import.meta.dirname, '..', 'support'));
    new ServiceStack(app, 'Depot', { topology, service: 'depot-a', code });
    const keys = [...templatesOf(app).values()].flatMap((template) =>
      resources(template, 'AWS::Lambda::Function').map(({ properties }) => JSON.stringify(properties.Code)),
    );
    expect(keys).toHaveLength(90);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toContain('S3Key');
  });

  test('is refused when another service has the name of one of its stacks', () => {
    const rival: Service = { name: 'depot-a-1', constructId: 'DepotA1', publishes: [] };
    const clash: Topology = {
      ...topology,
      services: [...topology.services, rival],
      consumers: [...topology.consumers, consumerOf('depot-a-1', 1)],
    };
    expect(repeatedStackNames(clash)).toEqual(['depot-a-1']);
    expect(() => new EventloomSystem(makeApp(), 'Parcel', propsFor(clash))).toThrow(ConstructError);
  });
});

describe('how a service is split', () => {
  test('is the same whatever alarms, dashboards and environments are set to', () => {
    const topology = manyConsumers(90, 1);
    const silent = { ...topology, infrastructure: { alarms: false, dashboard: false } } as const;
    expect(placesOf(silent)).toEqual(placesOf(topology));
  });

  test('moves nothing, or a part of one stack, when a consumer comes, and never another stack', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 500, max: 100_000 }), (count, index) => {
        const before = manyConsumers(count, 1);
        const after = { ...before, consumers: [...before.consumers, consumerOf('depot-a', index)] };
        const old = placesOf(before);
        const now = placesOf(after);
        const moved = [...old].filter(([key, stack]) => now.get(key) !== stack);
        expect(new Set(moved.map(([, stack]) => stack)).size).toBeLessThanOrEqual(1);
        if (moved.length > 0) expect([...now.values()].filter((stack) => stack === moved[0]?.[1])).not.toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    [500, 50],
    [2_000, 200],
    [2_000, 50],
    [2_000, 1],
  ])('keeps each stack of %i consumers of %i services below 500 resources', (count, services) => {
    const topology = manyConsumers(count, services);
    for (const { resources: total } of topology.services.flatMap((service) => splitService(topology, service)))
      expect(total).toBeLessThan(most);
    expect(repeatedStackNames(topology)).toEqual([]);
  });
});

describe('upper bounds of resources', () => {
  test('hold for every stack of a system with every kind of subscriber', () => {
    const templates = synthesizeSubscribers();
    for (const service of subscriberTopology.services) {
      const template = templates.get(`parcel-${service.name}`);
      if (template === undefined) continue;
      const [part] = splitService(subscriberTopology, service);
      expect(part?.resources ?? 0, service.name).toBeGreaterThanOrEqual(countOf(template));
    }
  });

  test('hold for every stack of a system with every kind of ingress', () => {
    const templates = synthesize(harbour);
    for (const service of harbour.services) {
      const template = templates.get(`harbour-${service.name}`);
      if (template === undefined) continue;
      const [part] = splitService(harbour, service);
      expect(part?.resources ?? 0, service.name).toBeGreaterThanOrEqual(countOf(template));
    }
    expect(coreResources(harbour)).toBeGreaterThanOrEqual(countOf(templateOf(templates, 'harbour')));
  });

  test('hold for each subscriber, so that none hides in the room of another', () => {
    for (const subscriber of subscriberTopology.subscribers ?? []) {
      const { service: name } = subscriber;
      const topology = { ...subscriberTopology, consumers: [], subscribers: [subscriber] };
      const template = templateOf(synthesizeSubscribers(topology, workflowsOf(subscriber.key)), `parcel-${name}`);
      const service = topology.services.find((one) => one.name === name);
      if (service === undefined) throw new Error(`no service ${name}`);
      const [part] = splitService(topology, service);
      // A state machine that was handed in is counted by nobody.
      expect(part?.resources ?? 0, subscriber.key).toBeGreaterThanOrEqual(countOf(template));
    }
  });

  test.each([
    ['as it is', parcelTopology],
    [
      'with a key of its own',
      { ...parcelTopology, infrastructure: { encryption: 'customer', notify: ['a@b.example'] } },
    ],
  ] as const)('hold for every stack of the parcel service %s', (_, topology: Topology) => {
    const templates = synthesize(topology);
    const core = countOf(templateOf(templates, 'parcel'));
    expect(coreResources(topology)).toBeGreaterThanOrEqual(core);
    expect(coreResources(topology)).toBeLessThan(core + 10);
    for (const service of topology.services) {
      const template = templates.get(`parcel-${service.name}`);
      if (template === undefined) continue;
      const [part] = splitService(topology, service);
      expect(part?.resources ?? 0).toBeGreaterThanOrEqual(countOf(template));
      expect(part?.resources ?? 0).toBeLessThan(countOf(template) + 10);
    }
  });
});

function workflowsOf(key: string) {
  const own = workflows[key];
  return { workflows: own === undefined ? {} : { [key]: own } };
}

function partsOf(topology: Topology): readonly StackPart[] {
  return topology.services.flatMap((service) => splitService(topology, service));
}

function placesOf(topology: Topology): ReadonlyMap<string, string> {
  return new Map(
    partsOf(topology).flatMap(({ name, consumers }) => consumers.map(({ key }): [string, string] => [key, name])),
  );
}

/** The most consumers of one service that one stack holds. */
function largestWhole(): Topology {
  let count = 10;
  while (partsOf(manyConsumers(count + 1, 1)).length === 1) count++;
  return manyConsumers(count, 1);
}

function isShared(id: string): boolean {
  return /^(Errors|Throttles|FailedInvocations)Alarm\d*$|^Dashboard$/.test(id);
}

function resourcesOf(templates: Templates, name: string): NonNullable<Template['Resources']> {
  return templateOf(templates, name).Resources ?? {};
}

function templateOf(templates: Templates, name: string): Template {
  const template = templates.get(name);
  if (template === undefined) throw new Error(`no stack ${name}`);
  return template;
}

function countOf({ Resources = {} }: Template): number {
  return Object.keys(Resources).length;
}
