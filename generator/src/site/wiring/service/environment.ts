import {
  type Consumer,
  claimBucketVariable,
  type Destination,
  deadLetterQueueVariable,
  type EventAddress,
  jwtVariable,
  outboxTableVariable,
  queueVariable,
  tableVariable,
} from '@eventloom/engine';
import type { ServiceModel } from '../../../model/event-model.ts';
import { sortBy } from '../../../model/order.ts';
import type { SiteContext } from '../../site-context.ts';
import type { Fact } from '../../site-model.ts';
import { code } from '../words.ts';
import { memoryTableName, outboxTableName, remembers } from './tables.ts';

/** Environment variables of the functions of a service and of who publishes for it, sorted by name, each once. */
export function environmentFacts(context: SiteContext, service: ServiceModel): readonly Fact[] {
  const facts = [...destinationFacts(context, service), ...functionFacts(context, service), ...callFacts(service)];
  const once = new Map(facts.map((fact) => [fact.label, fact]));
  return sortBy(once.values(), ({ label }) => label);
}

/** Everything that the service publishes, by whatever of it. */
export function publishedBy({ wiring, consumers, subscribers }: ServiceModel): readonly EventAddress[] {
  return [
    ...wiring.publishes,
    ...(wiring.outbox?.publishes ?? []),
    ...[...consumers, ...subscribers].flatMap((receiver) => receiver.wiring.emits),
  ];
}

function destinationFacts({ topology, paths }: SiteContext, service: ServiceModel): readonly Fact[] {
  const keys = new Set(publishedBy(service).map(({ destination }) => destination));
  return topology.destinations
    .filter(({ key }) => keys.has(key))
    .map((destination) => ({
      label: destination.environmentVariable,
      value: `${held[destination.kind]} ${code(destination.name)}`,
      link: paths.destination(destination.key),
    }));
}

const held: Readonly<Record<Destination['kind'], string>> = {
  bus: 'name of bus',
  topic: 'ARN of topic',
  queue: 'URL of queue',
};

function functionFacts({ topology }: SiteContext, service: ServiceModel): readonly Fact[] {
  const consumers = service.consumers.map(({ wiring }) => wiring);
  const { name, outbox } = service.wiring;
  const claims =
    consumers.some((one) => one.claims === true) ||
    publishedBy(service).some(({ claimCheck }) => claimCheck !== undefined);
  const system = topology.system;
  const facts: readonly (readonly [boolean, Fact])[] = [
    [
      consumers.length > 0 || outbox !== undefined,
      { label: deadLetterQueueVariable, value: 'URL of the dead-letter queue of the function' },
    ],
    [consumers.some(readsQueue), { label: queueVariable, value: 'URL of the queue that the function reads' }],
    [
      consumers.some(remembers),
      { label: tableVariable, value: `name of table ${code(memoryTableName(system, name))}` },
    ],
    [
      outbox !== undefined,
      { label: outboxTableVariable, value: `name of table ${code(outboxTableName(system, name))}` },
    ],
    [
      claims && topology.claimBucket !== undefined,
      { label: claimBucketVariable, value: 'name of the bucket for large payloads' },
    ],
    [
      service.ingresses.some(({ wiring }) => wiring.kind === 'http' && wiring.authorization.kind === 'jwt'),
      { label: jwtVariable, value: 'issuer, audience and scopes that the authorizer lets in, as JSON' },
    ],
  ];
  return facts.flatMap(([isSet, fact]) => (isSet ? [fact] : []));
}

function readsQueue({ delivery }: Consumer): boolean {
  return delivery.type === 'queue';
}

function callFacts({ wiring }: ServiceModel): readonly Fact[] {
  return (wiring.calls ?? []).map(({ consumer, environmentVariable }) => ({
    label: environmentVariable,
    value: `name of the function of ${code(consumer)}`,
  }));
}
