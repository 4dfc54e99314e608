import { nameOf } from '../errors.ts';
import type { Observation } from '../feature.ts';
import { assertValid } from '../validate.ts';
import { deadLetter } from './dead-letter.ts';
import type { Delivery } from './delivery.ts';

/** The user's function, seen from inside: which events and context it takes is the business of the generated types. */
export type Handle = (event: never, context: never) => unknown;

/**
 * Receives one event and calls the handler with it, unless the consumer's filter does not match it. What another try
 * cannot help (an invalid event, a `PermanentError`) goes to the dead-letter queue at once, if the consumer wants that.
 * Logs every failure. Notes the outcome in the delivery, or the failure when the event is to come again. Rejects only
 * when a feature breaks its promise not to throw.
 */
export async function attend(delivery: Delivery, handle: Handle = delivery.session.handle): Promise<void> {
  const { session, messageId, attempt } = delivery;
  const { features } = session;
  observe(delivery, 'received');
  try {
    const { type, event, route, content } = delivery.open();
    for (const { restore } of features) if (restore) event.payload = await restore(event.payload, session);
    event.correlationId = type.correlation?.(event.payload, content) ?? event.correlationId;
    const log = session.logOf(event);
    if (type.matches?.(event.payload) ?? true) {
      assertValid(type, event.payload);
      const context = session.contextOf(route, attempt, log);
      const call = Object.assign(delivery, { event, route, context });
      for (const { extend } of features) Object.assign(context, extend?.(call));
      // The time is not asked for in vain: that takes as long as reading an event.
      const startedAt = features[0] && performance.now();
      // The user's function inside of what the features put around it; the first stands outermost.
      const run = features.reduceRight<() => Promise<unknown>>(
        (next, { around }) => (around ? async () => around(call, next) : next),
        async () => handle(event as never, context as never),
      );
      await run();
      if (startedAt) observe(delivery, 'handled', { durationMilliseconds: performance.now() - startedAt });
    } else {
      log.debug('Not wanted');
      observe(delivery, 'unwanted');
    }
    delivery.outcome = 'handled';
  } catch (error) {
    const { event } = delivery;
    const log = session.logOf(event ?? { id: messageId });
    const name = nameOf(error);
    const later = name === 'RetryLater';
    const fields = { attempt, messageId, error };
    if (later) log.info('Event comes again', fields);
    else log.error('Event failed', fields);
    // What a feature waits for before the event is known, such as its payload, is no fault of the event.
    // A letter that is begun after the abort might be sent beside an event that was given back.
    const hopeless = event ? name === 'PermanentError' : !later;
    delivery.letter = hopeless && !session.isLate() && deadLetter(delivery, error, log);
    if (await delivery.letter) {
      delivery.outcome = 'deadLettered';
      observe(delivery, 'deadLettered', { invalid: !event, error });
    } else {
      delivery.failure = { error };
      observe(delivery, 'retried', delivery.failure);
    }
  }
}

/** Tells the features what became of an event. */
export function observe(delivery: Delivery, kind: Observation['kind'], more?: object): void {
  for (const { observe } of delivery.session.features) {
    observe?.({ ...delivery, kind, call: delivery.event && delivery, ...more } as Observation);
  }
}
