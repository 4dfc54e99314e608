/** A record of the stream that asks for an event to be published. */
export interface StreamedItem {
  readonly sequenceNumber: string;
  readonly image: unknown;
}

/** What is read of a record of a stream. */
interface StreamRecord {
  readonly eventName?: string;
  readonly dynamodb?: { readonly SequenceNumber?: string; readonly NewImage?: { readonly failed?: unknown } | null };
}

/**
 * The items that a batch asks to be published: those that were put into the table, and those that somebody changed by
 * hand, which brings back what was marked as failed. Deletions, also those by the time to live, are no events.
 * Throws a `TypeError` for what is no batch of a stream.
 */
export function itemsOf(input: unknown): StreamedItem[] {
  const records = (input as { readonly Records?: unknown } | null)?.Records;
  if (!Array.isArray(records)) throw new TypeError('The input is no batch of a DynamoDB stream: it has no Records');
  return records.flatMap((record: StreamRecord | null) => {
    const { SequenceNumber = '', NewImage } = record?.dynamodb ?? {};
    const isAsked = record?.eventName === 'INSERT' || (record?.eventName === 'MODIFY' && !NewImage?.failed);
    return isAsked ? [{ sequenceNumber: SequenceNumber, image: NewImage }] : [];
  });
}
