import { observabilityOf, type StackObservability } from '@eventloom/engine';
import type { ServiceModel } from '../../model/event-model.ts';
import { sortBy } from '../../model/order.ts';
import type { SiteContext } from '../site-context.ts';
import type { ServicePage } from '../site-model.ts';
import { type Reception, receptionsOf } from './receptions.ts';
import { alarmEntries } from './service/alarm-entries.ts';
import { environmentFacts } from './service/environment.ts';
import { permissionEntries } from './service/permissions.ts';
import { resourceEntries } from './service/resources.ts';
import { consumedEntries, publishedEntries } from './service/traffic.ts';

/** What a service page says beside its drawing and snippets. */
export type DescribedService = Omit<ServicePage, 'neighbourhood' | 'snippets'>;

/** Describes every service, sorted by name. */
export function describeServices(context: SiteContext): readonly DescribedService[] {
  const receptions = receptionsOf(context);
  const { stacks } = observabilityOf(context.topology);
  return sortBy(context.model.system.services, ({ wiring }) => wiring.name).map((service) => {
    const isOwn = ({ receiver }: Reception) => receiver.wiring.service === service.wiring.name;
    return describeService(context, service, {
      receptions: receptions.filter(isOwn),
      stacks: stacks.filter((stack) => stack.service === service.wiring.name),
    });
  });
}

interface Parts {
  readonly receptions: readonly Reception[];
  readonly stacks: readonly StackObservability[];
}

function describeService(context: SiteContext, service: ServiceModel, { receptions, stacks }: Parts): DescribedService {
  const { name } = service.wiring;
  const docs = context.model.documentation.services.find((one) => one.service === name);
  return {
    path: context.paths.service(name).path,
    name,
    summary: docs?.summary ?? null,
    description: docs?.description ?? null,
    owner: docs?.owner ?? null,
    links: docs?.links ?? [],
    publishes: publishedEntries(context, service),
    consumes: consumedEntries(context, receptions),
    resources: resourceEntries(context, service, stacks),
    alarms: alarmEntries(context.topology, stacks),
    permissions: permissionEntries(context, service),
    environment: environmentFacts(context, service),
  };
}
