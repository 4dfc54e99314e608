import type { HandlerContext, Logger } from '../context.ts';
import { isEventloomError } from '../errors.ts';
import type { Call, Observation } from '../feature.ts';
import { type DeadLetter, type Failure, failureOf, sendToDeadLetterQueue } from './dead-letter.ts';
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
export async function attend(session: Session, delivery: Attended): Promise<Attendance> {
  const { attempt, messageId } = delivery;
  let call: Call | undefined;
  let received: Received | undefined;
  observe(session, { kind: 'received', session, messageId, attempt });
  try {
    received = await receive(session, delivery);
    if (!received.wanted) {
      session.logOf(received.event.id).debug('Event left alone: its filter does not match');
      observe(session, { kind: 'unwanted', session, messageId });
      return 'handled';
    }
    call = callOf(session, delivery, received);
    const startedAt = performance.now();
    await run(call);
    observe(session, { kind: 'handled', call, durationMilliseconds: performance.now() - startedAt });
    return 'handled';
  } catch (error) {
    const log = session.logOf(received?.event.id ?? messageId);
    const invalid = !received;
    if (isEventloomError(error, 'RetryLater')) log.info('Event comes again later', { attempt, messageId, error });
    else log.error('Event failed', { attempt, messageId, error });
    // What a feature waits for before the event is known, such as its payload, is no fault of the event.
    const hopeless = (invalid && !isEventloomError(error, 'RetryLater')) || isEventloomError(error, 'PermanentError');
    if (
      hopeless &&
      session.definition.onInvalid === 'deadLetter' &&
      (await deadLetter(session, delivery, error, log))
    ) {
      observe(session, { kind: 'deadLettered', session, messageId, invalid, error, call });
      return 'deadLettered';
    }
    observe(session, { kind: 'retried', session, messageId, attempt, error, call });
    session.invocation?.noteFailure?.(messageId, error);
    throw error;
  }
}

function observe({ features }: Session, observation: Observation): void {
  for (const { observe } of features) observe?.(observation);
}

/** The user's function inside of what its features put around it. */
function run(call: Call): Promise<unknown> {
  const { session, event, context } = call;
  const innermost = async (): Promise<unknown> => session.handle(event as never, context as never);
  return session.features.reduceRight<() => Promise<unknown>>(
    (next, { around }) => (around ? () => around(call, next) : next),
    innermost,
  )();
}

async function deadLetter(session: Session, delivery: Attended, cause: unknown, log: Logger): Promise<boolean> {
  try {
    const failure = failureOf(session.definition.key, delivery.messageId, cause);
    await sendToDeadLetterQueue(session.connection, failure, delivery.deadLetter(failure));
    log.warn('Event dead-lettered', failure);
    return true;
  } catch (error) {
    log.error('Event not dead-lettered', { error });
    return false;
  }
}

function callOf(session: Session, { attempt, messageId }: Attended, { event, route }: Received): Call {
  const { common, logOf, features } = session;
  const context: HandlerContext = { ...common, route, attempt, log: logOf(event.id) };
  const call = { session, event, route, messageId, attempt, context };
  for (const { extend } of features) Object.assign(context, extend?.(call));
  return call;
}
