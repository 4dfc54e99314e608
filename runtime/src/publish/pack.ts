/** What one request takes. */
export interface RequestBounds {
  readonly entries: number;
  readonly bytes: number;
}

/**
 * Packs entries into requests, in their order: each takes as many of the next as fit, which no other way of cutting the
 * list undercuts. One that is larger than a request is alone in it.
 */
export function pack<T extends { readonly bytes: number }>(entries: readonly T[], bounds: RequestBounds): T[][] {
  const requests: T[][] = [];
  let last: T[] | undefined;
  let room = 0;
  for (const entry of entries) {
    room -= entry.bytes;
    if (last && room >= 0 && last.length < bounds.entries) last.push(entry);
    else {
      last = [entry];
      requests.push(last);
      room = bounds.bytes - entry.bytes;
    }
  }
  return requests;
}
