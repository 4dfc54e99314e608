/** An event in an activity: its id, name and source. */
export interface EventReference {
  /** `EventId` on a bus; the attribute `id`, else the message id, on a topic or a queue. */
  readonly id: string;
  readonly name: string;
  readonly source: string;
}

/** Something that happened in the local system. Told apart by `kind`. */
export type Activity = { readonly sequence: number; readonly at: Date } & Occurrence;

/** What an {@link Activity} says beside its number and time. */
export type Occurrence =
  /** A bus, a topic or a queue has accepted an event. `publisher` is the consumer that published it, or null. */
  | {
      readonly kind: 'published';
      readonly event: EventReference;
      readonly destination: string;
      readonly publisher: string | null;
      /** Ids of the events that were being handled: one, or several when a batch cannot be told apart. */
      readonly causes: readonly string[];
    }
  /** A FIFO topic or queue has accepted a message that it already had within the deduplication window. */
  | { readonly kind: 'deduplicated'; readonly destination: string; readonly deduplicationId: string }
  /** AWS accepted the event but there is nothing behind the name: a bus that does not exist. */
  | { readonly kind: 'discarded'; readonly destination: string; readonly reason: string }
  /** A caller asked for something that its role does not allow. */
  | { readonly kind: 'denied'; readonly consumer: string; readonly action: string; readonly resource: string }
  /** The event stands on the consumer's queue, or waits for its function. */
  | { readonly kind: 'delivered'; readonly event: EventReference; readonly consumer: string }
  /** The event source mapping deleted the event, because its filter does not match. */
  | { readonly kind: 'filtered'; readonly event: EventReference; readonly consumer: string }
  | {
      readonly kind: 'invoked';
      readonly consumer: string;
      readonly requestId: string;
      readonly events: readonly EventReference[];
    }
  | { readonly kind: 'handled'; readonly event: EventReference; readonly consumer: string; readonly attempt: number }
  | {
      readonly kind: 'failed';
      readonly event: EventReference;
      readonly consumer: string;
      readonly attempt: number;
      readonly reason: string;
    }
  | {
      readonly kind: 'deadLettered';
      readonly event: EventReference;
      readonly consumer: string;
      readonly reason: string;
    }
  /** The event left the consumer's queue without being handled: deleted by a client, purged, or past its retention. */
  | { readonly kind: 'lost'; readonly event: EventReference; readonly consumer: string; readonly reason: string };
