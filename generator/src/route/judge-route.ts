import {
  type CompiledPattern,
  compileFilterPolicy,
  compileMappingFilter,
  compilePattern,
  type Destination,
  describeMismatch,
  type EventPattern,
  explainMismatch,
  matchesFilterPolicy,
  matchesMappingFilter,
  type Route,
  type SnsRoute,
} from '@eventloom/engine';
import { InternalError } from '../internal-error.ts';
import type { Published } from './published.ts';

/** Names of destinations. A topology of the model is one. */
export interface RoutedDestinations {
  readonly destinations: readonly Pick<Destination, 'key' | 'kind' | 'name'>[];
}

/** Whether an event takes a route, and why or why not, in words. */
export interface RouteVerdict {
  readonly matched: boolean;
  readonly reason: string;
}

/** Says of an event whether it takes a route. */
export type RouteJudge = (published: Published) => RouteVerdict;

/** Follows an event along one route with the engine that local runs use. */
export function judgeRoute(route: Route, published: Published, topology: RoutedDestinations): RouteVerdict {
  return routeJudge(route, topology)(published);
}

/** Makes the judge of one route. It compiles the filters of the route when it first needs them, and once. */
export function routeJudge(route: Route, topology: RoutedDestinations): RouteJudge {
  const entrance = entranceOf(route);
  const judgeDelivery = once(() => deliveryJudge(route));
  const handlerPattern = once(() => compiled(compilePattern(route.handlerFilter)));
  return (published) => {
    const { destination, problem } = published;
    if (destination !== null && destination !== entrance) {
      return no(`listens to ${named(entrance, topology)}; the event goes to ${named(destination, topology)}`);
    }
    if (destination === null && problem !== '') return no(problem);
    const delivered = judgeDelivery()(published);
    return delivered.matched && route.handlerFilter !== undefined
      ? judgeHandlerFilter(handlerPattern(), delivered, published)
      : delivered;
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** What the route lets through, the handler of `x-filter-rest` may still leave alone. */
function judgeHandlerFilter(filter: CompiledPattern, delivered: RouteVerdict, { payload }: Published): RouteVerdict {
  return verdict(
    `${delivered.reason}, and so does the filter in its handler`,
    'the filter in its handler does not match',
    explain(filter, payload),
  );
}

function deliveryJudge(route: Route): RouteJudge {
  switch (route.kind) {
    case 'eventbridge':
      return patternJudge(route.eventPattern);
    case 'eventbridge-sns':
      return fanOutJudge(route);
    case 'sns':
      return subscriptionJudge(route);
    case 'sqs':
      return mappingJudge(route.mappingFilter);
    default:
      return route satisfies never;
  }
}

function entranceOf(route: Route): string {
  switch (route.kind) {
    case 'eventbridge':
    case 'eventbridge-sns':
      return route.bus;
    case 'sns':
      return route.topic;
    case 'sqs':
      return route.queue;
    default:
      return route satisfies never;
  }
}

function patternJudge(eventPattern: EventPattern): RouteJudge {
  const pattern = compiled(compilePattern(eventPattern));
  return ({ envelope }) => verdict('its rule matches', 'its rule does not match', explain(pattern, envelope));
}

const all = 'its subscription takes everything of the topic';

function fanOutJudge({ eventPattern, filterPolicy }: Extract<Route, { kind: 'eventbridge-sns' }>): RouteJudge {
  const judgeRule = patternJudge(eventPattern);
  const policy = filterPolicy === null ? null : compiled(compilePolicy(filterPolicy, 'MessageBody'));
  return (published) => {
    const rule = judgeRule(published);
    if (!rule.matched) return no(rule.reason.replace('its rule', 'the rule of the channel'));
    if (policy === null) return yes(all);
    return verdict('its subscription matches', 'its subscription does not match', explain(policy, published.envelope));
  };
}

function subscriptionJudge({ filterPolicy, filterPolicyScope }: SnsRoute): RouteJudge {
  if (filterPolicy === null) return () => yes(all);
  const result = compileFilterPolicy(filterPolicy, filterPolicyScope);
  if (!result.ok) throw uncompiled(result.errors);
  const { policy } = result;
  return ({ message, payload }) => {
    if (matchesFilterPolicy(policy, message)) return yes('its subscription matches');
    const seen = filterPolicyScope === 'MessageBody' ? payload : attributeValues(message);
    return no(`its subscription does not match: ${explain(policy.pattern, seen) ?? 'the message is no JSON object'}`);
  };
}

function mappingJudge(mappingFilter: EventPattern | null): RouteJudge {
  if (mappingFilter === null) return () => yes('it takes everything of the queue');
  const result = compileMappingFilter(mappingFilter);
  if (!result.ok) throw uncompiled(result.errors);
  const { filter } = result;
  return ({ message, payload }) => {
    if (matchesMappingFilter(filter, message)) return yes('its filter matches');
    const why = explain(filter.pattern, { body: payload }) ?? 'the body is not what it compares';
    return no(`its filter does not match, and deletes the message: ${why}`);
  };
}

/** Attributes as a reader sees them: numbers as numbers, lists as lists. */
function attributeValues({ attributes }: Published['message']): Readonly<Record<string, unknown>> {
  const values = [...attributes].map(([name, { dataType, stringValue }]) => {
    return [name, dataType === 'String' || stringValue === null ? stringValue : parsed(stringValue)] as const;
  });
  return Object.fromEntries(values);
}

/** An invalid event may have anything in an attribute. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function compilePolicy(policy: EventPattern, scope: 'MessageBody'): Parameters<typeof compiled>[0] {
  const result = compileFilterPolicy(policy, scope);
  return result.ok ? { ok: true, pattern: result.policy.pattern } : result;
}

/** The model holds only filters that compile. */
function compiled(
  result:
    | { readonly ok: true; readonly pattern: CompiledPattern }
    | { readonly ok: false; readonly errors: readonly { readonly message: string }[] },
): CompiledPattern {
  if (result.ok) return result.pattern;
  throw uncompiled(result.errors);
}

function uncompiled(errors: readonly { readonly message: string }[]): InternalError {
  return new InternalError(
    `A filter of the model does not compile: ${errors.map(({ message }) => message).join('; ')}`,
  );
}

function explain(pattern: CompiledPattern, event: unknown): string | null {
  const mismatch = explainMismatch(pattern, event);
  return mismatch === null ? null : describeMismatch(mismatch);
}

function verdict(matching: string, failing: string, why: string | null): RouteVerdict {
  return why === null ? yes(matching) : no(`${failing}: ${why}`);
}

const yes = (reason: string): RouteVerdict => ({ matched: true, reason });
const no = (reason: string): RouteVerdict => ({ matched: false, reason });

function named(key: string, { destinations }: RoutedDestinations): string {
  const destination = destinations.find((candidate) => candidate.key === key);
  return destination === undefined ? key : `${destination.kind} ${destination.name}`;
}
