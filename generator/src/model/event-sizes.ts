import { limits, maximumEntryBytes } from '@eventloom/engine';
import type { EventType, SystemModel } from './event-model.ts';
import { topicKey } from './events.ts';

/**
 * Sets how large each event on a bus may be, so that every route behind the bus carries it with its envelope. Who has
 * subscribed does not matter: targets of rules take the same, and a new consumer must not change a producer; only the
 * topic that a channel has behind its bus takes less. Topics and queues need no such bound, since what they take
 * themselves, everything behind them takes.
 */
export function withMaximumBytes(
  events: readonly EventType[],
  destinations: SystemModel['destinations'],
): readonly EventType[] {
  const fed = new Set(destinations.flatMap((one) => (one.kind === 'topic' && one.fedBy !== null ? [one.key] : [])));
  const buses = new Set(destinations.flatMap(({ key, kind }) => (kind === 'bus' ? [key] : [])));
  const targetBytes = Math.min(limits.queueMessageBytesMaximum.value, limits.asynchronousPayloadBytes.value);
  return events.map((event) => {
    if (!buses.has(event.destination)) return event;
    const isFannedOut = fed.has(topicKey(event.channel));
    const most = isFannedOut ? Math.min(targetBytes, limits.topicMessageBytesDefault.value) : targetBytes;
    return { ...event, maximumBytes: maximumEntryBytes(event, most) };
  });
}
