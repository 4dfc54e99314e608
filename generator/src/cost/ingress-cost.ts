import type { Ingress, Outbox, ResolvedSettings } from '@eventloom/engine';
import { type CostLine, charge, chunksOf } from './cost-line.ts';
import type { CostOptions } from './cost-options.ts';
import type { EventFacts } from './event-facts.ts';
import { functionCost } from './function-cost.ts';
import { idleCost, queueCost, receives } from './queue-cost.ts';

/** What comes in by an ingress or an outbox in a month. */
export interface IncomingWork {
  readonly events: number;
  readonly event: EventFacts;
  readonly options: CostOptions;
  readonly settings: ResolvedSettings;
}

/** Memory of a Lambda authorizer, in MiB, where nothing else is said. */
const authorizerMemoryMb = 128;

/** The positions of an ingress, up to the event that it publishes. */
export function ingressCost(ingress: Ingress, { events, event, options, settings }: IncomingWork): readonly CostLine[] {
  const { bytes } = event.payload;
  switch (ingress.kind) {
    case 'http':
      return [
        ...charge('apiRequests', events, 'API: requests'),
        ...(ingress.authorization.kind === 'lambda'
          ? functionCost({ invocations: events, events, memoryMb: authorizerMemoryMb }, options, settings)
          : []),
      ];
    case 'schedule':
      return charge('scheduleInvocations', events, 'schedule: invocations');
    case 'queue': {
      const batch = options.batch ?? ingress.batchSize;
      const read = { received: events, bytes, batch };
      return [
        ...queueCost({ fifo: false, fair: false, sent: ingress.arn === null ? events : 0, ...read }),
        ...idleCost(false, receives(read)),
        ...pipeCost(events, bytes, batch),
      ];
    }
    case 'table':
      return [
        ...(ingress.streamArn === null ? charge('tableWrites', events * kilobytes(bytes), 'table: items written') : []),
        ...pipeCost(events, bytes, options.batch ?? ingress.batchSize),
      ];
    default:
      return ingress satisfies never;
  }
}

/** The positions of an outbox: an event is written in a transaction, read from a stream for nothing, and deleted. */
export function outboxCost(outbox: Outbox, work: readonly IncomingWork[]): readonly CostLine[] {
  const [first] = work;
  if (first === undefined) return [];
  const { options, settings } = first;
  const events = work.reduce((sum, one) => sum + one.events, 0);
  // A write in a transaction counts twice.
  const written = work.reduce((sum, one) => sum + one.events * kilobytes(one.event.payload.bytes) * 2, 0);
  const deleted = work.reduce((sum, one) => sum + one.events * kilobytes(one.event.payload.bytes), 0);
  const invocations = events / (options.batch ?? outbox.batchSize);
  return [
    ...charge('tableWrites', written, 'outbox: events written'),
    ...charge('tableWrites', deleted, 'outbox: events deleted'),
    ...functionCost({ invocations, events, memoryMb: outbox.memoryMb }, options, settings),
  ];
}

function pipeCost(events: number, bytes: number, batch: number): readonly CostLine[] {
  return charge('pipeRequests', (events / batch) * chunksOf(bytes * batch), 'pipe: requests');
}

/** A write unit of a table is 1 KB. */
function kilobytes(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 1_024));
}
