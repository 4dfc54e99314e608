import type { Topology } from '@eventloom/engine';
import type { EventModel } from './event-model.ts';
import { sortBy } from './order.ts';

/** Returns the wiring alone: what ships with the generated code. */
export function toTopology({ system }: EventModel): Topology {
  const consumers = system.services.flatMap((service) => service.consumers.map(({ wiring }) => wiring));
  const subscribers = system.services.flatMap((service) => service.subscribers.map(({ wiring }) => wiring));
  const ingresses = system.services.flatMap((service) => service.ingresses.map(({ wiring }) => wiring));
  return {
    system: system.name,
    destinations: system.destinations,
    services: system.services.map(({ wiring }) => wiring),
    consumers: sortBy(consumers, ({ key }) => key),
    ...(subscribers.length === 0 ? {} : { subscribers: sortBy(subscribers, ({ key }) => key) }),
    ...(ingresses.length === 0 ? {} : { ingresses: sortBy(ingresses, ({ operation }) => operation) }),
    ...(system.infrastructure === undefined ? {} : { infrastructure: system.infrastructure }),
    ...(system.claimBucket === undefined ? {} : { claimBucket: system.claimBucket }),
  };
}
