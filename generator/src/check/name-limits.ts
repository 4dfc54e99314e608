import { limits } from '@eventloom/engine';
import type { Diagnostic, Origin } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { EventModel } from '../model/event-model.ts';
import { toTopology } from '../model/to-topology.ts';
import { quote } from '../model/wording.ts';
import { type Deployment, deploymentsOf, originOf } from './deployed.ts';
import { type DeployedName, deployedNames } from './deployed-names.ts';
import type { Rule } from './rule.ts';

/** Reports names that AWS would refuse, by themselves or once the name of an environment stands before them. */
export const nameLimits: Rule = (model) => {
  const topology = toTopology(model);
  const deployments = deploymentsOf(topology);
  return deployedNames(topology).flatMap((name) => judge(name, deployments, model));
};

function judge(deployed: DeployedName, deployments: readonly Deployment[], model: EventModel): readonly Diagnostic[] {
  const { what, name, limit } = deployed;
  const most = limits[limit].value;
  const failing = deployments.find(({ prefixLength }) => name.length + prefixLength > most);
  if (failing === undefined || (name.length > most && isToldWhereItIsRead(deployed))) return [];
  const { prefixLength, words, isCertain } = failing;
  const message = `The name of the ${what}, ${quote(name)}, would have ${name.length + prefixLength} characters${words}; AWS allows ${most}.`;
  return [report(isCertain ? 'name-too-long' : 'name-prefix', originOfName(deployed, model), message)];
}

function isToldWhereItIsRead({ what }: DeployedName): boolean {
  return what === 'event bus' || what === 'topic' || what === 'schema registry';
}

function originOfName({ of }: DeployedName, model: EventModel): Origin {
  if (of === 'system') return model.spec.origin;
  return 'service' in of ? originOfService(of.service, model) : originOf({ key: of.destination }, model);
}

/** Where the spec first speaks of a service. */
export function originOfService(name: string, { system, spec }: EventModel): Origin {
  const service = system.services.find(({ wiring }) => wiring.name === name);
  const named = [service?.consumers, service?.subscribers, service?.producers].flatMap((found) => found?.[0] ?? []);
  return named[0]?.origin ?? spec.origin;
}
