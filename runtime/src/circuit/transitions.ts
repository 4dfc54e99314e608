import { type Downstream, nextProbeSeconds } from '@eventloom/engine';
import type { CircuitRecord } from './circuit-store.ts';

/** Closed: calls pass. Open: none does. Half-open: one does, as a probe. */
export type CircuitState = 'closed' | 'open' | 'half-open';

/** A record that nobody touched for so long, after the longest wait, is worth nothing. */
const forgottenAfterSeconds = 24 * 60 * 60;

/** The state at an instant (milliseconds since 1970). */
export function stateOf(record: CircuitRecord | undefined, now: number): CircuitState {
  if (record?.probeAt === undefined) return 'closed';
  return now < record.probeAt ? 'open' : 'half-open';
}

/** After a failed call while the circuit is closed. The failure that reaches the threshold opens it. */
export function withFailure(record: CircuitRecord | undefined, downstream: Downstream, now: number): CircuitRecord {
  const failures = (record?.failures ?? 0) + 1;
  const counted = { version: versionAfter(record), failures, expiration: expirationAfter(downstream, now) };
  return failures < downstream.failureThreshold ? counted : { ...counted, ...waiting(downstream, 0, now) };
}

/**
 * Before a probe is sent. It is written down as if it had failed: all others wait for the probe after it, twice as
 * long as for this one. So there is one prober, it has nothing to write when it fails, and no harm is done when it dies.
 */
export function withProbe(record: CircuitRecord, downstream: Downstream, now: number): CircuitRecord {
  return {
    version: versionAfter(record),
    failures: record.failures,
    expiration: expirationAfter(downstream, now),
    ...waiting(downstream, record.waitSeconds ?? 0, now),
  };
}

/** After a call that succeeded. */
export function asClosed(record: CircuitRecord | undefined, downstream: Downstream, now: number): CircuitRecord {
  return { version: versionAfter(record), failures: 0, expiration: expirationAfter(downstream, now) };
}

/** For a probe that was not sent after all: what stood before it. */
export function withoutProbe(before: CircuitRecord, taken: CircuitRecord): CircuitRecord {
  return { ...before, version: versionAfter(taken), expiration: taken.expiration };
}

const versionAfter = (record: CircuitRecord | undefined): number => (record?.version ?? 0) + 1;

function waiting(downstream: Downstream, afterSeconds: number, now: number) {
  const waitSeconds = nextProbeSeconds(downstream, afterSeconds);
  return { waitSeconds, probeAt: now + waitSeconds * 1_000 };
}

const expirationAfter = ({ maximumProbeSeconds }: Downstream, now: number): number =>
  Math.ceil(now / 1_000 + maximumProbeSeconds) + forgottenAfterSeconds;
