import type { PublishFailure } from '../errors.ts';
import type { PublishedEvent } from '../events.ts';
import type { BatchOptions } from './batch-options.ts';

/** What became of one of many events: told apart by which of the two there is. */
export type PublishResult =
  | { readonly published: PublishedEvent; readonly failure?: undefined }
  | { readonly failure: PublishFailure; readonly published?: undefined };

/** What every publisher can do beside its operations. `Event` are the events of the service, told apart by `name`. */
export interface EventPublisher<Event> {
  /**
   * Publishes events of any of the operations, in as few requests as carry them, and resolves with what was accepted in
   * the order of `events`. Rejects with one `PublishError` when any was not; its `failures` and `published` together
   * speak of every event. Events reach a FIFO topic or queue in order.
   */
  $publish(events: readonly Event[], options?: BatchOptions): Promise<PublishedEvent[]>;

  /** The same, but resolves with what became of each event, in the order of `events`, whatever AWS says. */
  $publishSettled(events: readonly Event[], options?: BatchOptions): Promise<PublishResult[]>;

  /**
   * Publishes events as they come, and gives what became of each in their order. Takes no more of them than two rounds of
   * requests carry: one is under way while the next is gathered. What the source throws is thrown after the results of
   * the events that came before it.
   *
   * To stop early abort `signal` and read on: no more is taken, and the results of all that was come to an end. A caller
   * who leaves the loop does not hear what became of the events that were taken last; those gathered are not sent. The
   * source is closed, and neither waited for nor heard then.
   */
  $publishStream(
    events: Iterable<Event> | AsyncIterable<Event>,
    options?: BatchOptions,
  ): AsyncGenerator<PublishResult, void, undefined>;

  /**
   * Asks AWS for every destination, since publishing to a bus that is not there "succeeds". Rejects with a
   * `ConfigurationError` that lists those that are missing or not shown. Takes the rights `events:DescribeEventBus`,
   * `sns:GetTopicAttributes` and `sqs:GetQueueAttributes`.
   */
  $verify(): Promise<void>;
}
