import { carriedBy } from '../carried.ts';
import type { ReceivedEventDefinition, RouteKind } from '../definitions.ts';
import { PermanentError } from '../errors.ts';
import type { Delivery, Received } from './delivery.ts';
import { type Content, textOf } from './envelopes.ts';

/**
 * Reads an event that came over a bus, or looks as if it had. Throws a `PermanentError` when it is none of `types`;
 * default: none that the consumer receives. `route` is that of a type whose definition names none; default: the first.
 */
export function receive(
  delivery: Delivery,
  content: Content,
  types?: readonly ReceivedEventDefinition[],
  route?: RouteKind,
): Received {
  const { definition } = delivery.session;
  // Something else than an envelope has no `detail-type`, and so is no event of the consumer.
  const envelope = Object(content.body);
  const { 'detail-type': name, source } = envelope;
  const type = (types ?? definition.receives).find((one) => one.name === name && one.source === source);
  if (!type) throw new PermanentError(`${definition.key} receives no ${name} of ${source}`, { code: 'unknown-event' });
  const carried = carriedBy(envelope.resources);
  return {
    type,
    content,
    route: type.route ?? route ?? (definition.routes[0] as RouteKind),
    event: {
      name,
      source,
      payload: envelope.detail,
      id: carried.id ?? textOf(envelope.id) ?? delivery.messageId,
      time: new Date(Date.parse(textOf(envelope.time) as string) || delivery.sentAt),
      correlationId: carried.correlationId,
      part: carried.part,
      replay: textOf(envelope['replay-name']),
      traceHeader: delivery.traceHeader,
    },
  };
}
