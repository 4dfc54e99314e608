import type { Topology } from '@eventloom/engine';
import type { Location } from '../names.ts';
import type { Bus, LambdaFunction, MappingFilter, Queue, Topic } from '../world.ts';

/** The resources of a world while they are made. */
export interface Site {
  readonly topology: Topology;
  readonly location: Location;
  readonly buses: Map<string, Bus>;
  readonly topics: Map<string, Topic>;
  readonly queues: Map<string, Queue>;
}

/** A consumer's function before it can be invoked, with the queues that feed it. */
export interface Outlet extends Omit<LambdaFunction, 'invoke'> {
  readonly sources: readonly { readonly queue: Queue; readonly filter: MappingFilter }[];
}

/** Finds a bus, a topic or a queue by the key of its destination. */
export function byKey<T extends { readonly key: string | null }>(resources: ReadonlyMap<string, T>, key: string): T {
  for (const resource of resources.values()) if (resource.key === key) return resource;
  throw new Error(`The topology names ${key}, which is not among its destinations`);
}
