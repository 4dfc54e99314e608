import type { EventAddress, Topology } from '@eventloom/engine';
import { ConstructError } from '../construct-error.ts';
import { findService } from '../event-service.ts';

/** An event of a service, as whoever builds a workflow names it. */
export interface EventChoice {
  readonly service: string;
  readonly event: string;
  readonly source?: string | undefined;
}

/**
 * Returns where a service publishes an event: what its `send` operations, its handlers or its workflows publish.
 *
 * @throws ConstructError `unknown-service`, `unknown-event`, or `ambiguous-event` when it does so in several places.
 */
export function findAddress(topology: Topology, { service, event, source }: EventChoice): EventAddress {
  const { publishes } = findService(topology, service);
  const receiving = [...topology.consumers, ...(topology.subscribers ?? [])];
  const emits = receiving.filter((candidate) => candidate.service === service).flatMap((candidate) => candidate.emits);
  const all = distinct([...publishes, ...emits]);
  const found = all.filter(({ name, source: from }) => name === event && (source ?? from) === from);
  const [only] = found;
  if (only === undefined) throw unknownEvent(service, event, all);
  if (found.length > 1) {
    const places = found.map(({ source: from, destination }) => `${from} at ${destination}`).join(', ');
    throw new ConstructError(
      'ambiguous-event',
      `Service ${service} publishes ${event} of ${places}: say the 'source'.`,
    );
  }
  return only;
}

function distinct(addresses: readonly EventAddress[]): readonly EventAddress[] {
  const byPlace = addresses.map((address) => {
    const { name, source, destination } = address;
    return [JSON.stringify([name, source, destination]), address] as const;
  });
  return [...new Map(byPlace).values()];
}

function unknownEvent(service: string, event: string, all: readonly EventAddress[]): ConstructError {
  const known = [...new Set(all.map(({ name }) => name))].sort().join(', ');
  return new ConstructError(
    'unknown-event',
    `Service ${service} publishes no '${event}' there. It publishes: ${known || 'nothing'}. Add a send operation or x-emits.`,
  );
}
