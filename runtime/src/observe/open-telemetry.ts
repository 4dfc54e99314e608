import { isEventloomError } from '../errors.ts';
import type { Call, Feature } from '../feature.ts';
import {
  type OpenTelemetryApi,
  type OpenTelemetryContext,
  type OpenTelemetrySpan,
  registeredApi,
  spanContextOf,
  spanKey,
} from './open-telemetry-api.ts';
import { errorOf, type SpanFailure, spanning } from './spanning.ts';

/** What may be said of {@link openTelemetry}. */
export interface OpenTelemetryOptions {
  /** `@opentelemetry/api`. Default: what an SDK has registered when an event comes; without one there are no spans. */
  readonly api?: OpenTelemetryApi | undefined;
}

/**
 * Makes a span of kind consumer for every event that is valid and wanted, active while it is handled, so that spans of
 * user code nest in it. It is linked to the span of the publisher, which came with the event; where no span is active,
 * such as one of the invocation, that is its parent too. Errors are recorded, that no time was left among them; a
 * `RetryLater` leaves the status as it is.
 * https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
 */
export function openTelemetry({ api: given }: OpenTelemetryOptions = {}): Feature {
  return spanning<OpenTelemetrySpan>((call, within) => {
    const api = given ?? registeredApi();
    if (!api) return within();
    const publisher = spanContextOf(call.event.traceHeader);
    const active = api.context.active();
    const parent = publisher && !active.getValue(spanKey) ? beneath(active, publisher) : active;
    const options = {
      kind: consumerKind,
      attributes: attributesOf(call),
      links: publisher ? [{ context: publisher }] : [],
    };
    const tracer = api.trace.getTracer('@eventloom/runtime');
    return tracer.startActiveSpan(`process ${call.event.source}`, options, parent, within);
  }, close);
}

// SpanKind.CONSUMER, SpanStatusCode.ERROR
const consumerKind = 4;
const errorCode = 2;

const beneath = (context: OpenTelemetryContext, publisher: object): OpenTelemetryContext =>
  context.setValue(spanKey, { spanContext: () => publisher });

function close(span: OpenTelemetrySpan, failure?: SpanFailure): void {
  if (failure) record(span, failure.error);
  span.end();
}

function record(span: OpenTelemetrySpan, cause: unknown): void {
  const error = errorOf(cause);
  span.recordException(error);
  if (isEventloomError(cause, 'RetryLater')) return;
  span.setAttribute('error.type', String(Object(cause).code ?? error.name));
  span.setStatus({ code: errorCode, message: error.message });
}

function attributesOf({ event, route, attempt, session }: Call): Record<string, string | number> {
  const { name, source, id, correlationId } = event;
  return {
    'messaging.system': systems[route],
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.destination.name': source,
    'messaging.consumer.group.name': session.definition.key,
    'messaging.message.id': id,
    ...(correlationId !== undefined && { 'messaging.message.conversation_id': correlationId }),
    'eventloom.event.name': name,
    'eventloom.event.attempt': attempt,
  };
}

/** By the last of what carried the event that the conventions know; they do not know EventBridge. */
const systems = {
  eventbridge: 'aws_eventbridge',
  'eventbridge-sns': 'aws.sns',
  sns: 'aws.sns',
  sqs: 'aws_sqs',
} as const;
