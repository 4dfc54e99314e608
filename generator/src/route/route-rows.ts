import type { Consumer } from '@eventloom/engine';
import { judgeRoute, type RoutedDestinations, type RouteVerdict } from './judge-route.ts';
import type { Published } from './published.ts';

/** One `receive` operation's answer to an event. */
export interface RouteRow extends RouteVerdict {
  readonly operation: string;
  readonly consumer: string;
  readonly service: string;
}

/** What has to be known of a topology to route events. A topology of the model is one. */
export interface RoutedTopology extends RoutedDestinations {
  readonly consumers: readonly RoutedConsumer[];
  readonly subscribers?: readonly RoutedConsumer[];
}

type RoutedConsumer = Pick<Consumer, 'service' | 'consumer' | 'routes'>;

/** A row for every `receive` operation, sorted by its key. */
export function routeRows(topology: RoutedTopology, published: Published): readonly RouteRow[] {
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
