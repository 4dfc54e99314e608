import type { Observability, StackObservability, Topology } from '@eventloom/engine';
import { ArnFormat, type Stack } from 'aws-cdk-lib';
import { type CfnAlarm, CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { physicalName, stackName } from '../physical-name.ts';
import { sortedBy } from '../sorted.ts';
import { inertText } from './alarm-words.ts';
import { alarmName } from './alarms.ts';
import { inOneJoin } from './in-one-join.ts';
import { busMetric, publishedTo } from './metrics.ts';
import type { MetricSource } from './watched.ts';
import { dashboardBody, exactly, type Line, type Row, search, text, type Widget } from './widgets.ts';

/** What the dashboard of a system shows. */
export interface SystemDashboardOptions {
  readonly topology: Topology;
  readonly environment: string | undefined;
  /** Those of the core stack. */
  readonly alarms: ReadonlyMap<string, CfnAlarm>;
  /** What there is in the stacks of services. */
  readonly observability: Observability;
}

/**
 * Adds the dashboard of the whole system, by the name of the core stack: what is published, matched, handled, what fails,
 * what waits, how long it takes, and the alarms of each service.
 *
 * The core stack knows no function of a service, since it comes first and imports nothing: what services do is found by
 * searches for the name of the system, with which the names of their functions and queues begin. Alarms have names of
 * their own.
 */
export function addSystemDashboard(stack: Stack, options: SystemDashboardOptions): CfnDashboard {
  const { observability } = options;
  const rows: readonly Row[] = [
    [text(heading(options, observability), 3)],
    traffic(options),
    trouble(options),
    ...alarmRows(stack, options, observability),
  ];
  return new CfnDashboard(stack, 'Dashboard', {
    dashboardName: stack.stackName,
    dashboardBody: inOneJoin(dashboardBody(rows, stack.region)),
  });
}

const third = { width: 8, height: 6 } as const;
const whole = { width: 24, height: 3 } as const;

function heading({ topology, environment }: SystemDashboardOptions, { stacks }: Observability): string {
  const links = stacks.flatMap(({ name, dashboards }) =>
    name === undefined || dashboards === 0
      ? []
      : [`[${name}](#dashboards:name=${stackName(topology.system, name, environment)})`],
  );
  return inertText(`# ${stackName(topology.system, undefined, environment)}\n${links.join(' · ')}`);
}

function traffic({ topology, environment }: SystemDashboardOptions): Row {
  const system = stackName(topology.system, undefined, environment);
  const destinations = sortedBy(topology.destinations, ({ key }) => key).map((destination) => ({
    destination,
    name: physicalName(destination, environment),
  }));
  const buses = destinations.filter(({ destination }) => destination.kind === 'bus').map(({ name }) => name);
  return [
    graph('Published', [
      { show: accountMetric('PutEventsApproximateSuccessCount'), label: 'accepted by PutEvents, whole account' },
      ...destinations
        .filter(({ destination }) => destination.kind !== 'bus')
        .map((located): Line => ({ show: publishedTo(located), label: located.name })),
    ]),
    graph(
      'Matched',
      buses.map((bus) => ({ show: ofRules(bus, 'MatchedEvents'), label: bus })),
    ),
    graph('Handled: invocations', [{ show: ofFunctions(system, 'Invocations', 'Sum', true), label: system }]),
  ];
}

function trouble({ topology, environment }: SystemDashboardOptions): Row {
  const system = stackName(topology.system, undefined, environment);
  const buses = sortedBy(topology.destinations, ({ key }) => key)
    .filter(({ kind }) => kind === 'bus')
    .map((bus) => physicalName(bus, environment));
  const queues = `MetricName="ApproximateNumberOfMessagesVisible" QueueName=${system}`;
  return [
    graph('Failed', [
      { show: ofFunctions(system, 'Errors', 'Sum', true), label: 'errors' },
      { show: ofFunctions(system, 'Throttles', 'Sum', true), label: 'throttles' },
      ...buses.map((bus): Line => ({ show: ofRules(bus, 'FailedInvocations'), label: `${bus} not delivered` })),
      { show: accountMetric('PutEventsFailedEntriesCount'), label: 'refused by PutEvents, whole account' },
    ]),
    graph('Waiting on queues, dead letters included', [
      { show: search('AWS/SQS,QueueName', queues, 'Maximum'), label: 'waiting' },
    ]),
    graph('Latency in ms', [
      ...buses.map(
        (bus): Line => ({
          show: busMetric(bus, 'IngestionToInvocationSuccessLatency', 'p99'),
          label: `${bus} delivery p99`,
        }),
      ),
      { show: ofFunctions(system, 'Duration', 'p99', false), label: 'handler p99' },
    ]),
  ];
}

function alarmRows(
  stack: Stack,
  { topology, environment, alarms }: SystemDashboardOptions,
  { stacks }: Observability,
): readonly Row[] {
  const core = [...alarms.values()].map(({ attrArn }) => attrArn);
  return [
    [alarmWidget(stackName(topology.system, undefined, environment), core)],
    ...stacks.flatMap((one): readonly Row[] => {
      if (one.name === undefined) return [];
      const name = stackName(topology.system, one.name, environment);
      return [[alarmWidget(name, alarmArns(stack, name, one))]];
    }),
  ];
}

function alarmArns(stack: Stack, name: string, { alarms }: StackObservability): readonly string[] {
  const prefix = stack.formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName: '',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return alarms.flatMap((alarm) => {
    const physical = alarmName(name, alarm);
    return physical === undefined ? [] : [`${prefix}${physical}`];
  });
}

function alarmWidget(title: string, arns: readonly string[]): Widget {
  return { kind: 'alarms', title, arns, ...whole };
}

function graph(title: string, lines: readonly Line[]): Widget {
  return { kind: 'graph', title, lines, ...third };
}

function ofRules(bus: string, metric: string) {
  const term = `EventBusName=${exactly(bus)} MetricName="${metric}"`;
  return search('AWS/Events,EventBusName,RuleName', term, 'Sum', true);
}

/** A search for a part of a name takes whole words of it: that of the system, as it stands before that of the service. */
function ofFunctions(system: string, metric: string, statistic: MetricSource['statistic'], sum: boolean) {
  return search('AWS/Lambda,FunctionName', `MetricName="${metric}" FunctionName=${system}`, statistic, sum);
}

/** EventBridge counts what it is given for the account, not for each bus. */
function accountMetric(metricName: string): MetricSource {
  return { namespace: 'AWS/Events', metricName, dimensions: {}, statistic: 'Sum' };
}
