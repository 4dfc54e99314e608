import { alarmMetrics, type PlannedAlarm, planAlarms } from './alarm-plan.ts';
import { ofService } from './by-service.ts';
import { settingsOf } from './settings.ts';
import { splitService } from './stack-split.ts';
import type { Service, Topology } from './topology.ts';
import { watchablesOf, watchablesOfCore } from './watchable.ts';

/** What is watched of a stack, and what of it CloudWatch charges for. */
export interface StackObservability {
  /** Name of the service; undefined for the core stack. */
  readonly service: string | undefined;
  /** What follows the name of the system in that of the stack; undefined for the core stack. */
  readonly name: string | undefined;
  readonly alarms: readonly PlannedAlarm[];
  /** Metrics of all alarms. Each is charged for, alone or in an expression. */
  readonly alarmMetrics: number;
  /** 0 or 1. */
  readonly dashboards: number;
}

/** What is watched of a system in one environment. */
export interface Observability {
  /** The core stack first, then those of the services, sorted by service and number. */
  readonly stacks: readonly StackObservability[];
  /** Alarms of all stacks. */
  readonly alarms: number;
  /** Metrics of all alarms, which are charged for. */
  readonly alarmMetrics: number;
  /** Dashboards of all stacks. */
  readonly dashboards: number;
  /** Customer-managed keys: 0 or 1. */
  readonly keys: number;
}

/** Returns the alarms, dashboards and keys of a system in one environment: what the constructs make, stack by stack. */
export function observabilityOf(topology: Topology, environment?: string): Observability {
  const stacks = [
    observed(topology, environment, { alarms: planAlarms(watchablesOfCore(topology, environment)) }),
    ...sortedServices(topology).flatMap((service) => observedService(topology, environment, service)),
  ];
  const total = (count: (stack: StackObservability) => number) => stacks.reduce((sum, stack) => sum + count(stack), 0);
  return {
    stacks,
    alarms: total(({ alarms }) => alarms.length),
    alarmMetrics: total((stack) => stack.alarmMetrics),
    dashboards: total(({ dashboards }) => dashboards),
    keys: settingsOf(topology, environment).encryption === 'customer' ? 1 : 0,
  };
}

/** Tells whether a service has a stack: CloudFormation refuses one without resources. */
export function hasStack({ consumers, subscribers, ingresses }: Topology, { name, outbox }: Service): boolean {
  if (outbox !== undefined) return true;
  return [consumers, subscribers, ingresses].some(
    (items) => ofService<{ readonly service: string }>(items, name).length > 0,
  );
}

function sortedServices({ services }: Topology): readonly Service[] {
  return [...services].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function observedService(
  topology: Topology,
  environment: string | undefined,
  service: Service,
): readonly StackObservability[] {
  if (!hasStack(topology, service)) return [];
  const watchables = watchablesOf(topology, service, environment);
  const parts = splitService(topology, service);
  const moved = new Set(parts.filter(({ number }) => number > 0).flatMap(keysOf));
  return parts.map((part) => {
    const keys = new Set(keysOf(part));
    const own = watchables.filter(({ key }) => (part.number === 0 ? !moved.has(key) : keys.has(key)));
    return observed(topology, environment, { service: service.name, name: part.name, alarms: planAlarms(own) });
  });
}

function keysOf(part: ReturnType<typeof splitService>[number]): readonly string[] {
  return [...part.consumers, ...part.subscribers].map(({ key }) => key);
}

function observed(
  topology: Topology,
  environment: string | undefined,
  {
    service,
    name,
    alarms,
  }: { readonly service?: string; readonly name?: string; readonly alarms: readonly PlannedAlarm[] },
): StackObservability {
  const { dashboard } = settingsOf(topology, environment, service);
  return { service, name, alarms, alarmMetrics: alarmMetrics(alarms), dashboards: dashboard ? 1 : 0 };
}
