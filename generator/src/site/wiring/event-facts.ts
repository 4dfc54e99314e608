import { type Destination, limits } from '@eventloom/engine';
import type { EventType } from '../../model/event-model.ts';
import { count } from '../count.ts';
import type { SiteContext } from '../site-context.ts';
import type { Fact, Words } from '../site-model.ts';
import { bytes, code } from './words.ts';

/** Where an event is published, how it is told apart there, and how large it may be. */
export function eventFacts({ paths, topology }: SiteContext, event: EventType): readonly Fact[] {
  const destination = topology.destinations.find(({ key }) => key === event.destination);
  if (destination === undefined) return [];
  return [
    {
      label: destinationLabels[destination.kind],
      value: code(destination.name),
      link: paths.destination(event.destination),
    },
    ...identityFacts(event, destination),
    { label: 'Channel', value: code(event.channel) },
    { label: 'Largest entry', value: bytes(event.maximumBytes ?? largest[destination.kind]) },
    ...orderFacts(event, destination),
    ...claimFacts(event),
    ...(destination.kind === 'bus' ? busFacts(event, destination) : []),
  ];
}

const destinationLabels = { bus: 'Event bus', topic: 'SNS topic', queue: 'SQS queue' } as const;

const largest = {
  bus: limits.putEventsRequestBytes.value,
  topic: limits.topicMessageBytesDefault.value,
  queue: limits.queueMessageBytesMaximum.value,
} as const;

function identityFacts({ name, source }: EventType, { kind }: Destination): readonly Fact[] {
  if (kind === 'bus') {
    return [
      { label: 'source', value: code(source) },
      { label: 'detail-type', value: code(name) },
    ];
  }
  return [{ label: 'Attribute type', value: code(name) }];
}

function orderFacts({ ordering, fairness }: EventType, destination: Destination): readonly Fact[] {
  const fifo = destination.kind !== 'bus' && destination.fifo;
  const group = ordering === null ? 'that the caller names a group for' : `with the same ${code(ordering.key)}`;
  return [
    ...(fifo ? [{ label: 'Order', value: `FIFO: events ${group} keep their order` }] : []),
    ...(fairness === undefined
      ? []
      : [{ label: 'Fairness', value: `the queue is shared evenly by ${code(fairness.key)}` }]),
  ];
}

function claimFacts({ claimCheck }: EventType): readonly Fact[] {
  if (claimCheck === undefined) return [];
  const { aboveBytes, keep } = claimCheck;
  const bound = aboveBytes === null ? 'the routes could not carry' : `has an entry above ${bytes(aboveBytes)}`;
  const kept = keep.length === 0 ? '' : `; ${keep.map(code).join(', ')} stay in the claim`;
  return [
    { label: 'Claim check', value: `a payload that ${bound} goes to the claim bucket, and a claim is sent${kept}` },
  ];
}

function busFacts(
  { name, source }: EventType,
  { archive, schemaRegistry = [] }: Destination & { readonly kind: 'bus' },
): readonly Fact[] {
  // A registry takes no other characters.
  const registered = `${source}@${name}`.replace(/[^0-9A-Za-z._@-]/g, '');
  const entry = schemaRegistry.find((one) => one.name === registered);
  return [
    ...(archive === null ? [] : [{ label: 'Archive', value: archiveWords(archive.retentionDays) }]),
    ...(entry === undefined ? [] : [{ label: 'Schema registry', value: code(entry.name) }]),
  ];
}

/** How long an archive keeps events. */
export function archiveWords(retentionDays: number): Words {
  return retentionDays === 0 ? 'kept for ever, for replays' : `kept for ${count(retentionDays, 'day')}, for replays`;
}
