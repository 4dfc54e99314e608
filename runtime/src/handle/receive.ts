import type { ReceivedEventDefinition, RouteKind } from '../definitions.ts';
import { PermanentError } from '../errors.ts';
import type { ReceivedEvent } from '../events.ts';
import { assertValid } from '../validate.ts';
import type { Session } from './session.ts';

/** One event on its way in, unwrapped down to what its route put around it. */
export interface Delivery {
  /** The kinds of route that it can have come by. */
  readonly routes: readonly RouteKind[];
  /** Reads the body: the EventBridge envelope on a route over a bus, else the payload. Throws when it is not JSON. */
  readonly body: () => unknown;
  /** A message attribute; undefined when there is none. */
  readonly attribute: (name: string) => string | undefined;
  /** The id that SQS, SNS or EventBridge gave. */
  readonly messageId: string;
  /** Milliseconds since 1970, for a message that does not tell its time. */
  readonly sentAt: number;
}

/** An event and how it came. */
export interface Received {
  readonly event: ReceivedEvent<string, string, unknown>;
  readonly route: RouteKind;
  /** False for what the consumer's filter does not match: it was not validated, as if it had never come. */
  readonly wanted: boolean;
}

/** What both kinds of route come down to. */
interface Envelope {
  readonly id?: string | undefined;
  readonly time?: string | undefined;
  readonly source?: string | undefined;
  readonly 'detail-type'?: string | undefined;
  readonly detail?: unknown;
}

/**
 * Reads one event, and validates it if it is wanted. Whatever it throws, another try will not help, unless it is a
 * `RetryLater`.
 */
export async function receive(session: Session, delivery: Delivery): Promise<Received> {
  const { definition } = session;
  const { routes, messageId, sentAt } = delivery;
  // A rule sets no message attributes, and a publisher always sends `type`: where both routes meet, this tells.
  const overBus = delivery.attribute('type') === undefined ? routes.some(isOverBus) : routes.every(isOverBus);
  const types = definition.receives.filter(({ route }) => (route ? isOverBus(route) : overBus) === overBus);
  const { 'detail-type': type, source, detail, id, time } = overBus ? envelopeOf(delivery) : messageOf(delivery, types);
  const event = types.find((one) => one.name === type && one.source === (source ?? one.source));
  if (!event) throw new PermanentError(`${definition.key} receives no ${type} of ${source}`, { code: 'unknown-event' });
  const payload = await restored(session, detail);
  const wanted = event.matches?.(payload) ?? true;
  if (wanted) assertValid(event, payload);
  return {
    wanted,
    event: {
      name: event.name,
      source: event.source,
      payload,
      id: id ?? messageId,
      time: new Date(Date.parse(time ?? '') || sentAt),
    },
    route: event.route ?? (routes.find((kind) => isOverBus(kind) === overBus) as RouteKind),
  };
}

async function restored(session: Session, sent: unknown): Promise<unknown> {
  let payload = sent;
  for (const { restore } of session.features) if (restore) payload = await restore(payload, session);
  return payload;
}

const isOverBus = (kind: RouteKind): boolean => kind.startsWith('eventbridge');

/** Something else than an envelope has no `detail-type`, and so is no event of the consumer. */
const envelopeOf = ({ body }: Delivery): Envelope => Object(body());

/** Without `type`, a message is the only event that it can be. */
const messageOf = ({ body, attribute }: Delivery, types: readonly ReceivedEventDefinition[]): Envelope => ({
  'detail-type': attribute('type') ?? (types[1] ? undefined : types[0]?.name),
  detail: body(),
  id: attribute('id'),
  time: attribute('time'),
});
