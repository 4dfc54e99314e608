import { partAttribute } from '../carried.ts';
import type { ReceivedEventDefinition, RouteKind } from '../definitions.ts';
import type { Delivery, Received } from './delivery.ts';
import type { Content } from './envelopes.ts';
import { receive } from './receive.ts';

/** Reads an event that came by one of several kinds of route. Throws like {@link receive}. */
export function receiveAny(delivery: Delivery, content: Content, routes: readonly RouteKind[]): Received {
  // A rule sets no message attributes, and a publisher always sends `type`: where both routes meet, this tells.
  const overBus = content.attribute('type') === undefined ? routes.some(isOverBus) : routes.every(isOverBus);
  const { receives } = delivery.session.definition;
  const types = receives.filter(({ route }) => (route ? isOverBus(route) : overBus) === overBus);
  const route = routes.find((kind) => isOverBus(kind) === overBus);
  const { id, time } = content;
  const body = { id, time, ...(overBus ? Object(content.body) : envelopeOf(content, types)) };
  return receive(delivery, { ...content, body }, types, route);
}

const isOverBus = (kind: RouteKind): boolean => kind.startsWith('eventbridge');

/** A message of a topic or a queue as if it had come over a bus. Without `type`, it is the only event that it can be. */
function envelopeOf({ body, attribute, id, time }: Content, types: readonly ReceivedEventDefinition[]): object {
  const name = attribute('type') ?? (types[1] ? undefined : types[0]?.name);
  return {
    'detail-type': name,
    source: types.find((type) => type.name === name)?.source,
    detail: body,
    id: attribute('id') ?? id,
    time: attribute('time') ?? time,
    resources: [`urn:eventloom:part:${attribute(partAttribute)}`],
  };
}
