/** Compares by code unit, the only order of lists in the model and in output. */
export function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Returns a sorted copy, by the code units of a key. Equal keys keep their order. */
export function sortBy<T>(items: Iterable<T>, key: (item: T) => string): T[] {
  return [...items].sort((left, right) => byCodeUnit(key(left), key(right)));
}

/** Compares events by (source, name). */
export function byAddress(left: Address, right: Address): number {
  return byCodeUnit(left.source, right.source) || byCodeUnit(left.name, right.name);
}

/** Returns one text for an event's identity (name, source). */
export function addressKey(event: Address): string {
  return `[${JSON.stringify(event.source)},${JSON.stringify(event.name)}]`;
}

/** Returns the events sorted by (source, name), each once. */
export function uniqueAddresses<T extends Address>(events: Iterable<T>): T[] {
  return [...new Map([...events].map((event) => [addressKey(event), event])).values()].sort(byAddress);
}

interface Address {
  readonly name: string;
  readonly source: string;
}
