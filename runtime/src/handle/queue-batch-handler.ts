import type { HandlerContext, Logger } from '../context.ts';
import type { ConsumerDefinition } from '../definitions.ts';
import { RetryLater } from '../errors.ts';
import type { ReceivedEvent } from '../events.ts';
import type { Feature } from '../feature.ts';
import type { LambdaHandler } from '../invocation.ts';
import { answerBatch } from './answer-batch.ts';
import { anyRecords } from './any-records.ts';
import { attend } from './attend.ts';
import type { QueueDelivery } from './queue-delivery.ts';
import { handlerOf, type Session } from './session.ts';
import { useSourceQueue } from './source-queue.ts';

type AnyEvent = ReceivedEvent<string, string, unknown>;

/** What the handler of a whole batch knows beside the events. */
export interface BatchContext<Event, Context extends HandlerContext = HandlerContext>
  extends Pick<HandlerContext, 'service' | 'consumer' | 'signal' | 'remainingMilliseconds'> {
  /** Its lines carry no event's id; `of(event).log` has that. */
  readonly log: Logger;
  /** What a handler of single events would be given with this one, such as `attempt` and `publish`. */
  of(event: Event): Context;
  /**
   * Says that one of the events has failed: it comes again, or goes to the dead-letter queue for a `PermanentError`; the
   * others do not. On a FIFO queue the later ones of its group fail with it. The first call for an event counts.
   * Throws a `TypeError` for what is not one of the events of the batch.
   */
  fail(event: Event, error: unknown): void;
}

/**
 * Makes the Lambda handler of a consumer with a queue that takes the events of a batch together: those that are valid
 * and wanted, in the order of the queue. The function is called once, or not at all when there are none. What it throws
 * fails all of them. Features stand around each event as they do with {@link queueHandler}; `concurrency` means nothing.
 */
export function queueBatchHandler<Key extends string, Event extends AnyEvent, Context extends HandlerContext>(
  definition: ConsumerDefinition<Key>,
  handle: (events: readonly Event[], context: BatchContext<Event, Context>) => unknown,
  features: readonly Feature[] = [],
): LambdaHandler<Key, Event> {
  return handlerOf(definition, handle, features, 'queue', (session, input) =>
    answerBatch(useSourceQueue(session, input), input, anyRecords, settleTogether),
  );
}

/** An event whose features have let it through, and who waits there for what becomes of it. */
interface Joined {
  readonly event: object;
  readonly context: HandlerContext;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets every event through to where the user's function would be called with it. When all have come there, or ended
 * before, the function is called with those that came.
 */
async function settleTogether(session: Session, deliveries: readonly QueueDelivery[]): Promise<void> {
  let joined = new Map<QueueDelivery, Joined>();
  const running = new Set(deliveries);
  const failed = new Set<QueueDelivery>();
  const callWhenComplete = (): void => {
    if (joined.size === 0 || joined.size < running.size || session.isLate()) return;
    const complete = joined;
    joined = new Map();
    void callWith(session, deliveries, complete, failed);
  };
  const attendTo = async (delivery: QueueDelivery): Promise<void> => {
    const join = (event: object, context: HandlerContext): Promise<void> =>
      new Promise((resolve, reject) => {
        joined.set(delivery, { event, context, resolve, reject });
        callWhenComplete();
      });
    try {
      await attend(delivery, join);
    } finally {
      if (delivery.outcome !== 'handled') failed.add(delivery);
      running.delete(delivery);
      callWhenComplete();
    }
  };
  await Promise.allSettled(deliveries.map(attendTo));
}

/** Calls the user's function, and tells each event what became of it. */
async function callWith(
  session: Session,
  deliveries: readonly QueueDelivery[],
  joined: ReadonlyMap<QueueDelivery, Joined>,
  ended: ReadonlySet<QueueDelivery>,
): Promise<void> {
  const errors = new Map<unknown, unknown>();
  const given = withoutEndedLanes(deliveries, joined, (delivery) => ended.has(delivery));
  try {
    const [first, ...others] = given;
    if (first) {
      const context = batchContextOf(session, [first, ...others], errors);
      await session.handle(given.map(({ event }) => event) as never, context as never);
    }
  } catch (error) {
    for (const { event } of given) if (!errors.has(event)) errors.set(event, error);
  }
  const isFailed = (delivery: QueueDelivery): boolean => ended.has(delivery) || errors.has(joined.get(delivery)?.event);
  for (const { event, resolve, reject } of withoutEndedLanes(deliveries, joined, isFailed)) {
    if (errors.has(event)) reject(errors.get(event));
    else resolve();
  }
}

/** The events in order, without those of a FIFO group that stand behind a failed one: these are sent back. */
function withoutEndedLanes(
  deliveries: readonly QueueDelivery[],
  joined: ReadonlyMap<QueueDelivery, Joined>,
  isFailed: (delivery: QueueDelivery) => boolean,
): Joined[] {
  const lanes = new Set<unknown>();
  return deliveries.flatMap((delivery) => {
    const one = joined.get(delivery);
    const behind = lanes.has(delivery.lane);
    if (isFailed(delivery)) lanes.add(delivery.lane);
    if (behind) one?.reject(new RetryLater('An earlier event of its group failed', 0));
    return one && !behind ? [one] : [];
  });
}

function batchContextOf(
  { logOf }: Session,
  given: readonly [Joined, ...Joined[]],
  errors: Map<unknown, unknown>,
): BatchContext<object> {
  const contexts = new Map(given.map(({ event, context }) => [event, context]));
  const of = (event: object): HandlerContext => {
    const context = contexts.get(event);
    if (context) return context;
    throw new TypeError('This is not one of the events of the batch');
  };
  const { service, consumer, signal, remainingMilliseconds } = given[0].context;
  return {
    service,
    consumer,
    signal,
    remainingMilliseconds,
    log: logOf(),
    of,
    fail: (event, error) => {
      if (of(event) && !errors.has(event)) errors.set(event, error);
    },
  };
}
