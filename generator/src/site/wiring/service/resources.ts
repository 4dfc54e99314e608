import { type ResolvedSettings, type StackObservability, settingsOf, type Topology } from '@eventloom/engine';
import type { ServiceModel } from '../../../model/event-model.ts';
import type { SiteContext } from '../../site-context.ts';
import type { ResourceEntry } from '../../site-model.ts';
import { consumerResources } from './consumer-resources.ts';
import { ingressResources } from './ingress-resources.ts';
import { outboxResources } from './outbox-resources.ts';
import { removalFact } from './shared-facts.ts';
import { subscriberResources } from './subscriber-resources.ts';
import { memoryTableName, remembers } from './tables.ts';

/**
 * What the stacks of a service make, those of consumers first. What AWS names is called by the path of its construct in
 * the stack; all other names get the environment in front. Settings are those that no environment changes.
 */
export function resourceEntries(
  { topology }: Pick<SiteContext, 'topology'>,
  service: ServiceModel,
  stacks: readonly StackObservability[],
): readonly ResourceEntry[] {
  const { name } = service.wiring;
  const settings = settingsOf(topology, undefined, name);
  return [
    ...service.consumers.flatMap(({ wiring }) => consumerResources(topology, wiring, settings)),
    ...service.subscribers.flatMap(({ wiring }) => subscriberResources(topology, wiring, settings)),
    ...ingressResources(topology, service, settings),
    ...outboxResources(topology, service, settings),
    ...memoryTable(topology, service, settings),
    ...dashboards(topology, stacks),
  ];
}

function memoryTable(
  { system }: Topology,
  { wiring, consumers }: ServiceModel,
  settings: ResolvedSettings,
): readonly ResourceEntry[] {
  if (!consumers.some((consumer) => remembers(consumer.wiring))) return [];
  return [
    {
      kind: 'DynamoDB table',
      name: memoryTableName(system, wiring.name),
      belongsTo: wiring.name,
      facts: [{ label: 'Holds', value: 'what handlers remember between events' }, removalFact(settings)],
    },
  ];
}

function dashboards({ system }: Topology, stacks: readonly StackObservability[]): readonly ResourceEntry[] {
  return stacks
    .filter((stack) => stack.dashboards > 0)
    .map(({ name = '', service = '' }) => ({
      kind: 'CloudWatch dashboard',
      name: `${system}-${name}`,
      belongsTo: service,
      facts: [],
    }));
}
