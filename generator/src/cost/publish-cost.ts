import type { Destination } from '@eventloom/engine';
import { type CostLine, charge, chunksOf, gigabytes, monthsKept } from './cost-line.ts';
import type { EventFacts } from './event-facts.ts';
import { logCost } from './function-cost.ts';

/** What it costs to publish an event, before anybody receives it. */
export interface PublishWork {
  readonly event: EventFacts;
  readonly events: number;
  readonly destination: Destination;
  /** The topic that its channel has behind the bus; undefined without one. */
  readonly topic: Extract<Destination, { kind: 'topic' }> | undefined;
  /** Days that the bucket keeps payloads of claims. */
  readonly claimDays: number;
  /** Days that logs are kept. */
  readonly logRetentionDays: number;
}

/** The positions of an event at its destination: published, archived, logged, fanned out, its payload put aside. */
export function publishCost(work: PublishWork): readonly CostLine[] {
  const { event, events, topic } = work;
  return [
    ...atDestination(work),
    ...(topic === undefined ? [] : topicCost(topic, events, event.envelopeBytes, 'bus to topic')),
    ...claimCost(work),
  ];
}

function atDestination({ event, events, destination, logRetentionDays }: PublishWork): readonly CostLine[] {
  const { sentBytes } = event;
  switch (destination.kind) {
    case 'bus': {
      const { archive, logging } = destination;
      return [
        ...charge('busEvents', events * chunksOf(sentBytes), 'published to the bus'),
        ...(archive === null ? [] : archiveCost(events * sentBytes, archive.retentionDays)),
        ...(logging === undefined || logging.level === 'error'
          ? []
          : logCost(events * (busLogBytes + (logging.detail ? sentBytes : 0)), logRetentionDays, 'bus logs')),
      ];
    }
    case 'topic':
      return topicCost(destination, events, sentBytes, 'published to the topic');
    case 'queue': {
      const price = destination.fifo ? 'queueFifoRequests' : 'queueRequests';
      return charge(price, events * chunksOf(sentBytes), 'sent to the queue');
    }
    default:
      return destination satisfies never;
  }
}

/** What a bus logs of an event that comes and goes, without its payload. */
const busLogBytes = 900;

/** One that keeps events for ever grows; the bill is that of its first month. */
function archiveCost(bytes: number, retentionDays: number): readonly CostLine[] {
  const kept = retentionDays === 0 ? 1 : monthsKept(retentionDays);
  return [
    ...charge('archiveBytes', gigabytes(bytes), 'archived'),
    ...charge('archiveStorage', gigabytes(bytes) * kept, 'archived, kept'),
  ];
}

function topicCost(
  { fifo }: Extract<Destination, { kind: 'topic' }>,
  events: number,
  bytes: number,
  what: string,
): readonly CostLine[] {
  if (!fifo) return charge('topicPublishes', events * chunksOf(bytes), what);
  return [
    ...charge('topicFifoPublishes', events, what),
    ...charge('topicFifoBytes', gigabytes(events * bytes), `${what}, by size`),
  ];
}

function claimCost({ event, events, claimDays }: PublishWork): readonly CostLine[] {
  if (!event.isClaimed) return [];
  const bytes = gigabytes(events * event.payload.bytes);
  return [
    ...charge('bucketWrites', events, 'payload put aside'),
    ...charge('bucketStorage', bytes * monthsKept(claimDays), 'payload put aside, kept'),
  ];
}
