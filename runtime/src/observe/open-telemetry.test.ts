import { AsyncLocalStorage } from 'node:async_hooks';
import * as api from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { observedRun, type RunOptions, record } from '../../../test/support/observed-run.ts';
import { RetryLater } from '../errors.ts';
import type { Feature } from '../feature.ts';
import { openTelemetry } from './open-telemetry.ts';
import { spanContextOf } from './open-telemetry-api.ts';

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

/** As the context manager of the Node SDK does. */
function contextManager(): api.ContextManager {
  const storage = new AsyncLocalStorage<api.Context>();
  const manager: api.ContextManager = {
    active: () => storage.getStore() ?? api.ROOT_CONTEXT,
    with: (context, run, self, ...values) => storage.run(context, () => run.apply(self, values)),
    bind: (_, target) => target,
    enable: () => manager,
    disable: () => manager,
  };
  return manager;
}

function register(): void {
  api.trace.setGlobalTracerProvider(provider);
  api.context.setGlobalContextManager(contextManager());
}

afterEach(() => {
  vi.restoreAllMocks();
  exporter.reset();
  api.trace.disable();
  api.context.disable();
});

const xray = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
const traceId = '5759e988bd862e3fe1be46a994272793';
const came: Feature = {
  extend: (call) => Object.assign(call.event, { traceHeader: xray, correlationId: 'c-1' }) && {},
};

const spansOf = async (features: readonly Feature[], options: RunOptions = {}) => {
  await observedRun(features, [record('a')], options);
  return exporter.getFinishedSpans();
};

describe('the span of an event', () => {
  test('is one of a consumer, with the attributes of messaging', async () => {
    register();
    const [span] = await spansOf([came, openTelemetry()]);
    expect(span).toMatchObject({
      name: 'process shop.orders',
      kind: api.SpanKind.CONSUMER,
      status: { code: api.SpanStatusCode.UNSET },
      attributes: {
        'messaging.system': 'aws.sns',
        'messaging.operation.type': 'process',
        'messaging.destination.name': 'shop.orders',
        'messaging.consumer.group.name': 'fraud/screen',
        'messaging.message.id': 'a',
        'messaging.message.conversation_id': 'c-1',
      },
    });
  });

  test('is the child of that of the publisher, and linked to it', async () => {
    register();
    const [span] = await spansOf([came, openTelemetry()]);
    expect(span?.spanContext().traceId).toBe(traceId);
    expect(span?.parentSpanContext).toMatchObject({ traceId, spanId: '53995c3f42cd8ad8' });
    expect(span?.links).toMatchObject([{ context: { traceId, spanId: '53995c3f42cd8ad8' } }]);
  });

  test('is the child of that of the invocation where there is one, and linked to that of the publisher', async () => {
    register();
    const tracer = provider.getTracer('lambda');
    await tracer.startActiveSpan('invocation', async (invocation) => {
      const [span] = await spansOf([came, openTelemetry()]);
      expect(span?.parentSpanContext?.spanId).toBe(invocation.spanContext().spanId);
      expect(span?.links).toMatchObject([{ context: { traceId } }]);
    });
  });

  test('has the spans of user code in it, also after something was waited for', async () => {
    register();
    const handle = async (): Promise<void> => {
      await Promise.resolve();
      api.trace.getTracer('user').startSpan('mine').end();
    };
    const [mine, span] = await spansOf([openTelemetry()], { handle });
    expect(mine?.name).toBe('mine');
    expect(mine?.parentSpanContext?.spanId).toBe(span?.spanContext().spanId);
  });

  test('records what went wrong', async () => {
    register();
    const handle = (): never => {
      throw Object.assign(new Error('down'), { code: 'bank-down' });
    };
    const [span] = await spansOf([openTelemetry()], { handle });
    expect(span).toMatchObject({
      status: { code: api.SpanStatusCode.ERROR, message: 'down' },
      attributes: { 'error.type': 'bank-down' },
      events: [{ name: 'exception' }],
    });
  });

  test('is no error when the event only comes again later', async () => {
    register();
    const handle = (): never => {
      throw new RetryLater('busy', 5);
    };
    const [span] = await spansOf([openTelemetry()], { handle });
    expect(span?.status.code).toBe(api.SpanStatusCode.UNSET);
  });

  test('ends with the error when the event is given back for want of time, and once', async () => {
    register();
    const warned = vi.spyOn(api.diag, 'warn');
    let go = (): void => {};
    const handle = (): Promise<void> =>
      new Promise((resolve) => {
        go = resolve;
      });
    const [span] = await spansOf([openTelemetry()], { handle, remainingMilliseconds: 520 });
    expect(span).toMatchObject({
      status: { code: api.SpanStatusCode.ERROR, message: 'Deadline near, or group ended' },
      events: [{ name: 'exception' }],
    });
    go();
    await new Promise(setImmediate);
    expect(exporter.getFinishedSpans()).toHaveLength(1);
    expect(warned).not.toHaveBeenCalled();
  });

  test('ends with what is no error, too', async () => {
    register();
    const handle = (): never => {
      throw Object.create(null);
    };
    const [span] = await spansOf([openTelemetry()], { handle });
    expect(span).toMatchObject({ status: { code: api.SpanStatusCode.ERROR }, events: [{ name: 'exception' }] });
  });

  test('comes from the api that is given', async () => {
    expect(await spansOf([openTelemetry({ api: { trace: provider, context: contextManager() } })])).toHaveLength(1);
  });

  test('is left out when no SDK is registered', async () => {
    const called: unknown[] = [];
    expect(await spansOf([openTelemetry()], { handle: (event) => called.push(event) })).toEqual([]);
    expect(called).toHaveLength(1);
  });
});

test.each([
  [`00-${traceId}-53995c3f42cd8ad8-01`, { traceId, spanId: '53995c3f42cd8ad8', traceFlags: 1, isRemote: true }],
  ['Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1', undefined],
  ['nonsense', undefined],
  [undefined, undefined],
])('the trace header %j is read', (header, expected) => {
  expect(spanContextOf(header)).toEqual(expected);
});
