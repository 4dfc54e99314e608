import { splitService, type Topology } from '@eventloom/engine';

/** Topologies never change, and each page of a site asks for its own part of them. */
const known = new WeakMap<Topology, ReadonlyMap<string, string>>();

/** Name of the stack that holds a consumer or subscriber, without the environment in front: `shop-fraud`, `shop-fraud-1`. */
export function stackOf(topology: Topology, key: string): string {
  const found = known.get(topology) ?? stacksOf(topology);
  known.set(topology, found);
  return found.get(key) ?? topology.system;
}

function stacksOf(topology: Topology): ReadonlyMap<string, string> {
  return new Map(
    topology.services.flatMap((service) =>
      splitService(topology, service).flatMap(({ name, consumers, subscribers }) =>
        [...consumers, ...subscribers].map(({ key }): [string, string] => [key, `${topology.system}-${name}`]),
      ),
    ),
  );
}
