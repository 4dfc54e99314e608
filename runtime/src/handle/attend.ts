import type { Connection } from '../connection.ts';
import type { Logger } from '../context.ts';
import { isEventloomError } from '../errors.ts';
import { type DeadLetter, type Failure, failureOf, sendToDeadLetterQueue } from './dead-letter.ts';
import { type Delivery, type Received, receive } from './receive.ts';
import type { Session } from './session.ts';

/** The user's function, seen from inside: which events and context it takes is the business of the generated types. */
export type Handle = (event: never, context: never) => void | Promise<void>;

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
  let received: Received | undefined;
  try {
    received = receive(session.definition, delivery);
    if (!received.wanted) {
      session.logOf(received.event.id).debug('Event left alone: its filter does not match');
      return 'handled';
    }
    await session.handle(received.event as never, contextOf(session, delivery, received) as never);
    return 'handled';
  } catch (error) {
    const { attempt, messageId } = delivery;
    const log = session.logOf(received?.event.id ?? messageId);
    log.error('Event failed', { attempt, messageId, error });
    const hopeless = !received || isEventloomError(error, 'PermanentError');
    if (
      hopeless &&
      session.definition.onInvalid === 'deadLetter' &&
      (await deadLetter(session, delivery, error, log))
    ) {
      return 'deadLettered';
    }
    session.invocation?.noteFailure?.(messageId, error);
    throw error;
  }
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

function contextOf(session: Session, { attempt, messageId }: Attended, { event, route }: Received): object {
  const { definition, common, logOf, emitting } = session;
  const publish = emitting?.(connectionFor(session, messageId), definition.emits);
  return { ...common, route, attempt, log: logOf(event.id), publish };
}

function connectionFor({ connection, invocation }: Session, messageId: string): Connection {
  const clients = invocation?.clientsFor?.(messageId);
  return clients === undefined ? connection : { ...connection, clients: { ...clients } };
}
