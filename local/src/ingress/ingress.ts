import type { ScheduleIngress } from '@eventloom/engine';
import type { LocalSystemOptions } from '../options.ts';
import type { Site } from '../state/build/site.ts';
import type { World } from '../state/world.ts';
import type { CallHandler } from '../wire/call.ts';
import { type Api, createApi } from './api.ts';
import { addPipe, type IngressPlace } from './pipes.ts';
import { createSchedules, type Schedules } from './schedules.ts';
import { createSender } from './sender.ts';

/** What AWS publishes by itself, in this process. */
export interface LocalIngress {
  readonly request: Api;
  readonly schedules: Schedules;
  /** Where an ingress of type `queue` or `table` is fed. Throws when there is none of that operation. */
  place(operation: string): IngressPlace;
}

/** Makes the APIs, schedules and pipes of a topology. */
export function createIngress(
  site: Site,
  world: World,
  { options, serve }: { readonly options: LocalSystemOptions; readonly serve: CallHandler },
): LocalIngress {
  const { topology, handlers, apiKeys = ['local'] } = options;
  const send = createSender(world, topology, serve);
  const ingresses = topology.ingresses ?? [];
  const places = new Map<string, IngressPlace>();
  for (const ingress of ingresses) {
    if (ingress.kind === 'queue' || ingress.kind === 'table') {
      places.set(ingress.operation, addPipe(site, world, { ingress, send }));
    }
  }
  const schedules = ingresses.filter((ingress): ingress is ScheduleIngress => ingress.kind === 'schedule');
  return {
    request: createApi({ world, topology, handlers, apiKeys }, send),
    schedules: createSchedules(world, schedules, send),
    place: (operation) => {
      const place = places.get(operation);
      if (place !== undefined) return place;
      const known = [...places.keys()].join(', ') || 'none';
      throw new Error(`No ingress of type queue or table is called ${operation}. There are: ${known}`);
    },
  };
}
