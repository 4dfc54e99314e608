import type { Downstream } from '../topology.ts';

/**
 * How long a downstream can be out of order before an event that waits for it is dead-lettered, in seconds.
 *
 * While a circuit is open an event comes back at each probe and costs one receive: `maxReceiveCount` receives span the
 * waits between them, of which the first is `firstProbeSeconds` and each later one twice as long, up to
 * `maximumProbeSeconds`. Jitter comes on top. 0 for a single receive.
 */
export function outlastedSeconds(downstream: Downstream, maxReceiveCount: number): number {
  let total = 0;
  for (let receive = 1, wait = 0; receive < maxReceiveCount; receive++) {
    wait = nextProbeSeconds(downstream, wait);
    // From here on all waits are the same, however many there are.
    if (wait === downstream.maximumProbeSeconds) return total + wait * (maxReceiveCount - receive);
    total += wait;
  }
  return total;
}

/** The wait before the next probe of an open circuit, after a wait of so many seconds; 0 for a circuit that opens. */
export function nextProbeSeconds(downstream: Downstream, afterSeconds: number): number {
  const { firstProbeSeconds, maximumProbeSeconds } = downstream;
  return Math.min(maximumProbeSeconds, Math.max(firstProbeSeconds, afterSeconds * 2));
}
