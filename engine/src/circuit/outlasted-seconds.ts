import type { Downstream } from '../topology.ts';

/**
 * How long a downstream can be out of order before an event that waits for it is dead-lettered, in seconds.
 *
 * After its nth receive such an event comes again no sooner than `firstProbeSeconds` times 2 to the power of n - 1,
 * `maximumProbeSeconds` at most, whether the circuit was open or the call failed. So `maxReceiveCount` receives span the
 * waits between them. Jitter comes on top. 0 for a single receive.
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
