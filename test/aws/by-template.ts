import { readPublished } from '../../generator/src/route/published.ts';
import type { Deployed } from '../infra/read-back/resolve.ts';
import { simulate } from '../infra/read-back/simulate.ts';
import { type World, worldOf } from '../infra/read-back/world.ts';
import type { Verdict } from './compare.ts';
import type { Domain } from './domain.ts';
import type { ProbeEvent } from './events.ts';
import { type Copies, expectedCopies } from './expect.ts';
import type { Plan } from './stacks.ts';

/**
 * Judges every consumer without an emulator: events follow the rules, subscriptions, mappings and policies of the
 * synthesized templates, evaluated by the engine, and must end at the functions that `route` names.
 */
export function judgeByTemplate(domain: Domain, plan: Plan, events: readonly ProbeEvent[]): readonly Verdict[] {
  const world = worldOf(plan.templates);
  const cases = events.map((event) => ({
    event,
    expected: expectedCopies(domain, event),
    found: arrivals(domain, plan, world, event),
  }));
  return plan.lookouts.map(({ consumer: { key } }) => ({
    consumer: key,
    expected: sum(cases.map(({ expected }) => expected.get(key))),
    received: sum(cases.map(({ found }) => found.get(key))),
    faults: cases.flatMap(({ event, expected, found }) => {
      const [wanted, got] = [expected.get(key) ?? 0, found.get(key) ?? 0];
      return wanted === got ? [] : [`${got} instead of ${wanted} of ${event.name} ${JSON.stringify(event.payload)}`];
    }),
  }));
}

/** How often each consumer's function is called. */
function arrivals(domain: Domain, plan: Plan, world: World, { name, channel, payload }: ProbeEvent): Copies {
  const published = readPublished({ event: name, channel, payload }, domain.model.catalog);
  const address = plan.destinations.get(published.destination ?? '');
  const entrance = world.all.find(({ stack, id }) => stack === address?.stack && id === address.logicalId);
  const copies = new Map<string, number>();
  for (const { resource } of simulate(world, String(entrance?.arn), published)) {
    const key = resource === undefined ? undefined : keyOf(domain, plan, resource);
    if (key !== undefined) copies.set(key, (copies.get(key) ?? 0) + 1);
  }
  return copies;
}

/** Whose function or queue it is; undefined for the queue of a channel that nobody reads. */
function keyOf(domain: Domain, { lookouts }: Plan, { stack, id, properties }: Deployed): string | undefined {
  const handler = String(properties.Handler).replace(/\.handler$/, '');
  const consumer = domain.topology.consumers.find((one) => one.handler === handler);
  const waiting = lookouts.find(({ queue }) => 'stack' in queue && queue.stack === stack && queue.logicalId === id);
  return consumer?.key ?? waiting?.consumer.key;
}

function sum(counts: readonly (number | undefined)[]): number {
  return counts.reduce((all: number, count = 0) => all + count, 0);
}
