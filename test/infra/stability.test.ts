import type { Consumer, Topology } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { parcelTopology } from './parcel-topology.ts';
import { synthesize } from './synthesize.ts';
import type { Templates } from './template.ts';

describe('logical ids and templates', () => {
  const templates = synthesize(parcelTopology);

  test('stay the same when the lists of the topology are reordered', () => {
    expect(asJson(synthesize(reversed(parcelTopology)))).toBe(asJson(templates));
  });

  test('stay the same for all others when a consumer is added', () => {
    const [first] = parcelTopology.consumers;
    if (first === undefined) throw new Error('no consumer');
    const added: Consumer = { ...first, key: 'archive/aLateComer', consumer: 'aLateComer', constructId: 'ALateComer' };
    const larger = synthesize({ ...parcelTopology, consumers: [added, ...parcelTopology.consumers] });
    for (const [stackName, { Resources = {} }] of templates) {
      // Alarms and dashboards that are shared know the newcomer too.
      const own = Object.entries(Resources).filter(([id, { Type }]) => !/Dashboard$/.test(Type) && !isShared(id));
      expect(own.length).toBeGreaterThan(0);
      expect(larger.get(stackName)?.Resources).toMatchObject(Object.fromEntries(own));
    }
    const sizes = [...larger].filter(([name, { Resources = {} }]) => {
      return Object.keys(Resources).length !== Object.keys(templates.get(name)?.Resources ?? {}).length;
    });
    expect(sizes.map(([name]) => name)).toEqual(['parcel-archive']);
  });

  test('are the same in every environment, names apart', () => {
    const ids = (all: Templates) => [...all.values()].map(({ Resources = {} }) => Object.keys(Resources));
    expect(ids(synthesize(parcelTopology, { environment: 'dev' }))).toEqual(ids(templates));
  });
});

/** An alarm with a consumer of its own has a hash in its id. */
function isShared(id: string): boolean {
  return /^(Errors|Throttles|FailedInvocations)Alarm\d*$/.test(id);
}

function reversed(topology: Topology): Topology {
  return {
    ...topology,
    destinations: topology.destinations.toReversed(),
    services: topology.services
      .toReversed()
      .map((service) => ({ ...service, publishes: service.publishes.toReversed() })),
    consumers: topology.consumers.toReversed().map((consumer) => ({
      ...consumer,
      routes: consumer.routes.toReversed(),
      emits: consumer.emits.toReversed(),
    })),
  };
}

function asJson(templates: Templates): string {
  return JSON.stringify([...templates]);
}
