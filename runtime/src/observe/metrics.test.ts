import { limits } from '@eventloom/engine';
import { describe, expect, test, vi } from 'vitest';
import { service } from '../../../test/support/charging-service.ts';
import { notNull, observedRun, record } from '../../../test/support/observed-run.ts';
import type { HandlerContext } from '../context.ts';
import { PermanentError } from '../errors.ts';
import type { Feature } from '../feature.ts';
import { metrics } from './metrics.ts';

const lines = (written: readonly object[]): object[] => written.filter((line) => '_aws' in line);

const orders = { name: 'OrderPlaced', source: 'shop.orders', validate: notNull };

describe('the metrics of a consumer', () => {
  test('are one line for each invocation, in the embedded metric format', async () => {
    const { written } = await observedRun([metrics()], [record('a'), record('b')]);
    expect(lines(written)).toEqual([
      {
        _aws: {
          Timestamp: Date.parse('2026-11-20T18:43:49.500Z'),
          CloudWatchMetrics: [
            {
              Namespace: 'Eventloom',
              Dimensions: [['service', 'consumer']],
              Metrics: [
                ...['Received', 'Handled', 'LeftOut', 'Invalid', 'Retried', 'DeadLettered'].map((Name) => ({
                  Name,
                  Unit: 'Count',
                })),
                { Name: 'LatencyMilliseconds', Unit: 'Milliseconds' },
              ],
            },
          ],
        },
        service: 'fraud',
        consumer: 'screen',
        requestId: 'request-1',
        Received: 2,
        Handled: 2,
        LeftOut: 0,
        Invalid: 0,
        Retried: 0,
        DeadLettered: 0,
        LatencyMilliseconds: [1_500, 1_500],
      },
    ]);
  });

  test('tell what is invalid, retried and dead-lettered apart', async () => {
    const failing: Record<string, Error> = { down: new Error('down'), no: new PermanentError('no') };
    const handle = ({ id }: { readonly id: string }): void => {
      if (failing[id]) throw failing[id];
    };
    const records = [record('fine'), record('down'), record('no'), record('invalid', { payload: null })];
    const [line] = lines((await observedRun([metrics({ namespace: 'Shop' })], records, { handle })).written);
    expect(line).toMatchObject({ Received: 4, Handled: 1, Invalid: 1, Retried: 1, DeadLettered: 2 });
    expect(line).toMatchObject({ LatencyMilliseconds: [1_500], _aws: { CloudWatchMetrics: [{ Namespace: 'Shop' }] } });
  });

  test('tell what the handler was not called with from what it handled', async () => {
    const duplicates: Feature = { around: async ({ event }, next) => (event.id === 'again' ? undefined : next()) };
    const { written } = await observedRun(
      [metrics(), duplicates],
      [record('a'), record('again', { time: '2026-11-19T00:00:00Z' }), record('other', { payload: 'other' })],
      { definition: { receives: [{ ...orders, matches: (payload) => payload !== 'other' }] } },
    );
    expect(lines(written)).toMatchObject([{ Received: 3, Handled: 1, LeftOut: 2, LatencyMilliseconds: [1_500] }]);
  });

  test('count a duplicate that idempotency leaves out as such', async () => {
    const { deliver, lines: written } = service(() => {}, { features: [metrics()] });
    for (const payload of [{ orderId: 1 }, { orderId: 1 }]) await deliver([{ payload }]);
    expect(lines(written)).toMatchObject([
      { Received: 1, Handled: 1, LeftOut: 0, LatencyMilliseconds: [expect.any(Number)] },
      { Received: 1, Handled: 0, LeftOut: 1 },
    ]);
    expect(lines(written)[1]).not.toHaveProperty('LatencyMilliseconds');
  });

  test('count what is given back without having been begun, which has been delivered too', async () => {
    const group = { ApproximateReceiveCount: '1', MessageGroupId: 'g' };
    const records = ['a', 'b', 'c'].map((id) => ({ ...record(id), attributes: group }));
    const handle = (): never => {
      throw new Error('down');
    };
    const { written } = await observedRun([metrics()], records, { handle, definition: { fifo: true } });
    expect(lines(written)).toMatchObject([{ Received: 3, Handled: 0, Retried: 3 }]);
  });

  test('count what fails while it is given back once', async () => {
    const handle = async (_: unknown, { signal }: HandlerContext): Promise<void> => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new Error('aborted');
    };
    const { written } = await observedRun([metrics()], [record('a')], { handle, remainingMilliseconds: 520 });
    expect(lines(written)).toMatchObject([{ Received: 1, Handled: 0, Retried: 1 }]);
  });

  test('count an invalid event that is retried', async () => {
    const options = { definition: { onInvalid: 'retry' } } as const;
    const { written } = await observedRun([metrics()], [record('invalid', { payload: null })], options);
    expect(lines(written)).toMatchObject([{ Received: 1, Invalid: 1, Retried: 1, DeadLettered: 0 }]);
    expect(lines(written)[0]).not.toHaveProperty('LatencyMilliseconds');
  });

  test('take as many lines as the values of a metric need, and count once', async () => {
    const records = Array.from({ length: 250 }, (_, index) => record(`e-${index}`));
    const found = lines((await observedRun([metrics()], records)).written) as Record<string, unknown>[];
    const values = found.map(({ LatencyMilliseconds }) => (LatencyMilliseconds as number[]).length);
    expect(values).toEqual([limits.embeddedMetricValues.value, limits.embeddedMetricValues.value, 50]);
    expect(found.map(({ Received }) => Received)).toEqual([250, undefined, undefined]);
  });

  test('are not below zero when the clock of the publisher is ahead', async () => {
    const { written } = await observedRun([metrics()], [record('a', { time: '2026-11-21T00:00:00Z' })]);
    expect(lines(written)).toMatchObject([{ LatencyMilliseconds: [0] }]);
  });

  test('of two invocations at the same time do not touch', async () => {
    const feature = metrics();
    const runs = await Promise.all(
      [1, 2].map((n) =>
        observedRun(
          [feature],
          Array.from({ length: n }, () => record('a')),
        ),
      ),
    );
    expect(runs.flatMap(({ written }) => lines(written))).toMatchObject([{ Received: 1 }, { Received: 2 }]);
  });

  test('of an empty batch are not written', async () => {
    expect((await observedRun([metrics()], [])).written).toEqual([]);
  });

  test('go to standard output on Lambda', async () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await observedRun([metrics()], [record('a')], { log: null });
    const texts = write.mock.calls.map(([text]) => String(text));
    write.mockRestore();
    expect(texts).toHaveLength(1);
    expect(JSON.parse(texts[0] ?? '')).toMatchObject({ Handled: 1 });
  });
});
