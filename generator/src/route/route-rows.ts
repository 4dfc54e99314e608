import type { Topology } from '@eventloom/engine';
import { judgeRoute, type RouteVerdict } from './judge-route.ts';
import type { Published } from './published.ts';

/** One `receive` operation's answer to an event. */
export interface RouteRow extends RouteVerdict {
  readonly operation: string;
  readonly consumer: string;
  readonly service: string;
}

/** A row for every `receive` operation, sorted by its key. */
export function routeRows(topology: Topology, published: Published): readonly RouteRow[] {
  return [...topology.consumers, ...(topology.subscribers ?? [])]
    .flatMap(({ consumer, service, routes }) =>
      routes.map((route) => ({
        operation: route.operation,
        consumer,
        service,
        ...judgeRoute(route, published, topology),
      })),
    )
    .sort((a, b) => (a.operation < b.operation ? -1 : 1));
}
