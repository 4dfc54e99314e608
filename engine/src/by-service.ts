/** What stands in a list of a topology, by the service it belongs to. */
type Index = ReadonlyMap<string, readonly unknown[]>;

/** Topologies never change, and each stack of a system asks for its own part of them. */
const indexes = new WeakMap<readonly unknown[], Index>();

/** Returns those of a list of a topology that belong to a service, in their order. */
export function ofService<Item extends { readonly service: string }>(
  items: readonly Item[] | undefined,
  service: string,
): readonly Item[] {
  if (items === undefined) return [];
  const index = indexes.get(items) ?? indexOf(items);
  return (index.get(service) ?? []) as readonly Item[];
}

function indexOf(items: readonly { readonly service: string }[]): Index {
  const index = new Map<string, unknown[]>();
  for (const item of items) {
    const own = index.get(item.service);
    if (own === undefined) index.set(item.service, [item]);
    else own.push(item);
  }
  indexes.set(items, index);
  return index;
}
