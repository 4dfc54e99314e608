import type { BusDestination, Consumer, Topology } from '@eventloom/engine';
import { canonicalPattern, type Receiver } from '../../replay/find-rules.ts';

/** A consumer or subscriber that a replay reaches, and what comes of it. */
export interface Reached {
  readonly key: string;
  /**
   * `skip`: its handler leaves out what it remembers. `run`: it handles each event again, once, however often the replay
   * delivers it. `always`: nothing tells it what it did, so it handles whatever comes.
   */
  readonly replays: 'skip' | 'run' | 'always';
}

/** What a replay is limited to; null of both is nothing. */
export interface ReachedBy {
  readonly receiver: Receiver | null;
  /** Patterns of the rules as EventBridge has them. */
  readonly patterns: readonly string[] | null;
}

/** Returns whom a replay to a bus reaches, sorted by key: of the consumers of the spec, not of others on the bus. */
export function reachedBy(
  topology: Topology,
  bus: BusDestination,
  { receiver, patterns }: ReachedBy,
): readonly Reached[] {
  const consumers = topology.consumers.map((one) => ({ one, replays: replaysOf(one) }));
  const subscribers = (topology.subscribers ?? []).map((one) => ({ one, replays: 'always' as const }));
  const texts = patterns === null ? null : new Set(patterns.map(canonicalPattern));
  const isReached = ({ key, routes }: Receiver): boolean => {
    if (receiver !== null) return receiver.key === key;
    return routes.some(
      (route) =>
        'bus' in route &&
        route.bus === bus.key &&
        (texts === null || texts.has(canonicalPattern(JSON.stringify(route.eventPattern)))),
    );
  };
  return [...consumers, ...subscribers]
    .filter(({ one }) => isReached(one))
    .map(({ one, replays }) => ({ key: one.key, replays }))
    .sort((left, right) => (left.key < right.key ? -1 : 1));
}

function replaysOf({ idempotency }: Consumer): Reached['replays'] {
  return idempotency?.replays ?? 'always';
}
