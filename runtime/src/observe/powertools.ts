import { embeddedMetricValues } from '@eventloom/engine';
import type { LogFields, Logger } from '../context.ts';
import { isEventloomError } from '../errors.ts';
import type { Call, Feature } from '../feature.ts';
import { errorOf, type SpanFailure, spanning } from './spanning.ts';
import { tallying } from './tally.ts';

/** What is used of `Logger` of `@aws-lambda-powertools/logger`. */
export interface PowertoolsLogger {
  debug(message: string, fields: Record<string, unknown>): void;
  info(message: string, fields: Record<string, unknown>): void;
  warn(message: string, fields: Record<string, unknown>): void;
  error(message: string, fields: Record<string, unknown>): void;
}

/**
 * Makes `context.log` write through a logger of Powertools, with `consumer`, `eventId`, `messageId` and the event's
 * `correlation_id`. The runtime's own lines, such as that of an event that failed, stay as they are.
 */
export function powertoolsLogger(logger: PowertoolsLogger): Feature {
  return { extend: (call) => ({ log: through(logger, call) }) };
}

function through(logger: PowertoolsLogger, { event, messageId, session }: Call): Logger {
  const { consumer } = session.definition;
  const own = { consumer, eventId: event.id, messageId, correlation_id: event.correlationId };
  const at =
    (level: keyof Logger) =>
    (message: string, fields?: LogFields): void =>
      logger[level](message, { ...fields, ...own });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** What is used of `Tracer` of `@aws-lambda-powertools/tracer`. */
export interface PowertoolsTracer {
  isTracingEnabled(): boolean;
  readonly provider: {
    captureAsyncFunc(name: string, run: (subsegment?: PowertoolsSubsegment) => unknown): unknown;
  };
}

/** What is used of a subsegment of X-Ray. */
export interface PowertoolsSubsegment {
  addAnnotation(key: string, value: string | number | boolean): void;
  addError(error: Error | string): void;
  close(): void;
}

/**
 * Makes a subsegment of X-Ray for every event that is valid and wanted, named after the consumer and annotated with
 * `eventName`, `eventId` and `correlationId`. Subsegments of user code nest in it, and errors are added to it, that no
 * time was left among them, but no `RetryLater`. Does nothing while tracing is off.
 */
export function powertoolsTracer(tracer: PowertoolsTracer): Feature {
  return spanning<PowertoolsSubsegment>((call, within) => {
    if (!tracer.isTracingEnabled()) return within();
    return tracer.provider.captureAsyncFunc(`## ${call.session.definition.consumer}`, (subsegment) => {
      annotate(subsegment, call);
      return within(subsegment);
    });
  }, close);
}

function annotate(subsegment: PowertoolsSubsegment | undefined, { event: { name, id, correlationId } }: Call): void {
  for (const [key, value] of Object.entries({ eventName: name, eventId: id, correlationId })) {
    if (value !== undefined) subsegment?.addAnnotation(key, value);
  }
}

function close(subsegment: PowertoolsSubsegment, failure?: SpanFailure): void {
  if (failure && !isEventloomError(failure.error, 'RetryLater')) subsegment.addError(errorOf(failure.error));
  subsegment.close();
}

/** What is used of `Metrics` of `@aws-lambda-powertools/metrics`. */
export interface PowertoolsMetrics {
  addDimension(name: string, value: string): unknown;
  addMetric(name: string, unit: 'Count' | 'Milliseconds', value: number): unknown;
  publishStoredMetrics(): void;
}

/**
 * Counts as `metrics` does, but writes through Powertools, in its namespace and with its dimensions and `consumer`.
 * What user code has added by then is published with it.
 */
export function powertoolsMetrics(metrics: PowertoolsMetrics): Feature {
  return tallying(({ counts, latencies }, { definition }) => {
    // Powertools publishes by itself when it has 100 values of a metric; the dimension is gone then.
    for (let start = 0; start === 0 || start < latencies.length; start += valuesAtATime) {
      metrics.addDimension('consumer', definition.consumer);
      if (start === 0) for (const [name, value] of Object.entries(counts)) metrics.addMetric(name, 'Count', value);
      for (const value of latencies.slice(start, start + valuesAtATime)) {
        metrics.addMetric('LatencyMilliseconds', 'Milliseconds', value);
      }
      metrics.publishStoredMetrics();
    }
  });
}

/** Fewer than those at which Powertools publishes by itself. */
const valuesAtATime = embeddedMetricValues - 1;
