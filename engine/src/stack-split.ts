import type { Watchable } from './alarm-plan.ts';
import { ofService } from './by-service.ts';
import { type Part, splitByHash } from './hash-split.ts';
import { limits } from './limits.ts';
import {
  alarmResources,
  consumerResources,
  partResources,
  sharedResources,
  subscriberResources,
  watchablesByKey,
} from './stack-resources.ts';
import type { Subscriber } from './subscriber.ts';
import type { Consumer, Service, Topology } from './topology.ts';

/** One of the stacks of a service. */
export interface StackPart {
  /** 0 for the first, which also holds the table, the outbox and the ingresses of the service. */
  readonly number: number;
  /** What follows the name of the system in that of the stack: `fraud`, `fraud-1`. */
  readonly name: string;
  /** Sorted by key, like the next. */
  readonly consumers: readonly Consumer[];
  readonly subscribers: readonly Subscriber[];
  /** Resources at most, in any environment. */
  readonly resources: number;
}

/**
 * Returns the stacks of a service, sorted by number: one, unless it would have more resources than CloudFormation takes.
 *
 * A stack that grows past that gives away about half of its consumers, by the next bit of a hash of their keys; those
 * that stay keep their stack and their logical ids, and no other stack changes. What counts are upper bounds that no
 * setting changes, so that all environments are split alike.
 */
export function splitService(topology: Topology, service: Service): readonly StackPart[] {
  const known = split.get(topology) ?? new Map<Service, readonly StackPart[]>();
  if (known.size === 0) split.set(topology, known);
  const parts = known.get(service) ?? partsOf(topology, service);
  known.set(service, parts);
  return parts;
}

/** Topologies never change, and many ask. */
const split = new WeakMap<Topology, Map<Service, readonly StackPart[]>>();

function partsOf(topology: Topology, service: Service): readonly StackPart[] {
  const all = itemsOf(topology, service);
  const room = roomOf(topology, service, all);
  const parts = splitByHash(all, {
    keyOf: ({ key }) => key,
    fits: (items, number) => room.resources(items, number) < limits.stackResources.value,
  });
  return parts.map(({ number, items }: Part<Item>) => ({
    number,
    name: number === 0 ? service.name : `${service.name}-${number}`,
    consumers: items.flatMap(({ consumer }) => consumer ?? []),
    subscribers: items.flatMap(({ subscriber }) => subscriber ?? []),
    resources: room.resources(items, number),
  }));
}

/** Returns the number of the stack that has to be there before another one of its service gives it its consumers. */
export function splitFrom(number: number): number {
  return number - 2 ** Math.floor(Math.log2(number));
}

/** Returns names of stacks of services, after that of the system, that two stacks would have: `fraud-1` is a name too. */
export function repeatedStackNames(topology: Topology): readonly string[] {
  // Only a name with a number at its end can be that of the second stack of another service.
  const numbered = new Set(topology.services.map(({ name }) => name).filter((name) => /-\d+$/.test(name)));
  if (numbered.size === 0) return [];
  const further = topology.services.flatMap((service) => splitService(topology, service).slice(1));
  return further
    .map(({ name }) => name)
    .filter((name) => numbered.has(name))
    .sort();
}

interface Item {
  readonly key: string;
  readonly consumer?: Consumer;
  readonly subscriber?: Subscriber;
  readonly resources: number;
}

function itemsOf({ consumers, subscribers }: Topology, { name }: Service): readonly Item[] {
  const items: Item[] = [
    ...ofService(consumers, name).map((consumer) => ({
      key: consumer.key,
      consumer,
      resources: consumerResources(consumer),
    })),
    ...ofService(subscribers, name).map((subscriber) => ({
      key: subscriber.key,
      subscriber,
      resources: subscriberResources(subscriber),
    })),
  ];
  return items.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function roomOf(topology: Topology, service: Service, items: readonly Item[]) {
  const watchables = watchablesByKey(topology, service);
  const keys = new Set(items.map(({ key }) => key));
  // What is no item stays in the first stack: ingresses and the relay.
  const resident = [...watchables.values()].filter(({ key }) => !keys.has(key));
  const ingresses = ofService(topology.ingresses, service.name);
  const shared = sharedResources(service, ingresses);
  return {
    resources(parts: readonly Item[], number: number): number {
      const own = parts.flatMap(({ key }): readonly Watchable[] => {
        const watchable = watchables.get(key);
        return watchable === undefined ? [] : [watchable];
      });
      const first = number === 0;
      const watched = first ? [...own, ...resident] : own;
      const resources = parts.reduce((total, part) => total + part.resources, partResources + alarmResources(watched));
      return first ? resources + shared : resources;
    },
  };
}
