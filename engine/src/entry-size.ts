import { putEventsEntryTimeBytes } from './limits.ts';

/** The parts of a PutEvents entry that count towards its size. */
export interface SizedEntry {
  readonly Time?: unknown;
  readonly Source?: string | undefined;
  readonly DetailType?: string | undefined;
  /** JSON text. */
  readonly Detail?: string | undefined;
  readonly Resources?: readonly string[] | undefined;
}

/**
 * Computes the size of a PutEvents entry in bytes: 14 for `Time` when set, and the UTF-8 bytes of `Source`, `DetailType`,
 * `Detail` and each of `Resources`. The entries of one call together are bounded by `limits.putEventsRequestBytes`.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/calculate-putevents-entry-size.html
 */
export function putEventsEntryBytes({ Time, Source, DetailType, Detail, Resources }: SizedEntry): number {
  const texts = [Source, DetailType, Detail, ...(Resources ?? [])];
  const time = Time === undefined || Time === null ? 0 : putEventsEntryTimeBytes;
  return texts.reduce((sum, text) => sum + (text === undefined ? 0 : utf8Bytes(text)), time);
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
