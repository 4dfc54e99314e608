import { carriedBy } from '../carried.ts';
import type { ReceivedEventDefinition, RouteKind } from '../definitions.ts';
import { PermanentError } from '../errors.ts';
import type { Delivery, Received } from './delivery.ts';
import { type Content, textOf } from './envelopes.ts';

/** What an event may be, beside what its consumer's definition says. */
interface Expected {
  readonly types: readonly ReceivedEventDefinition[];
  readonly route: RouteKind | undefined;
}

/** Reads an event that came over a bus. Throws a `PermanentError` when it is none that the consumer receives. */
export function receive(delivery: Delivery, content: Content, expected?: Expected): Received {
  const { key, receives, routes } = delivery.session.definition;
  // Something else than an envelope has no `detail-type`, and so is no event of the consumer.
  const { 'detail-type': name, source, detail, id, time, resources, 'replay-name': replay } = Object(content.body);
  const type = (expected?.types ?? receives).find((one) => one.name === name && one.source === source);
  if (!type) throw new PermanentError(`${key} receives no ${name} of ${source}`, { code: 'unknown-event' });
  const carried = carriedBy(resources);
  return {
    type,
    content,
    route: type.route ?? expected?.route ?? (routes[0] as RouteKind),
    event: {
      name: type.name,
      source: type.source,
      payload: detail,
      id: carried.id ?? textOf(id) ?? content.id ?? delivery.messageId,
      time: new Date(Date.parse(textOf(time) ?? content.time ?? '') || delivery.sentAt),
      correlationId: carried.correlationId,
      part: carried.part,
      replay: textOf(replay),
      traceHeader: delivery.traceHeader,
    },
  };
}
