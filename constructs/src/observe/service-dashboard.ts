import type { EventAddress } from '@eventloom/engine';
import type { Stack } from 'aws-cdk-lib';
import { type CfnAlarm, CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Destinations, LocatedDestination } from '../destinations.ts';
import { sortedBy } from '../sorted.ts';
import { inertText } from './alarm-words.ts';
import { inOneJoin } from './in-one-join.ts';
import { functionMetric, oldest, publishedTo, ruleMetric, waitingMessages } from './metrics.ts';
import type { Watched } from './watched.ts';
import { dashboardBody, exactly, type Line, type Row, search, text, type Widget } from './widgets.ts';

/** What the dashboard of a stack of a service shows. */
export interface ServiceDashboardOptions {
  readonly service: string;
  readonly watched: readonly Watched[];
  readonly alarms: ReadonlyMap<string, CfnAlarm>;
  /** What the service publishes, by itself and by its handlers. */
  readonly publishes: readonly EventAddress[];
  readonly destinations: Destinations;
}

/**
 * Adds the dashboard of one stack of a service, by the name of the stack: its alarms, what it publishes, all consumers
 * beside each other, and a row for each of them in the order of their keys.
 */
export function addServiceDashboard(stack: Stack, options: ServiceDashboardOptions): CfnDashboard {
  const watched = sortedBy(options.watched, ({ watchable }) => watchable.key);
  const rows: readonly Row[] = [
    [text(`# ${inertText(options.service)}\nA row for each consumer; the alarms of this stack first.`, 2)],
    [{ kind: 'alarms', title: 'Alarms', arns: [...options.alarms.values()].map(({ attrArn }) => attrArn), ...whole }],
    overview(watched, options),
    handledRow(options.service),
    ...watched.flatMap(rowsOf),
  ];
  return new CfnDashboard(stack, 'Dashboard', {
    dashboardName: stack.stackName,
    dashboardBody: inOneJoin(dashboardBody(rows, stack.region)),
  });
}

const whole = { width: 24, height: 3 } as const;
const quarter = { width: 6, height: 6 } as const;
const third = { width: 8, height: 6 } as const;

const oldestLabels = { queue: 'oldest, s', stream: 'oldest, ms', delivery: 'oldest, s' } as const;

function overview(watched: readonly Watched[], { publishes, destinations }: ServiceDashboardOptions): Row {
  const keys = [...new Set(publishes.map(({ destination }) => destination))].sort();
  return [
    graph(
      'Published',
      quarter,
      keys.map((key) => publishedLine(destinations.locate(key))),
    ),
    graph(
      'Handled: invocations',
      quarter,
      watched.flatMap((one) => functionLines(one, 'Invocations')),
    ),
    graph(
      'Failed: errors',
      quarter,
      watched.flatMap((one) => functionLines(one, 'Errors')),
    ),
    graph(
      'Dead letters',
      quarter,
      watched.flatMap((one) => deadLetterLines(one, one.watchable.key)),
    ),
  ];
}

/** What the handlers count themselves, where they are made with `metrics()`: exact, and by event. */
function handledRow(service: string): Row {
  const found = (metric: string, statistic: 'Sum' | 'p99', label: string): Line => ({
    show: search('Eventloom,service,consumer', `service=${exactly(service)} MetricName="${metric}"`, statistic),
    label,
  });
  return [
    graph('Events handled (where metrics() is on)', third, [found('Handled', 'Sum', 'handled')]),
    graph('Events failed (where metrics() is on)', third, [
      found('Invalid', 'Sum', 'invalid'),
      found('Retried', 'Sum', 'retried'),
      found('DeadLettered', 'Sum', 'dead-lettered'),
    ]),
    graph('Latency in ms, from the time of the event (where metrics() is on)', third, [
      found('LatencyMilliseconds', 'p99', 'p99'),
    ]),
  ];
}

function rowsOf(watched: Watched): readonly Row[] {
  const rules = [...watched.rules];
  const failures = [...(watched.failures ?? [])];
  const ofRules = (metric: string, words: string, statistic?: 'p99'): readonly Line[] =>
    rules.map(([operation, rule]) => ({ show: ruleMetric(rule, metric, statistic), label: `${operation} ${words}` }));
  const row = [
    graph('Matched and handled', quarter, [
      ...ofRules('MatchedEvents', 'matched'),
      ...functionLines(watched, 'Invocations', 'invocations'),
    ]),
    graph('Failed', quarter, [
      ...functionLines(watched, 'Errors', 'errors'),
      ...functionLines(watched, 'Throttles', 'throttles'),
      ...failures.map(([name, show]): Line => ({ show, label: name })),
      ...ofRules('FailedInvocations', 'not delivered'),
    ]),
    graph('Waiting and dead letters', quarter, [
      ...watched.waiting.map(
        (waiting): Line => ({ show: oldest(waiting), label: oldestLabels[waiting.kind], axis: 'right' }),
      ),
      ...watched.waiting.flatMap((waiting): readonly Line[] =>
        waiting.kind === 'queue' ? [{ show: waitingMessages(waiting.queue), label: 'waiting' }] : [],
      ),
      ...deadLetterLines(watched, 'dead letters'),
    ]),
    graph('Latency in ms', quarter, [
      ...durations(watched),
      ...ofRules('IngestionToInvocationSuccessLatency', 'delivery p99', 'p99'),
    ]),
  ];
  return [[text(`## ${inertText(watched.watchable.key)}`)], row];
}

function graph(
  title: string,
  size: { readonly width: number; readonly height: number },
  lines: readonly Line[],
): Widget {
  return { kind: 'graph', title, lines, ...size };
}

function functionLines(
  { function: lambda, watchable }: Watched,
  metric: string,
  label: string = watchable.key,
): readonly Line[] {
  return lambda === undefined ? [] : [{ show: functionMetric(lambda, metric), label }];
}

function durations({ function: lambda }: Watched): readonly Line[] {
  if (lambda === undefined) return [];
  const statistics = ['p50', 'p99'] as const;
  return statistics.map((statistic) => ({
    show: functionMetric(lambda, 'Duration', statistic),
    label: `handler ${statistic}`,
  }));
}

function deadLetterLines({ deadLetterQueues }: Watched, label: string): readonly Line[] {
  return deadLetterQueues.map((queue, index) => ({
    show: waitingMessages(queue),
    label: index === 0 ? label : `${label} ${index + 1}`,
  }));
}

function publishedLine(located: LocatedDestination): Line {
  return { show: publishedTo(located), label: located.name };
}
