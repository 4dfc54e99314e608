import { type Carried, carriedBy, parsePart, partAttribute } from '../carried.ts';
import type { CorrelationDefinition, ReceivedEventDefinition, RouteKind } from '../definitions.ts';
import { PermanentError } from '../errors.ts';
import type { ReceivedEvent } from '../events.ts';
import { valueAt } from '../publish/own-value.ts';
import { assertValid } from '../validate.ts';
import { type Content, textOf } from './envelopes.ts';
import type { Session } from './session.ts';

/** One event on its way in. */
export interface Delivery {
  /** The kinds of route that it can have come by. */
  readonly routes: readonly RouteKind[];
  /** Takes off what SQS and SNS put around it. Throws when what is inside is not JSON. */
  readonly open: () => Content;
  /** The id that SQS, SNS or EventBridge gave; empty when it is missing. */
  readonly messageId: string;
  /** Milliseconds since 1970, for a message that does not tell its time. */
  readonly sentAt: number;
  readonly traceHeader?: string | undefined;
}

/** An event and how it came. */
export interface Received {
  readonly event: ReceivedEvent<string, string, unknown>;
  readonly route: RouteKind;
  /** False for what the consumer's filter does not match: it was not validated, as if it had never come. */
  readonly wanted: boolean;
}

/**
 * Reads one event, and validates it if it is wanted. Whatever it throws, another try will not help, unless it is a
 * `RetryLater`.
 */
export async function receive(session: Session, delivery: Delivery): Promise<Received> {
  const { key, receives } = session.definition;
  const { routes, messageId, sentAt, traceHeader } = delivery;
  const content = delivery.open();
  // A rule sets no message attributes, and a publisher always sends `type`: where both routes meet, this tells.
  const overBus = content.attribute('type') === undefined ? routes.some(isOverBus) : routes.every(isOverBus);
  const types = receives.filter(({ route }) => (route ? isOverBus(route) : overBus) === overBus);
  const { type, source, sent, time, replay, id, part, correlationId } = overBus
    ? ofBus(content)
    : ofTopic(content, types);
  const found = types.find((one) => one.name === type && (!overBus || one.source === source));
  if (!found) throw new PermanentError(`${key} receives no ${type} of ${source}`, { code: 'unknown-event' });
  let payload = sent;
  for (const { restore } of session.features) if (restore) payload = await restore(payload, session);
  const wanted = found.matches?.(payload) ?? true;
  if (wanted) assertValid(found, payload);
  return {
    wanted,
    event: {
      name: found.name,
      source: found.source,
      payload,
      id: textOf(id) ?? content.id ?? messageId,
      time: new Date(Date.parse(textOf(time) ?? content.time ?? '') || sentAt),
      correlationId: correlationOf(found.correlation, payload, content) ?? correlationId,
      part,
      replay: textOf(replay),
      traceHeader,
    },
    route: found.route ?? (routes.find((kind) => isOverBus(kind) === overBus) as RouteKind),
  };
}

const isOverBus = (kind: RouteKind): boolean => kind.startsWith('eventbridge');

/** What both kinds of route come down to. What is unknown need not be a text. */
interface Unwrapped extends Pick<Carried, 'correlationId' | 'part'> {
  readonly type: unknown;
  readonly source?: unknown;
  readonly sent: unknown;
  readonly id: unknown;
  readonly time: unknown;
  readonly replay?: unknown;
}

/** Something else than an envelope has no `detail-type`, and so is no event of the consumer. */
function ofBus({ body }: Content): Unwrapped {
  const { 'detail-type': type, source, detail: sent, id, time, resources, 'replay-name': replay } = Object(body);
  const { id: own, correlationId, part } = carriedBy(resources);
  return { type, source, sent, id: own ?? id, time, replay, correlationId, part };
}

/** Without `type`, a message is the only event that it can be. */
const ofTopic = ({ body, attribute }: Content, types: readonly ReceivedEventDefinition[]): Unwrapped => ({
  type: attribute('type') ?? (types[1] ? undefined : types[0]?.name),
  sent: body,
  id: attribute('id'),
  time: attribute('time'),
  part: parsePart(attribute(partAttribute)),
});

/** What the definition points to. The names of attributes need no escaping in a pointer. */
function correlationOf(
  { in: place, pointer = '' }: Partial<CorrelationDefinition> = {},
  payload: unknown,
  { attribute }: Content,
): string | undefined {
  const value = place === 'payload' ? valueAt(payload, pointer) : attribute(pointer.slice(1));
  return value == null || typeof value === 'object' ? undefined : `${value}`;
}
