import { embeddedMetricValues } from '@eventloom/engine';
import { systemClock } from '../clock.ts';
import type { Feature } from '../feature.ts';
import type { Session } from '../handle/session.ts';
import { type Tally, tallying } from './tally.ts';

/** What may be said of {@link metrics}. */
export interface MetricsOptions {
  /** Default: `Eventloom`. */
  readonly namespace?: string | undefined;
}

/**
 * Counts what becomes of a consumer's events and writes it once an invocation, as a line of CloudWatch's embedded metric
 * format: `Received`, `Handled`, `LeftOut`, `Invalid`, `Retried`, `DeadLettered` (counts), and `LatencyMilliseconds` from
 * the time of each event until it was handled (a time over EventBridge has whole seconds). The dimensions are `service`
 * and `consumer`. No permission and no request is needed: CloudWatch reads the log.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metrics({ namespace = 'Eventloom' }: MetricsOptions = {}): Feature {
  return tallying((tally, session) => {
    const { invocation } = session;
    for (const values of valuesOf(tally)) {
      const line = JSON.stringify(lineOf(namespace, values, session));
      if (invocation?.log) invocation.log('info', line);
      else process.stdout.write(`${line}\n`);
    }
  });
}

type Values = Readonly<Record<string, number | readonly number[]>>;

/** The metrics of each line. A line has no more values of one metric than CloudWatch reads; the counts stand in the first. */
function valuesOf({ counts, latencies }: Tally): Values[] {
  const lines: Values[] = [];
  for (let start = 0; start < latencies.length; start += embeddedMetricValues) {
    lines.push({ LatencyMilliseconds: latencies.slice(start, start + embeddedMetricValues) });
  }
  const [first, ...others] = lines;
  return [{ ...counts, ...first }, ...others];
}

function lineOf(namespace: string, values: Values, { definition, lambda, connection }: Session): object {
  const { service, consumer } = definition;
  const names = Object.keys(values).map((Name) => ({
    Name,
    Unit: Name.endsWith('Milliseconds') ? 'Milliseconds' : 'Count',
  }));
  return {
    _aws: {
      Timestamp: (connection.clock ?? systemClock).now().valueOf(),
      CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [['service', 'consumer']], Metrics: names }],
    },
    service,
    consumer,
    requestId: lambda.awsRequestId,
    ...values,
  };
}
