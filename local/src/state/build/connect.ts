import {
  type CompiledPattern,
  compileRuleSet,
  limits,
  type Route,
  type RuleOfSet,
  type TopicDestination,
  type Topology,
} from '@eventloom/engine';
import { connectMapping } from '../mapping.ts';
import { arn } from '../names.ts';
import type { Bus, LambdaFunction, QueueSource, Rule, Subscription, World } from '../world.ts';
import { patternOf, policyOf } from './patterns.ts';
import { byKey, type Outlet } from './site.ts';
import { endsOf } from './subscribers.ts';

/** Connects buses, topics and queues to the functions of the consumers and to what subscribers deliver to. */
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
  if (target.end?.isPlayed)
    for (const { queue, filter } of sources) connectMapping(world, queue, target, reader(filter));
  if (delivery.type !== 'queue') return;
  const { batchSize, batchingWindowSeconds, maxConcurrency } = delivery;
  for (const { queue, filter } of sources) {
    connectMapping(world, queue, target, { batchSize, batchingWindowSeconds, maxConcurrency, filter });
  }
}

/** What reads a queue for the function that plays its reader. */
function reader(filter: QueueSource['filter']): Parameters<typeof connectMapping>[3] {
  return { batchSize: limits.receiveMessages.value, batchingWindowSeconds: 0, maxConcurrency: null, filter };
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
  const ends = endsFor(target, outlet);
  const { key } = target.consumer;
  switch (route.kind) {
    case 'eventbridge': {
      const bus = byKey(world.buses, route.bus);
      const name = `${key}/${route.operation}`.replaceAll('/', '-');
      const pattern = patternOf(key, route.eventPattern);
      for (const end of ends) addRule(site, bus, { name, pattern, target: end });
      return;
    }
    case 'eventbridge-sns':
    case 'sns': {
      const topic = byKey(world.topics, route.topic);
      const policy = policyOf(key, route.filterPolicy, route.filterPolicyScope);
      const arn = `${topic.arn}:${key.replaceAll('/', '-')}-${route.operation}`;
      topic.subscriptions.push(...ends.map((end) => ({ arn, policy, target: end })));
      return;
    }
    case 'sqs':
      return;
    default:
      route satisfies never;
  }
}

function endsFor(target: LambdaFunction, { sources }: Outlet): readonly Subscription['target'][] {
  const own = sources.find(({ queue }) => queue.key === null)?.queue;
  if (own !== undefined) return [{ kind: 'queue', queue: own }];
  if (target.end !== undefined) return endsOf(target, target.end.subscriber);
  return [{ kind: 'function', function: target }];
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
