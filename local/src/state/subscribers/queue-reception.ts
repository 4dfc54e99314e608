import type { Reception } from '../../targets.ts';
import { parse } from './reception.ts';

/** A record of SQS as far as it is read here. */
export interface QueueRecord {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<
    Record<string, { readonly stringValue?: string; readonly binaryValue?: string }>
  >;
}

/** Returns what the reader of a queue gets, from the record of its message. */
export function eventOfRecord({ messageId, body, messageAttributes }: QueueRecord, at: Date): Reception {
  const attributes = Object.fromEntries(
    Object.entries(messageAttributes).map(([name, { stringValue, binaryValue }]) => [
      name,
      stringValue ?? binaryValue ?? '',
    ]),
  );
  const content = parse(body);
  const envelope = Object(content) as Readonly<Record<string, unknown>>;
  const event = {
    id: attributes.id ?? text(envelope.id) ?? messageId,
    name: attributes.type ?? text(envelope['detail-type']) ?? '',
    source: text(envelope.source) ?? '',
  };
  return { event, at, body, content, to: null, attributes, partitionKey: null };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
