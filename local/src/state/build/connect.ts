import type { Route, TopicDestination, Topology } from '@eventloom/engine';
import { connectMapping } from '../mapping.ts';
import { arn } from '../names.ts';
import type { Bus, LambdaFunction, World } from '../world.ts';
import { patternOf, policyOf } from './patterns.ts';
import { byKey, type Outlet } from './site.ts';

/** Connects buses, topics and queues to the functions of the consumers. */
export function connectResources(world: World, topology: Topology, outlets: readonly Outlet[]): void {
  for (const destination of topology.destinations) {
    if (destination.kind === 'topic') connectFeed(world, destination);
  }
  for (const [index, target] of world.functions.entries()) {
    const outlet = outlets[index];
    if (outlet === undefined) continue;
    for (const route of target.consumer.routes) connectRoute(world, target, outlet, route);
    connectQueues(world, target, outlet);
  }
}

function connectQueues(world: World, target: LambdaFunction, { sources }: Outlet): void {
  const { delivery } = target.consumer;
  if (delivery.type !== 'queue') return;
  const { batchSize, batchingWindowSeconds, maxConcurrency } = delivery;
  for (const { queue, filter } of sources) {
    connectMapping(world, queue, target, { batchSize, batchingWindowSeconds, maxConcurrency, filter });
  }
}

function connectFeed(world: World, { key, name, fedBy }: TopicDestination): void {
  if (fedBy === null) return;
  const bus = byKey(world.buses, fedBy.bus);
  const topic = byKey(world.topics, key);
  const pattern = patternOf(`topic ${name}`, fedBy.eventPattern);
  bus.rules.push({ name, arn: ruleArn(world, bus, name), pattern, target: { kind: 'topic', topic } });
}

function connectRoute(world: World, target: LambdaFunction, outlet: Outlet, route: Route): void {
  const own = outlet.sources.find(({ queue }) => queue.key === null)?.queue;
  const end =
    own === undefined ? ({ kind: 'function', function: target } as const) : ({ kind: 'queue', queue: own } as const);
  const { key } = target.consumer;
  switch (route.kind) {
    case 'eventbridge': {
      const bus = byKey(world.buses, route.bus);
      const name = `${key}/${route.operation}`.replaceAll('/', '-');
      bus.rules.push({
        name,
        arn: ruleArn(world, bus, name),
        pattern: patternOf(key, route.eventPattern),
        target: end,
      });
      return;
    }
    case 'eventbridge-sns':
    case 'sns': {
      const topic = byKey(world.topics, route.topic);
      const policy = policyOf(key, route.filterPolicy, route.filterPolicyScope);
      topic.subscriptions.push({
        arn: `${topic.arn}:${key.replaceAll('/', '-')}-${route.operation}`,
        policy,
        target: end,
      });
      return;
    }
    case 'sqs':
      return;
    default:
      route satisfies never;
  }
}

function ruleArn({ location }: World, bus: Bus, name: string): string {
  return arn(location, 'events', `rule/${bus.name}/${name}`);
}
