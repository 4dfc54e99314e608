import type { Route, Topology } from '@eventloom/engine';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventModel } from '../../generator/src/model/event-model.ts';
import { toTopology } from '../../generator/src/model/to-topology.ts';
import { readPublished } from '../../generator/src/route/published.ts';
import { routeRows } from '../../generator/src/route/route-rows.ts';
import { type SpecCase, specCases } from '../support/random-specs.ts';
import { understood } from '../support/understood-case.ts';
import { describeTemplates, typeAt } from './read-back/describe-templates.ts';
import { describeTopology } from './read-back/describe-topology.ts';
import { type Arrival, simulate } from './read-back/simulate.ts';
import { type World, worldOf } from './read-back/world.ts';
import { synthesize } from './synthesize.ts';

/** What was looked at, so that a generator of specs that says nothing is noticed. */
const seen = {
  topologies: 0,
  outside: new Set<string>(),
  routes: new Map<string, number>(),
  filtered: 0,
  events: 0,
  received: 0,
  missed: 0,
};

test('templates read back are the topology that went in, and route every event as it says', async () => {
  await fc.assert(
    fc.asyncProperty(specCases, async (spec) => {
      const model = await understood(spec.document);
      fc.pre(model !== null);
      const topology = toTopology(model);
      const world = worldOf(synthesize(topology));
      expect(describeTemplates(world, topology.system)).toEqual(describeTopology(topology));
      routesAlike(world, model, topology, spec.payloads);
      note(topology);
    }),
    { numRuns: 30, endOnFailure: true },
  );
  // Whatever the seed, it has seen enough of everything.
  expect(seen.topologies).toBeGreaterThan(15);
  expect([...seen.routes.keys()].sort()).toEqual(['eventbridge', 'eventbridge-sns', 'sns', 'sqs']);
  expect(seen.outside.size).toBeGreaterThan(2);
  for (const count of [seen.filtered, seen.received, seen.missed]) expect(count).toBeGreaterThan(25);
  expect(seen.events).toBeGreaterThan(300);
});

function routesAlike(world: World, model: EventModel, topology: Topology, payloads: SpecCase['payloads']): void {
  for (const { name, channel } of model.catalog.events) {
    for (const payload of payloads[name] ?? []) {
      const published = readPublished({ event: name, channel, payload }, model.catalog);
      const matched = new Set(
        routeRows(toTopology(model), published).flatMap((row) => (row.matched ? [row.operation] : [])),
      );
      const copies = ({ routes }: { readonly routes: readonly Pick<Route, 'operation'>[] }) =>
        routes.filter(({ operation }) => matched.has(operation));
      const expected = [
        ...topology.consumers.flatMap((consumer) => copies(consumer).map(() => consumer.handler)),
        ...(topology.subscribers ?? []).flatMap((subscriber) =>
          copies(subscriber).map(() => `${topology.system}-${subscriber.service} ${subscriber.delivery.type}`),
        ),
      ];
      const entrance = topology.destinations.find(({ key }) => key === published.destination);
      const arrivals = simulate(world, arnOf(world, entrance?.name), published);
      const found = arrivals.flatMap((arrival) => whereItEnds(world, arrival));
      expect(found.sort(), JSON.stringify({ name, channel, payload })).toEqual(expected.sort());
      seen.events++;
      seen.received += found.length;
      seen.missed += topology.consumers.length - new Set(found).size;
    }
  }
}

/** The handler, or stack and type of another delivery. Nothing for the queue of a channel that nobody reads. */
function whereItEnds(world: World, { arn, resource, via }: Arrival): readonly string[] {
  if (resource?.type === 'AWS::Lambda::Function')
    return [String(resource.properties.Handler).replace(/\.handler$/, '')];
  if (via === undefined) return [];
  const type = String(typeAt(world, arn, via.properties.Protocol));
  seen.outside.add(type);
  return [`${via.stack} ${type}`];
}

function arnOf(world: World, name: string | undefined): string {
  const found = world.all.find(({ properties }) =>
    [properties.Name, properties.TopicName, properties.QueueName].includes(name),
  );
  return String(found?.arn);
}

function note({ consumers, subscribers = [] }: Topology): void {
  seen.topologies++;
  for (const route of [...consumers, ...subscribers].flatMap(({ routes }): readonly Route[] => routes)) {
    seen.routes.set(route.kind, (seen.routes.get(route.kind) ?? 0) + 1);
    const { eventPattern, filterPolicy, mappingFilter } = {
      eventPattern: null,
      filterPolicy: null,
      mappingFilter: null,
      ...route,
    };
    if (filterPolicy !== null || mappingFilter !== null || eventPattern?.detail !== undefined) seen.filtered++;
  }
}
