import type { Consumer, Topology } from '@eventloom/engine';

/** What is synthesized: so many consumers, spread evenly over so many services. */
export interface SystemSize {
  readonly consumers: number;
  readonly services: number;
}

/**
 * A system with one bus that is archived, and consumers of the usual kind: a rule with a filter, a queue, a function, one
 * event published. Every setting is the default.
 */
export function systemOf({ consumers, services }: SystemSize): Topology {
  const names = Array.from({ length: services }, (_, index) => serviceName(index));
  return {
    system: 'bench',
    destinations: [
      {
        kind: 'bus',
        key: 'bus:bench',
        constructId: 'BenchBus',
        name: 'bench',
        environmentVariable: 'EVENTLOOM_BUS_BENCH',
        description: null,
        archive: { retentionDays: 30 },
      },
    ],
    services: names.map((name, index) => ({ name, constructId: `Team${index}x`, publishes: [] })),
    consumers: Array.from({ length: consumers }, (_, index) => consumerOf(names[index % services] ?? '', index)),
  };
}

/** Numbers stand inside, so that no name looks like that of the second stack of another service. */
export function serviceName(index: number): string {
  return `team-${index}x`;
}

/** The filter of every consumer, rooted at the envelope. */
export const eventPattern = {
  source: ['bench.orders'],
  'detail-type': ['OrderPlaced'],
  detail: { total: [{ numeric: ['>=', 500] }], market: ['eu', 'us'] },
};

/** What every consumer publishes. */
export const published = { source: 'bench.reviews', name: 'OrderFlagged' } as const;

function consumerOf(service: string, index: number): Consumer {
  const consumer = `screen${index}`;
  const key = `${service}/${consumer}`;
  return {
    ...{ key, service, consumer, constructId: `Screen${index}`, description: null, handler: key, idempotency: null },
    routes: [
      {
        kind: 'eventbridge',
        operation: consumer,
        constructId: `Screen${index}`,
        events: [{ name: 'OrderPlaced', source: 'bench.orders' }],
        bus: 'bus:bench',
        eventPattern,
      },
    ],
    delivery: {
      ...{ type: 'queue', batchSize: 10, batchingWindowSeconds: 0, maxConcurrency: null, maxReceiveCount: 5 },
      ...{ visibilityTimeoutSeconds: 180, fifo: false, timeoutSeconds: 30, memoryMb: 256, onInvalid: 'deadLetter' },
    },
    emits: [{ ...published, destination: 'bus:bench' }],
  };
}
