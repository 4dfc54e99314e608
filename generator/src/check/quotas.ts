import { limits, type RaisedQuota } from '@eventloom/engine';
import { type DiagnosticCode, describeCode } from '../diagnostics/codes.ts';
import type { Diagnostic, Origin } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { EventModel } from '../model/event-model.ts';
import { toTopology } from '../model/to-topology.ts';
import { quote } from '../model/wording.ts';
import { originOf } from './deployed.ts';
import { fanOutAdvice, movable } from './fan-out.ts';
import { originOfService } from './name-limits.ts';
import type { Rule } from './rule.ts';
import { type Selection, selections } from './selections.ts';

/** Something that a quota bounds. */
interface Counted {
  readonly code: DiagnosticCode;
  readonly quota: RaisedQuota;
  /** "Bus `shop` would have". */
  readonly subject: string;
  /** "rules". */
  readonly unit: string;
  readonly count: number;
  readonly origin: Origin;
  /** What to do besides asking AWS; default: what the catalogue says. */
  readonly advice?: string;
}

/** Warns of what exceeds a quota, unless `x-infrastructure.quotas` says that AWS has raised it so far. */
export function overQuota(
  model: EventModel,
  { code, quota, subject, unit, count, origin, advice }: Counted,
): readonly Diagnostic[] {
  const raised = model.system.infrastructure?.quotas?.[quota];
  const most = raised ?? limits[quota].value;
  if (count <= most) return [];
  const whose = raised === undefined ? 'the default quota' : `the quota that ${quote(`quotas.${quota}`)} names`;
  const message = `${subject} ${count} ${unit}; ${whose} is ${most}.`;
  const granted = `Once AWS has raised it, write \`x-infrastructure: { quotas: { ${quota}: ${count} } }\`.`;
  return [report(code, origin, message, `${advice ?? describeCode(code).fix} ${granted}`)];
}

/** Reports buses with more rules than AWS grants an account at first: one for each route, one for each topic that is fed. */
export const rulesPerBus: Rule = (model) => {
  const { destinations } = model.system;
  const rules = selections(model).filter(({ route }) => route.kind === 'eventbridge');
  return destinations.flatMap((bus): readonly Diagnostic[] => {
    if (bus.kind !== 'bus') return [];
    const own = rules.filter(({ route }) => route.kind === 'eventbridge' && route.bus === bus.key);
    const fed = destinations.filter((one) => one.kind === 'topic' && one.fedBy?.bus === bus.key).length;
    const most = busiest(movable(own));
    return overQuota(model, {
      code: 'rules-per-bus',
      quota: 'rulesPerBus',
      subject: `Bus ${quote(bus.name)} would have`,
      unit: 'rules',
      count: own.length + fed,
      origin: model.spec.origin,
      ...(most === undefined ? {} : { advice: `Ask AWS for a higher quota. ${fanOutAdvice(most, model)}` }),
    });
  });
};

/** A selection on the channel that takes most rules. */
function busiest(rules: readonly Selection[]): Selection | undefined {
  const counts = new Map<string, number>();
  for (const { operation } of rules) counts.set(operation.channel, (counts.get(operation.channel) ?? 0) + 1);
  const [channel] = [...counts].sort(([, one], [, other]) => other - one)[0] ?? [];
  return rules.find(({ operation }) => operation.channel === channel);
}

/** Reports topics with more filter policies than AWS grants at first. */
export const policiesPerTopic: Rule = (model) => {
  const policies = topicsWithPolicies(model);
  return model.system.destinations.flatMap((topic) =>
    overQuota(model, {
      code: 'policies-per-topic',
      quota: 'filterPoliciesPerTopic',
      subject: `Topic ${quote(topic.name)} would have`,
      unit: 'filter policies',
      count: policies.filter((key) => key === topic.key).length,
      origin: originOf(topic, model),
    }),
  );
};

/** Reports systems with more filter policies than AWS grants an account at first. */
export const policiesPerAccount: Rule = (model) =>
  overQuota(model, {
    code: 'policies-per-account',
    quota: 'filterPoliciesPerAccount',
    subject: 'The system would have',
    unit: 'filter policies',
    count: topicsWithPolicies(model).length,
    origin: model.spec.origin,
  });

/** Reports systems with more buses than AWS grants an account at first. */
export const busesPerAccount: Rule = (model) =>
  overQuota(model, {
    code: 'buses-per-account',
    quota: 'busesPerAccount',
    subject: 'The system would have',
    unit: 'event buses',
    count: model.system.destinations.filter(({ kind }) => kind === 'bus').length,
    origin: model.spec.origin,
  });

/** Reports services whose REST API has more parts of paths than AWS grants at first. */
export const resourcesPerApi: Rule = (model) => {
  const { ingresses = [] } = toTopology(model);
  return model.system.services.flatMap(({ wiring: { name } }) => {
    const paths = ingresses.flatMap((one) => (one.kind === 'http' && one.service === name ? [one.path] : []));
    return overQuota(model, {
      code: 'resources-per-api',
      quota: 'restApiResources',
      subject: `The API of service ${quote(name)} would have`,
      unit: 'resources (parts of paths)',
      count: new Set(paths.flatMap(partsOfPath)).size,
      origin: originOfService(name, model),
    });
  });
};

/** `/` and every beginning of a path that is a resource of its own. */
function partsOfPath(path: string): readonly string[] {
  const segments = path.split('/').filter((segment) => segment !== '');
  return ['/', ...segments.map((_, index) => `/${segments.slice(0, index + 1).join('/')}`)];
}

/** The key of its topic for each filter policy. */
function topicsWithPolicies(model: EventModel): readonly string[] {
  return selections(model).flatMap(({ route, consumer }) =>
    (route.kind === 'sns' || route.kind === 'eventbridge-sns') && route.filterPolicy !== null
      ? subscriptionsOf(consumer.wiring.delivery).map(() => route.topic)
      : [],
  );
}

/** Each mail address and each telephone number subscribes by itself. */
function subscriptionsOf(delivery: Selection['consumer']['wiring']['delivery']): readonly unknown[] {
  if (delivery.type === 'email') return delivery.addresses;
  return delivery.type === 'sms' ? delivery.numbers : [delivery];
}
