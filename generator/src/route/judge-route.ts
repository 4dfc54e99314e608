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

/** Follows an event along one route with the engine that local runs use. */
export function judgeRoute(route: Route, published: Published, topology: RoutedDestinations): RouteVerdict {
  const entrance = entranceOf(route);
  if (published.destination !== null && published.destination !== entrance) {
    return no(`listens to ${named(entrance, topology)}; the event goes to ${named(published.destination, topology)}`);
  }
  if (published.destination === null && published.problem !== '') return no(published.problem);
  const delivered = judgeDelivery(route, published);
  return delivered.matched && route.handlerFilter !== undefined
    ? judgeHandlerFilter(route.handlerFilter, delivered, published)
    : delivered;
}

/** What the route lets through, the handler of `x-filter-rest` may still leave alone. */
function judgeHandlerFilter(filter: EventPattern, delivered: RouteVerdict, { payload }: Published): RouteVerdict {
  const why = explain(compiled(compilePattern(filter)), payload);
  return verdict(
    `${delivered.reason}, and so does the filter in its handler`,
    'the filter in its handler does not match',
    why,
  );
}

function judgeDelivery(route: Route, published: Published): RouteVerdict {
  switch (route.kind) {
    case 'eventbridge':
      return judgePattern(route.eventPattern, published);
    case 'eventbridge-sns':
      return judgeFanOut(route, published);
    case 'sns':
      return judgeSubscription(route, published);
    case 'sqs':
      return judgeMapping(route.mappingFilter, published);
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

function judgePattern(eventPattern: EventPattern, { envelope }: Published): RouteVerdict {
  const pattern = compiled(compilePattern(eventPattern));
  return verdict('its rule matches', 'its rule does not match', explain(pattern, envelope));
}

function judgeFanOut(route: Extract<Route, { kind: 'eventbridge-sns' }>, published: Published): RouteVerdict {
  const rule = judgePattern(route.eventPattern, published);
  if (!rule.matched) return no(rule.reason.replace('its rule', 'the rule of the channel'));
  if (route.filterPolicy === null) return yes('its subscription takes everything of the topic');
  const policy = compiled(compilePolicy(route.filterPolicy, 'MessageBody'));
  return verdict('its subscription matches', 'its subscription does not match', explain(policy, published.envelope));
}

function judgeSubscription(route: SnsRoute, { message, payload }: Published): RouteVerdict {
  if (route.filterPolicy === null) return yes('its subscription takes everything of the topic');
  const result = compileFilterPolicy(route.filterPolicy, route.filterPolicyScope);
  if (!result.ok) throw uncompiled(result.errors);
  if (matchesFilterPolicy(result.policy, message)) return yes('its subscription matches');
  const seen = route.filterPolicyScope === 'MessageBody' ? payload : attributeValues(message);
  return no(
    `its subscription does not match: ${explain(result.policy.pattern, seen) ?? 'the message is no JSON object'}`,
  );
}

function judgeMapping(mappingFilter: EventPattern | null, { message, payload }: Published): RouteVerdict {
  if (mappingFilter === null) return yes('it takes everything of the queue');
  const result = compileMappingFilter(mappingFilter);
  if (!result.ok) throw uncompiled(result.errors);
  if (matchesMappingFilter(result.filter, message)) return yes('its filter matches');
  const why = explain(result.filter.pattern, { body: payload }) ?? 'the body is not what it compares';
  return no(`its filter does not match, and deletes the message: ${why}`);
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
