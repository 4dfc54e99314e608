import type { HandlerContext } from '../context.ts';
import { isEventloomError } from '../errors.ts';
import type { Call, Observation } from '../feature.ts';
import { type DeadLetter, deadLetter, type Failure } from './dead-letter.ts';
import { type Delivery, type Received, receive } from './receive.ts';
import type { Session } from './session.ts';

/** The user's function, seen from inside: which events and context it takes is the business of the generated types. */
export type Handle = (event: never, context: never) => unknown;

/** A delivery that can be handled, and dead-lettered. */
export interface Attended extends Delivery {
  /** Deliveries so far, this one included. */
  readonly attempt: number;
  /** What goes to the dead-letter queue when the event cannot be handled. */
  readonly deadLetter: (failure: Failure) => DeadLetter;
}

/** What became of a delivery that must not come again. */
export type Attendance = 'handled' | 'deadLettered';

/**
 * Receives one event and calls the handler with it, unless the consumer's filter does not match it. What another try
 * cannot help (an invalid event, a `PermanentError`) goes to the dead-letter queue at once, if the consumer wants that.
 * Logs every failure, and rejects with it when the event is to come again.
 */
export async function attend(
  session: Session,
  delivery: Attended,
  handle: Handle = session.handle,
): Promise<Attendance> {
  const { attempt, messageId } = delivery;
  let call: Call | undefined;
  let received: Received | undefined;
  observe(session, delivery, 'received');
  try {
    received = await receive(session, delivery);
    if (received.wanted) {
      call = callOf(session, delivery, received);
      const startedAt = performance.now();
      await run(call, handle);
      observe(session, delivery, 'handled', { call, durationMilliseconds: performance.now() - startedAt });
    } else {
      session.logOf(received.event.id, received.event).debug('Not wanted');
      observe(session, delivery, 'unwanted');
    }
    return 'handled';
  } catch (error) {
    const log = session.logOf(received?.event.id ?? messageId, received?.event);
    const invalid = !received;
    const later = isEventloomError(error, 'RetryLater');
    log[later ? 'info' : 'error'](later ? 'Event comes again' : 'Event failed', { attempt, messageId, error });
    // What a feature waits for before the event is known, such as its payload, is no fault of the event.
    const hopeless = (invalid && !later) || isEventloomError(error, 'PermanentError');
    if (
      hopeless &&
      session.definition.onInvalid === 'deadLetter' &&
      (await deadLetter(session, delivery, error, log))
    ) {
      observe(session, delivery, 'deadLettered', { invalid, error, call });
      return 'deadLettered';
    }
    noteRetry(session, delivery, error, call);
    throw error;
  }
}

/** Tells that an event comes again. */
export function noteRetry(session: Session, delivery: Attended, error: unknown, call?: Call): void {
  observe(session, delivery, 'retried', { error, call });
  session.invocation?.noteFailure?.(delivery.messageId, error);
}

function observe(
  session: Session,
  { messageId, attempt }: Attended,
  kind: Observation['kind'],
  more?: Readonly<Record<string, unknown>>,
): void {
  for (const { observe } of session.features) {
    observe?.({ kind, session, messageId, attempt, ...more } as Observation);
  }
}

/** The user's function inside of what its features put around it. */
function run(call: Call, handle: Handle): Promise<unknown> {
  const innermost = async (): Promise<unknown> => handle(call.event as never, call.context as never);
  return call.session.features.reduceRight<() => Promise<unknown>>(
    (next, { around }) => (around ? () => around(call, next) : next),
    innermost,
  )();
}

function callOf(session: Session, { attempt, messageId }: Attended, { event, route }: Received): Call {
  const { common, logOf, features } = session;
  // Not spread: V8 takes several times as long for an object that is spread and then extended.
  const { service, consumer, signal, remainingMilliseconds } = common;
  const log = logOf(event.id, event);
  const context: HandlerContext = { service, consumer, signal, remainingMilliseconds, route, attempt, log };
  const call = { session, event, route, messageId, attempt, context };
  for (const { extend } of features) Object.assign(context, extend?.(call));
  return call;
}
