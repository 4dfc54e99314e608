import { limits } from './limits.ts';

/**
 * Computes how large a PutEvents entry may be, in bytes as `putEventsEntryBytes` counts them, so that a target that
 * takes `targetBytes` can take the event delivered. The event is its entry in an envelope: AWS advises to keep a margin
 * for it, and what JSON escapes in the event's name and source comes on top.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/calculate-putevents-entry-size.html
 */
export function maximumEntryBytes(
  { name, source }: { readonly name: string; readonly source: string },
  targetBytes: number,
): number {
  const escapes = escapeBytes(name) + escapeBytes(source);
  return targetBytes - limits.putEventsEnvelopeMarginBytes.value - escapes;
}

function escapeBytes(text: string): number {
  const encoder = new TextEncoder();
  return encoder.encode(JSON.stringify(text)).length - 2 - encoder.encode(text).length;
}
