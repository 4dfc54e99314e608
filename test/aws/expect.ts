import type { Route } from '@eventloom/engine';
import { judgeRoute } from '../../generator/src/route/judge-route.ts';
import { type Published, readPublished } from '../../generator/src/route/published.ts';
import { routeRows } from '../../generator/src/route/route-rows.ts';
import type { Domain } from './domain.ts';
import type { ProbeEvent } from './events.ts';

/** How many copies of an event each consumer (or operation) gets, by its key; who gets none is not there. */
export type Copies = ReadonlyMap<string, number>;

/**
 * Asks `eventloom route` who receives an event. A consumer with several operations gets a copy by each that matches.
 * Where a handler filters further (`x-filter-rest: handler`), what comes to it is asked, not what it makes of it.
 */
export function expectedCopies(domain: Domain, event: ProbeEvent): Copies {
  const matched = expectedByOperation(domain, event);
  const { consumers, subscribers = [] } = domain.topology;
  const counts = [...consumers, ...subscribers].map(({ key, routes }) => {
    return [key, routes.filter(({ operation }) => matched.has(operation)).length] as const;
  });
  return new Map(counts.filter(([, count]) => count > 0));
}

/** The same for each `receive` operation, of which an event takes one or none. */
export function expectedByOperation({ model, topology }: Domain, { name, channel, payload }: ProbeEvent): Copies {
  const published = readPublished({ event: name, channel, payload }, model.catalog);
  const rows = new Map(routeRows(topology, published).map((row) => [row.operation, row.matched]));
  const matched = [...topology.consumers, ...(topology.subscribers ?? [])]
    .flatMap(({ routes }): readonly Route[] => routes)
    .filter((route) => {
      if (route.handlerFilter === undefined) return rows.get(route.operation) === true;
      return reachesHandler(route, published, topology);
    });
  return new Map(matched.map(({ operation }) => [operation, 1]));
}

function reachesHandler(
  { handlerFilter: _, ...route }: Route,
  published: Published,
  topology: Domain['topology'],
): boolean {
  return judgeRoute(route as Route, published, topology).matched;
}
