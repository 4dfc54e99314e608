import { type EventAddress, limits, type Outbox } from '@eventloom/engine';
import { relayModule } from './names.ts';

/** What the relay of an outbox gets. The spec has no word for any of it. */
const relayDefaults: Omit<Outbox, 'key' | 'handler' | 'publishes'> = {
  batchSize: 100,
  timeoutSeconds: 60,
  memoryMb: 256,
  // An hour before the stream drops a record, Lambda still tells of it.
  maxRecordAgeSeconds: limits.streamRecordAgeSeconds.value - 60 * 60,
};

/**
 * Makes the outbox of a service. `publishes` is what its operations with `x-outbox` send. Its timeout is its own: a relay
 * publishes batches of a hundred whatever handlers do.
 */
export function buildOutbox(service: string, publishes: readonly EventAddress[], memoryMb?: number): Outbox {
  const handler = relayModule(service);
  return { key: handler, handler, publishes, ...relayDefaults, ...(memoryMb === undefined ? {} : { memoryMb }) };
}
