import type { Consumer, Service, Topology } from '@eventloom/engine';
import { parcelTopology } from './parcel-topology.ts';

/** The parcel service with consumers like `claims/openClaim` and nothing else: `count` of them, spread over `services`. */
export function manyConsumers(count: number, services: number): Topology {
  const names = Array.from({ length: services }, (_, index) => `depot-${letters(index)}`);
  return {
    ...parcelTopology,
    services: names.map((name): Service => ({ name, constructId: pascal(name), publishes: [] })),
    consumers: Array.from({ length: count }, (_, index) => consumerOf(names[index % services] ?? '', index)),
  };
}

/** A consumer of a rule and a subscription, with a queue, and what it remembers. */
export function consumerOf(service: string, index: number): Consumer {
  const model = parcelTopology.consumers.find(({ key }) => key === 'claims/openClaim');
  if (model === undefined) throw new Error('no claims/openClaim');
  const consumer = `open${pascal(letters(index))}`;
  return { ...model, key: `${service}/${consumer}`, service, consumer, constructId: pascal(consumer) };
}

/** No digits: with them a name might look like that of another stack. */
function letters(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : letters(Math.floor(index / 26) - 1) + letter;
}

function pascal(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
