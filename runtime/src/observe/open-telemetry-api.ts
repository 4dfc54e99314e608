/** What is used of `@opentelemetry/api`, version 1: the global that a registered SDK leaves behind. */
export interface OpenTelemetryApi {
  readonly trace: { getTracer(name: string, version?: string): OpenTelemetryTracer };
  readonly context: { active(): OpenTelemetryContext };
}

/** A tracer. */
export interface OpenTelemetryTracer {
  startActiveSpan<Result>(
    name: string,
    options: SpanOptions,
    context: OpenTelemetryContext,
    run: (span: OpenTelemetrySpan) => Result,
  ): Result;
}

/** Where a span is looked for. */
export interface OpenTelemetryContext {
  getValue(key: symbol): unknown;
  setValue(key: symbol, value: unknown): OpenTelemetryContext;
}

/** What a span is started with. */
export interface SpanOptions {
  readonly kind: number;
  readonly attributes: Record<string, string | number>;
  readonly links: { readonly context: SpanContext }[];
}

/** A span. */
export interface OpenTelemetrySpan {
  recordException(error: Error): void;
  setAttribute(name: string, value: string): unknown;
  setStatus(status: { readonly code: number; readonly message?: string }): unknown;
  end(): void;
}

/** The identity of a span elsewhere. */
export interface SpanContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
  readonly isRemote: boolean;
}

/** The API of an SDK that is registered; undefined when none is. */
export function registeredApi(): OpenTelemetryApi | undefined {
  const registered = Reflect.get(globalThis, Symbol.for('opentelemetry.js.api.1')) as
    | Partial<OpenTelemetryApi>
    | undefined;
  const { trace, context } = registered ?? {};
  return trace && context ? { trace, context } : undefined;
}

/** Where the API keeps the span of a context. Without a context manager of the SDK there is none. */
export const spanKey: symbol = Symbol.for('OpenTelemetry Context Key SPAN');

/** Reads a `traceparent` of W3C, or a trace header of X-Ray; undefined for anything else. */
export function spanContextOf(header = ''): SpanContext | undefined {
  const [, w3cTrace, w3cSpan, flags = ''] = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})/.exec(header) ?? [];
  if (w3cTrace && w3cSpan) return remote(w3cTrace, w3cSpan, Number.parseInt(flags, 16) & 1);
  const [, epoch, unique] = /Root=1-([\da-f]{8})-([\da-f]{24})/.exec(header) ?? [];
  const [, parent] = /Parent=([\da-f]{16})/.exec(header) ?? [];
  return epoch && unique && parent ? remote(epoch + unique, parent, /Sampled=1/.test(header) ? 1 : 0) : undefined;
}

const remote = (traceId: string, spanId: string, traceFlags: number): SpanContext => ({
  ...{ traceId, spanId, traceFlags },
  isRemote: true,
});
