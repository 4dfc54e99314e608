import type { HandlerContext } from '../context.ts';
import type { ConsumerDefinition } from '../definitions.ts';
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

/**
 * Makes the Lambda handler of a consumer with a queue. It handles the records of a batch at the same time, those of one
 * group of a FIFO queue in order, and answers with those that failed; one record never fails another.
 * Its event source mapping must report batch item failures. The first of the features stands outermost.
 */
export function queueHandler<Key extends string, Event extends AnyEvent, Context extends HandlerContext>(
  definition: ConsumerDefinition<Key>,
  handle: (event: Event, context: Context) => unknown,
  features: readonly Feature[] = [],
): LambdaHandler<Key, Event> {
  return handlerOf(definition, handle, features, 'queue', (session, input) =>
    answerBatch(useSourceQueue(session, input), input, anyRecords, settleLanes),
  );
}

/**
 * Settles lane by lane, as many at the same time as the consumer wants, and starts none after the abort. A lane, which
 * holds several on a FIFO queue alone, ends where an event of it was not handled: the rest of it comes back.
 */
async function settleLanes(session: Session, deliveries: readonly QueueDelivery[]): Promise<void> {
  const lanes = new Map<unknown, QueueDelivery[]>();
  for (const delivery of deliveries) {
    const lane = lanes.get(delivery.lane);
    if (lane) lane.push(delivery);
    else lanes.set(delivery.lane, [delivery]);
  }
  const waiting = lanes.values();
  const work = async (): Promise<void> => {
    for (const lane of waiting) {
      for (const delivery of lane) {
        if (session.isLate()) break;
        await attend(delivery);
        if (delivery.outcome !== 'handled') break;
      }
    }
  };
  await Promise.allSettled(Array.from({ length: session.definition.concurrency ?? 10 }, work));
}
