import {
  type CompiledPattern,
  compileRuleSet,
  type Route,
  type RuleOfSet,
  type TopicDestination,
  type Topology,
} from '@eventloom/engine';
import { connectMapping } from '../mapping.ts';
import { arn } from '../names.ts';
import type { Bus, LambdaFunction, Rule, World } from '../world.ts';
import { patternOf, policyOf } from './patterns.ts';
import { byKey, type Outlet } from './site.ts';

/** Connects buses, topics and queues to the functions of the consumers. */
export function connectResources(world: World, topology: Topology, outlets: readonly Outlet[]): void {
  const site: ConnectionSite = { world, rules: new Map() };
  for (const destination of topology.destinations) {
    if (destination.kind === 'topic') connectFeed(site, destination);
  }
  for (const [index, target] of world.functions.entries()) {
    const outlet = outlets[index];
    if (outlet === undefined) continue;
    for (const route of target.consumer.routes) connectRoute(site, target, outlet, route);
    connectQueues(world, target, outlet);
  }
  for (const [bus, rules] of site.rules) bus.rules = compileRuleSet(rules);
}

interface ConnectionSite {
  readonly world: World;
  /** The rules of each bus so far. */
  readonly rules: Map<Bus, RuleOfSet<Rule>[]>;
}

function connectQueues(world: World, target: LambdaFunction, { sources }: Outlet): void {
  const { delivery } = target.consumer;
  if (delivery.type !== 'queue') return;
  const { batchSize, batchingWindowSeconds, maxConcurrency } = delivery;
  for (const { queue, filter } of sources) {
    connectMapping(world, queue, target, { batchSize, batchingWindowSeconds, maxConcurrency, filter });
  }
}

function connectFeed(site: ConnectionSite, { key, name, fedBy }: TopicDestination): void {
  if (fedBy === null) return;
  const topic = byKey(site.world.topics, key);
  const bus = byKey(site.world.buses, fedBy.bus);
  const pattern = patternOf(`topic ${name}`, fedBy.eventPattern);
  addRule(site, bus, { name, pattern, target: { kind: 'topic', topic } });
}

function connectRoute(site: ConnectionSite, target: LambdaFunction, outlet: Outlet, route: Route): void {
  const { world } = site;
  const own = outlet.sources.find(({ queue }) => queue.key === null)?.queue;
  const end =
    own === undefined ? ({ kind: 'function', function: target } as const) : ({ kind: 'queue', queue: own } as const);
  const { key } = target.consumer;
  switch (route.kind) {
    case 'eventbridge': {
      const bus = byKey(world.buses, route.bus);
      const name = `${key}/${route.operation}`.replaceAll('/', '-');
      addRule(site, bus, { name, pattern: patternOf(key, route.eventPattern), target: end });
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

interface NewRule {
  readonly name: string;
  readonly pattern: CompiledPattern;
  readonly target: Rule['target'];
}

function addRule({ world, rules }: ConnectionSite, bus: Bus, { name, pattern, target }: NewRule): void {
  const ofBus = rules.get(bus) ?? [];
  rules.set(bus, ofBus);
  ofBus.push({ id: { name, arn: ruleArn(world, bus, name), target }, pattern });
}

function ruleArn({ location }: World, bus: Bus, name: string): string {
  return arn(location, 'events', `rule/${bus.name}/${name}`);
}
