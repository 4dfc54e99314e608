import { limits, type PlannedAlarm, type PlannedMetric, planAlarms } from '@eventloom/engine';
import { Stack } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { alarmDescription, alarmId, inertText } from './alarm-words.ts';
import { alarmMetric } from './metrics.ts';
import type { MetricSource, Watched } from './watched.ts';

/** Where alarms are sent. */
export interface AlarmOptions {
  /** ARN of the topic that gets what goes off, and what is over again. */
  readonly topicArn: string;
}

/** How long a metric is looked at; SQS and EventBridge report every minute, some of them late. */
const periodSeconds = 300;

/**
 * Adds the alarms of a stack. Returns them by their names in the stack: `screenHighValueOrder-dead-letters`, `errors`.
 *
 * `CfnAlarm`, because the construct of the CDK takes ten times as long and thousands of alarms are usual.
 */
export function addAlarms(
  scope: Construct,
  watched: readonly Watched[],
  options: AlarmOptions,
): ReadonlyMap<string, CfnAlarm> {
  const byKey = new Map(watched.map((one) => [one.watchable.key, one]));
  const plan = planAlarms(watched.map(({ watchable }) => watchable));
  return new Map(
    plan.map((alarm) => {
      const owner = alarm.watched === undefined ? undefined : byKey.get(alarm.watched);
      return [alarm.name, addAlarm(owner?.scope ?? scope, { alarm, byKey, ...options })];
    }),
  );
}

interface AlarmProps extends AlarmOptions {
  readonly alarm: PlannedAlarm;
  readonly byKey: ReadonlyMap<string, Watched>;
}

function addAlarm(scope: Construct, { alarm, byKey, topicArn }: AlarmProps): CfnAlarm {
  const watched = alarm.metrics.flatMap((metric) => byKey.get(metric.watched) ?? []);
  const name = alarmName(Stack.of(scope).stackName, alarm);
  return new CfnAlarm(scope, alarmId(alarm), {
    ...(name === undefined ? {} : { alarmName: name }),
    alarmDescription: alarmDescription(alarm, watched),
    alarmActions: [topicArn],
    okActions: [topicArn],
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    evaluationPeriods: 1,
    // No metric is there as long as nothing happens.
    treatMissingData: 'notBreaching',
    ...watching(alarm, byKey),
  });
}

/** Returns the physical name of an alarm: `dev-shop-fraud-errors`. Undefined, when it is too long, lets CloudFormation choose. */
export function alarmName(stackName: string, alarm: Pick<PlannedAlarm, 'name'>): string | undefined {
  const name = `${stackName}-${alarm.name}`;
  return name.length <= limits.alarmNameCharacters.value ? name : undefined;
}

type Watching = Partial<ConstructorParameters<typeof CfnAlarm>[2]> & { readonly threshold: number };

/** One metric is compared as it is. Of several the one that is farthest counts. */
function watching({ kind, metrics }: PlannedAlarm, byKey: ReadonlyMap<string, Watched>): Watching {
  const sources = metrics.map((metric) => ({ metric, source: sourceOf(kind, metric, byKey) }));
  const [first, ...others] = sources;
  if (first !== undefined && others.length === 0) return alone(first.source, first.metric.bound);
  const bounds = new Set(sources.map(({ metric, source }) => metric.bound * (source.divisor ?? 1)));
  const [common] = bounds;
  const threshold = bounds.size === 1 && common !== undefined ? common : 1;
  return {
    threshold,
    metrics: [
      {
        id: 'worst',
        label: 'worst',
        expression: `MAX([${sources.map(({ metric, source }, index) => term(index, metric, source, bounds.size)).join(',')}])`,
      },
      ...sources.map(({ metric, source }, index) => ({
        id: `m${index}`,
        label: metricLabel(metric),
        returnData: false,
        metricStat: {
          metric: {
            namespace: source.namespace,
            metricName: source.metricName,
            dimensions: dimensionsOf(source),
          },
          period: periodSeconds,
          stat: source.statistic,
        },
      })),
    ],
  };
}

/** A metric that is missing must not hide the others. With different bounds each is measured in its own. */
function term(index: number, { bound }: PlannedMetric, { divisor = 1 }: MetricSource, bounds: number): string {
  const filled = `FILL(m${index},0)`;
  return bounds === 1 ? filled : `${filled}/${bound * divisor}`;
}

function alone(source: MetricSource, bound: number): Watching {
  return {
    threshold: bound * (source.divisor ?? 1),
    namespace: source.namespace,
    metricName: source.metricName,
    dimensions: dimensionsOf(source),
    period: periodSeconds,
    statistic: source.statistic,
  };
}

function dimensionsOf({ dimensions }: MetricSource): { name: string; value: string }[] {
  return Object.entries(dimensions).map(([name, value]) => ({ name, value }));
}

function metricLabel({ watched, member }: PlannedMetric): string {
  return inertText(typeof member === 'string' && member !== 'Function' ? `${watched} ${member}` : watched);
}

function sourceOf(
  kind: PlannedAlarm['kind'],
  metric: PlannedMetric,
  byKey: ReadonlyMap<string, Watched>,
): MetricSource {
  const watched = byKey.get(metric.watched);
  if (watched === undefined) throw new Error(`nothing is watched as ${metric.watched}`);
  return alarmMetric(kind, metric.member, watched);
}
