import { limits, type Route } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { EventModel, ServiceModel } from '../model/event-model.ts';
import { quote } from '../model/wording.ts';
import type { Rule } from './rule.ts';
import { selections } from './selections.ts';

/** Reports buses with more rules than AWS grants an account at first: one for each route, one for each topic that is fed. */
export const rulesPerBus: Rule = ({ system, spec }) => {
  const { rulesPerBus: limit } = limits;
  const routes = system.services.flatMap(({ consumers, subscribers }) =>
    [...consumers, ...subscribers].flatMap(({ wiring }): readonly Route[] => wiring.routes),
  );
  return system.destinations.flatMap((bus): readonly Diagnostic[] => {
    if (bus.kind !== 'bus') return [];
    const own = routes.filter((route) => route.kind === 'eventbridge' && route.bus === bus.key).length;
    const fed = system.destinations.filter((one) => one.kind === 'topic' && one.fedBy?.bus === bus.key).length;
    if (own + fed <= limit.value) return [];
    const message = `Bus ${quote(bus.name)} would have ${own + fed} rules; the default quota is ${limit.value}.`;
    return [report('rules-per-bus', spec.origin, message)];
  });
};

/** Reports topics with more filter policies than AWS grants at first. */
export const policiesPerTopic: Rule = (model) => {
  const { filterPoliciesPerTopic: limit } = limits;
  const policies = topicsWithPolicies(model);
  return model.system.destinations.flatMap((topic) => {
    const count = policies.filter((key) => key === topic.key).length;
    if (count <= limit.value) return [];
    const message = `Topic ${quote(topic.name)} would have ${count} filter policies; the default quota is ${limit.value}.`;
    return [report('policies-per-topic', model.spec.origin, message)];
  });
};

/** Reports systems with more filter policies than AWS grants an account at first. */
export const policiesPerAccount: Rule = (model) => {
  const { filterPoliciesPerAccount: limit } = limits;
  const count = topicsWithPolicies(model).length;
  if (count <= limit.value) return [];
  const message = `The system would have ${count} filter policies; the default quota of an account is ${limit.value}.`;
  return [report('policies-per-account', model.spec.origin, message)];
};

/** The key of its topic for each filter policy. */
function topicsWithPolicies(model: EventModel): readonly string[] {
  return selections(model).flatMap(({ route }) =>
    (route.kind === 'sns' || route.kind === 'eventbridge-sns') && route.filterPolicy !== null ? [route.topic] : [],
  );
}

/**
 * Resources that a consumer costs at least, as the constructs build them: queue and dead-letter queue with their
 * policies, function, role, policy of the role, event source mapping, log group; a rule or subscription for each route.
 */
const resourcesPerConsumer = { queue: 8, function: 6 } as const;

/** Reports services whose stack would have more resources than CloudFormation takes. */
export const resourcesPerStack: Rule = ({ system }) => {
  const { stackResources: limit } = limits;
  return system.services.flatMap((service): readonly Diagnostic[] => {
    const count = resourcesOf(service);
    const origin = service.consumers[0]?.origin;
    if (count <= limit.value || origin === undefined) return [];
    const message = `The stack of service ${quote(service.wiring.name)} would have at least ${count} resources; CloudFormation takes ${limit.value}.`;
    return [report('resources-per-stack', origin, message)];
  });
};

function resourcesOf({ consumers }: ServiceModel): number {
  return consumers.reduce(
    (sum, { wiring }) => sum + resourcesPerConsumer[wiring.delivery.type] + wiring.routes.length,
    0,
  );
}
