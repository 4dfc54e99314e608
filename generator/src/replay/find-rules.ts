import type { BusDestination, Consumer, EventBridgeRoute, Route, Topology } from '@eventloom/engine';
import { UsageError } from '../usage-error.ts';
import type { ListedRule } from './aws.ts';

/** Whom a replay is for. */
export interface Receiver extends Pick<Consumer, 'key' | 'service' | 'constructId'> {
  readonly routes: readonly Route[];
}

/** Where the rules of a receiver are looked for. */
export interface RuleSearch {
  readonly topology: Topology;
  readonly bus: BusDestination;
  readonly receiver: Receiver;
  /** The `environment` that the system was deployed with; null is none. */
  readonly environment: string | null;
  /** Every rule of the bus. */
  readonly rules: readonly ListedRule[];
}

/**
 * Finds the rules that bring events from a bus to one consumer or subscriber: by the names that CloudFormation gives, else
 * by their pattern when no other rule has the same.
 * @throws {UsageError} `replay-target` when no route leads from the bus to it alone, or a rule is not found.
 */
export function findRules(search: RuleSearch): readonly ListedRule[] {
  const { bus, receiver } = search;
  const routes = receiver.routes.filter((route): route is EventBridgeRoute => route.kind === 'eventbridge');
  const own = routes.filter((route) => route.bus === bus.key);
  if (own.length === 0) throw notFed(search);
  return own.map((route) => findRule(route, search));
}

function findRule(route: EventBridgeRoute, search: RuleSearch): ListedRule {
  const { receiver, rules } = search;
  const pattern = ruleName(route, search);
  const byName = rules.filter(({ name }) => pattern.test(name));
  const wanted = canonicalPattern(JSON.stringify(route.eventPattern));
  const alike =
    byName.length === 1 ? byName : rules.filter(({ eventPattern }) => canonicalPattern(eventPattern) === wanted);
  const [rule] = alike;
  if (rule !== undefined && alike.length === 1) return rule;
  const message =
    alike.length === 0
      ? `The rule of ${receiver.key} for ${route.operation} was not found on the bus.`
      : `${alike.length} rules of the bus have the pattern of ${receiver.key} for ${route.operation}: ${alike.map(({ name }) => name).join(', ')}.`;
  throw new UsageError('replay-target', message, {
    help: 'Name it with --rule, or say with --environment how the system was deployed.',
  });
}

/**
 * `<stack>-<logical id>-<letters>`; the logical id is the path of construct ids and eight hexadecimal digits. Further
 * stacks of a service have a number.
 */
function ruleName(route: EventBridgeRoute, { topology, receiver, environment }: RuleSearch): RegExp {
  const stack = `${environment === null ? '' : `${environment}-`}${topology.system}-${receiver.service}`;
  const logicalId = `${receiver.constructId}${route.constructId}Rule`.replaceAll(/[^A-Za-z0-9]/g, '');
  return new RegExp(`^${stack}(-\\d+)?-${logicalId}[0-9A-F]{8}-\\w+$`);
}

function notFed({ receiver, bus, topology }: RuleSearch): UsageError {
  const shared = receiver.routes.find((route) => route.kind === 'eventbridge-sns' && route.bus === bus.key);
  if (shared === undefined || shared.kind !== 'eventbridge-sns') {
    return new UsageError('replay-target', `No rule of the bus ${bus.name} leads to ${receiver.key}.`);
  }
  const all = [...topology.consumers, ...(topology.subscribers ?? [])];
  const others = all.filter(({ routes }) => routes.some((route) => 'topic' in route && route.topic === shared.topic));
  const message = `${receiver.key} has no rule of its own: the rule of the topic leads to ${others.map(({ key }) => key).join(', ')}.`;
  return new UsageError('replay-target', message, { help: 'To replay to all of them, name that rule with --rule.' });
}

/** Returns the JSON text of a pattern so that patterns that say the same are the same; other text as it is. */
export function canonicalPattern(text: string): string {
  try {
    return canonical(JSON.parse(text));
  } catch {
    return text;
  }
}

/** The order of keys and of alternatives is nothing that a pattern says. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
  return `{${fields.sort().join(',')}}`;
}
