import type { Consumer, EventPattern, Route, Subscriber, Topology } from '@eventloom/engine';

/** Whoever receives events: a consumer with a handler, or a subscriber without one. */
export type Receiver = Consumer | Subscriber;

/** Everyone who receives events, sorted by key. */
export function receiversOf({ consumers, subscribers = [] }: Topology): readonly Receiver[] {
  return [...consumers, ...subscribers].sort((one, other) => (one.key < other.key ? -1 : 1));
}

/** What a route compares with payloads before it delivers; null lets all through. */
export function deliveryFilter(route: Route): EventPattern | null {
  switch (route.kind) {
    case 'eventbridge':
      return belowKey(route.eventPattern, 'detail');
    case 'eventbridge-sns':
      return route.filterPolicy === null ? null : belowKey(route.filterPolicy, 'detail');
    case 'sns':
      return route.filterPolicy === null ? null : withoutType(route);
    case 'sqs':
      return route.mappingFilter === null ? null : belowKey(route.mappingFilter, 'body');
    default:
      return route satisfies never;
  }
}

/** What the handler compares beside that; null where the route says it all. */
export function handlerFilter(route: Route): EventPattern | null {
  return route.handlerFilter ?? null;
}

/** True where SNS reads the bodies of messages to filter them, which it charges for. */
export function readsBodies(route: Route): boolean {
  const isFiltered = (route.kind === 'sns' || route.kind === 'eventbridge-sns') && route.filterPolicy !== null;
  return isFiltered && route.filterPolicyScope === 'MessageBody';
}

/** The attribute `type` selects messages; it says nothing about payloads. */
function withoutType({ filterPolicy, filterPolicyScope }: Extract<Route, { kind: 'sns' }>): EventPattern | null {
  if (filterPolicyScope === 'MessageBody' || filterPolicy === null) return filterPolicy;
  const { type, ...others } = filterPolicy;
  return Object.keys(others).length === 0 ? null : others;
}

function belowKey(pattern: EventPattern, key: string): EventPattern | null {
  const part = Object.hasOwn(pattern, key) ? pattern[key] : undefined;
  return typeof part === 'object' && part !== null && !Array.isArray(part) ? (part as EventPattern) : null;
}
