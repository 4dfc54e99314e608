import type { Topology } from '@eventloom/engine';
import type { Table } from '../../dynamodb/table.ts';
import type { Bucket } from '../bucket.ts';
import type { Location } from '../names.ts';
import type { Bus, LambdaFunction, Queue, Topic } from '../world.ts';

/** The resources of a world while they are made. */
export interface Site {
  readonly topology: Topology;
  readonly location: Location;
  readonly buses: Map<string, Bus>;
  readonly topics: Map<string, Topic>;
  readonly queues: Map<string, Queue>;
  readonly tables: Map<string, Table>;
  readonly buckets: Map<string, Bucket>;
}

/** A consumer's function before it can be invoked. */
export type Outlet = Omit<LambdaFunction, 'invoke'>;

/** Finds a bus, a topic or a queue by the key of its destination. */
export function byKey<T extends { readonly key: string | null }>(resources: ReadonlyMap<string, T>, key: string): T {
  for (const resource of resources.values()) if (resource.key === key) return resource;
  throw new Error(`The topology names ${key}, which is not among its destinations`);
}
