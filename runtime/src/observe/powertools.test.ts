import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { observedRun, record } from '../../../test/support/observed-run.ts';
import type { HandlerContext } from '../context.ts';
import { RetryLater } from '../errors.ts';
import { powertoolsLogger, powertoolsMetrics, powertoolsTracer } from './powertools.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** What Powertools writes to standard output, past the console, as on Lambda. */
function written(): Record<string, unknown>[] {
  vi.stubEnv('POWERTOOLS_DEV', 'false');
  const lines: Record<string, unknown>[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(JSON.parse(String(text)));
    return true;
  });
  return lines;
}

describe('the logger of Powertools', () => {
  test('writes what a handler logs, with the event', async () => {
    const lines = written();
    const warned = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const logger = new Logger({ serviceName: 'fraud', persistentKeys: { team: 'risk' } });
    await observedRun([powertoolsLogger(logger)], [record('a')], {
      handle: (_, { log }: HandlerContext) => log.info('Hello', { total: 5, eventId: 'mine', error: new Error('odd') }),
    });
    expect(lines).toMatchObject([
      {
        ...{ level: 'INFO', message: 'Hello', service: 'fraud', team: 'risk', consumer: 'screen' },
        ...{ eventId: 'a', messageId: 'a', total: 5, error: { name: 'Error', message: 'odd' } },
      },
    ]);
    expect(warned).not.toHaveBeenCalled();
  });
});

describe('the metrics of Powertools', () => {
  test('are what metrics() counts, in its namespace', async () => {
    const lines = written();
    const records = Array.from({ length: 150 }, (_, index) => record(`e-${index}`));
    await observedRun([powertoolsMetrics(new Metrics({ namespace: 'Shop', serviceName: 'fraud' }))], records);
    expect(lines).toMatchObject([
      { Received: 150, Handled: 150, Invalid: 0, consumer: 'screen', service: 'fraud' },
      { consumer: 'screen', service: 'fraud' },
    ]);
    expect(lines.flatMap(({ LatencyMilliseconds }) => LatencyMilliseconds)).toHaveLength(150);
    expect(JSON.stringify(lines[1])).toContain('"Namespace":"Shop"');
  });
});

describe('the tracer of Powertools', () => {
  async function traced(handle: () => unknown, remainingMilliseconds?: number) {
    vi.stubEnv('AWS_EXECUTION_ENV', 'nodejs');
    vi.stubEnv('LAMBDA_TASK_ROOT', '/var/task');
    vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5759e988-bd862e3fe1be46a994272793');
    const tracer = new Tracer({ serviceName: 'fraud', enabled: true, captureHTTPsRequests: false });
    const { Segment } = await import('aws-xray-sdk-core');
    const segment = new Segment('invocation');
    vi.spyOn(segment, 'isClosed').mockReturnValue(false);
    await tracer.provider.getNamespace().runPromise(async () => {
      tracer.provider.setSegment(segment);
      await observedRun([powertoolsTracer(tracer)], [record('a')], { handle, remainingMilliseconds });
    });
    return segment.subsegments?.[0];
  }

  test('has a subsegment for each event', async () => {
    expect(await traced(() => {})).toMatchObject({
      name: '## screen',
      annotations: { eventName: 'OrderPlaced', eventId: 'a' },
    });
  });

  test('adds errors to it, but not that an event comes later', async () => {
    const fails = (error: Error) => (): never => {
      throw error;
    };
    expect(await traced(fails(new Error('down')))).toMatchObject({ fault: true });
    expect(await traced(fails(new RetryLater('busy', 5)))).not.toHaveProperty('fault');
  });

  test('closes it when the event is given back for want of time', async () => {
    const subsegment = await traced(() => new Promise(() => {}), 520);
    expect(subsegment).toMatchObject({ fault: true, end_time: expect.any(Number) });
    expect(subsegment).not.toHaveProperty('in_progress');
  });

  test('leaves the event alone while tracing is off', async () => {
    const called: unknown[] = [];
    const tracer = new Tracer({ enabled: false });
    const { response } = await observedRun([powertoolsTracer(tracer)], [record('a')], {
      handle: (event) => called.push(event),
    });
    expect([called.length, response.batchItemFailures]).toEqual([1, []]);
  });
});
