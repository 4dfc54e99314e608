import { putEventsEntryTimeBytes } from './limits.ts';

/** The parts of a PutEvents entry that count towards its size. */
export interface SizedEntry {
  /** Counts when it is set, whatever it is. */
  readonly Time?: unknown;
  /** Default: counts nothing. */
  readonly Source?: string | undefined;
  /** Default: counts nothing. */
  readonly DetailType?: string | undefined;
  /** JSON text. */
  readonly Detail?: string | undefined;
  /** Default: none. */
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

/** Counts without encoding, which would allocate as many bytes for each event. A surrogate alone counts like U+FFFD. */
function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit <= 0x7f) continue;
    bytes += unit <= 0x7ff ? 1 : 2;
    const isPair = unit >= 0xd800 && unit <= 0xdbff && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
    // A pair is two units here and four bytes there.
    if (isPair) index++;
  }
  return bytes;
}
