import { type Consumer, claimBucketVariable, type Topology, tableVariable } from '@eventloom/engine';
import type { Table } from '../../dynamodb/table.ts';
import { arn, claimBucketName, tableName } from '../names.ts';
import type { Site } from './site.ts';

/** What makes a table. */
export type TableSettings = Pick<Table, 'name'> & Partial<Omit<Table, 'name' | 'arn' | 'partitions'>>;

/** Makes a table with the partition key `id`, of text, unless the settings say otherwise. */
export function addTable({ tables, location }: Site, settings: TableSettings): Table {
  const { name } = settings;
  if (tables.has(name)) throw new Error(`Two tables of this system would be called ${name}`);
  const table: Table = {
    partitionKey: { name: 'id', type: 'S' },
    sortKey: null,
    timeToLive: null,
    service: null,
    stream: null,
    ...settings,
    arn: arn(location, 'dynamodb', `table/${name}`),
    partitions: new Map(),
  };
  tables.set(name, table);
  return table;
}

/** Makes the table of each service whose handlers remember something, and the bucket for claims if there are any. */
export function addStores(site: Site): void {
  const { topology, buckets } = site;
  for (const { name } of topology.services) {
    if (!hasTable(topology, name)) continue;
    addTable(site, { name: tableName(topology.system, name), service: name, timeToLive: 'expiration' });
  }
  const bucket = claimBucketName(topology.system);
  if (hasClaims(topology)) buckets.set(bucket, { name: bucket, objects: new Map() });
}

/** The environment variables of what a service stores: its table, and the bucket for claims. */
export function storeEnvironment(topology: Topology, service: string): Record<string, string> {
  return {
    ...(hasTable(topology, service) ? { [tableVariable]: tableName(topology.system, service) } : {}),
    ...claimEnvironment(topology),
  };
}

/** The environment variable of the bucket for claims, if there is one. */
export function claimEnvironment(topology: Topology): Record<string, string> {
  return hasClaims(topology) ? { [claimBucketVariable]: claimBucketName(topology.system) } : {};
}

function hasTable({ consumers }: Topology, service: string): boolean {
  return consumers.some((consumer) => consumer.service === service && remembers(consumer));
}

function remembers({ idempotency, gather, downstreams = [] }: Consumer): boolean {
  return idempotency !== null || gather !== undefined || downstreams.length > 0;
}

function hasClaims({ services, consumers }: Topology): boolean {
  const addresses = [...services.flatMap(({ publishes }) => publishes), ...consumers.flatMap(({ emits }) => emits)];
  return (
    addresses.some(({ claimCheck }) => claimCheck !== undefined) || consumers.some(({ claims }) => claims === true)
  );
}
