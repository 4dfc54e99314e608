import type { Topology } from '@eventloom/engine';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPublished } from '../../generator/src/cli/route/published.ts';
import { routeRows } from '../../generator/src/cli/route.ts';
import type { EventModel } from '../../generator/src/model/event-model.ts';
import { toTopology } from '../../generator/src/model/to-topology.ts';
import { understand } from '../support/model-of.ts';
import { type SpecCase, type SpecDocument, specCases } from '../support/random-specs.ts';
import { describeTemplates } from './read-back/describe-templates.ts';
import { describeTopology } from './read-back/describe-topology.ts';
import { simulate } from './read-back/simulate.ts';
import { type World, worldOf } from './read-back/world.ts';
import { synthesize } from './synthesize.ts';

/** What was looked at, so that a generator of specs that says nothing is noticed. */
const seen = { topologies: 0, routes: new Map<string, number>(), filtered: 0, events: 0, received: 0, missed: 0 };

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
  expect(seen.topologies).toBeGreaterThan(20);
  expect([...seen.routes.keys()].sort()).toEqual(['eventbridge', 'eventbridge-sns', 'sns', 'sqs']);
  for (const count of [seen.filtered, seen.received, seen.missed]) expect(count).toBeGreaterThan(50);
  expect(seen.events).toBeGreaterThan(500);
});

/** A spec whose filters are not all possible loses those that are not; null when it has other mistakes. */
async function understood(document: SpecDocument): Promise<EventModel | null> {
  const { model, diagnostics } = await understand(JSON.stringify(document));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return model;
  const refused = new Set(errors.map(({ origin }) => /^\/operations\/([^/]+)\/x-filter/.exec(origin.pointer)?.[1]));
  if (refused.has(undefined)) return null;
  const operations = Object.entries(document.operations).map(([key, operation]) => {
    if (!refused.has(key)) return [key, operation] as const;
    const { 'x-filter': _filter, 'x-filter-scope': _scope, 'x-filter-unmatched': _rest, ...kept } = operation;
    return [key, kept] as const;
  });
  return understood({ ...document, operations: Object.fromEntries(operations) });
}

function routesAlike(world: World, model: EventModel, topology: Topology, payloads: SpecCase['payloads']): void {
  for (const { name, channel } of model.catalog.events) {
    for (const payload of payloads[name] ?? []) {
      const published = readPublished({ event: name, channel, payload }, model);
      const expected = topology.consumers.flatMap(({ handler, routes }) => {
        const matched = routeRows(model, published).filter(
          (row) => row.matched && routes.some(({ operation }) => operation === row.operation),
        );
        return matched.map(() => handler);
      });
      const entrance = topology.destinations.find(({ key }) => key === published.destination);
      const arrivals = simulate(world, arnOf(world, entrance?.name), published);
      // A queue that nobody reads keeps what comes.
      const functions = arrivals.filter(({ resource }) => resource?.type !== 'AWS::SQS::Queue');
      const found = functions.map(({ resource }) => String(resource?.properties.Handler).replace(/\.handler$/, ''));
      expect(found.sort(), JSON.stringify({ name, channel, payload })).toEqual(expected.sort());
      seen.events++;
      seen.received += found.length;
      seen.missed += topology.consumers.length - new Set(found).size;
    }
  }
}

function arnOf(world: World, name: string | undefined): string {
  const found = world.all.find(({ properties }) =>
    [properties.Name, properties.TopicName, properties.QueueName].includes(name),
  );
  return String(found?.arn);
}

function note({ consumers }: Topology): void {
  seen.topologies++;
  for (const route of consumers.flatMap(({ routes }) => routes)) {
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
