import type { HandlerContext } from '../context.ts';
import type { BusConsumerDefinition } from '../definitions.ts';
import type { ReceivedEvent } from '../events.ts';
import type { Feature } from '../feature.ts';
import type { LambdaHandler } from '../invocation.ts';
import { answerBatch } from './answer-batch.ts';
import { attend } from './attend.ts';
import { busRecords } from './queue-delivery.ts';
import { handlerOf } from './session.ts';

/**
 * As {@link queueHandler}, for a consumer with a standard queue all of whose events come over a bus: it weighs less,
 * since it knows neither groups nor message attributes.
 */
export function busQueueHandler<
  Key extends string,
  Event extends ReceivedEvent<string, string, unknown>,
  Context extends HandlerContext,
>(
  definition: BusConsumerDefinition<Key>,
  handle: (event: Event, context: Context) => unknown,
  features: readonly Feature[] = [],
): LambdaHandler<Key, Event> {
  return handlerOf(definition, handle, features, 'queue', (session, input) =>
    answerBatch(session, input, busRecords, (_, deliveries) => {
      // As many at the same time as the consumer wants, and none is started after the abort.
      const waiting = deliveries.values();
      const work = async (): Promise<void> => {
        for (const delivery of waiting) if (!session.isLate()) await attend(delivery);
      };
      return Promise.allSettled(Array.from({ length: definition.concurrency ?? 10 }, work));
    }),
  );
}
