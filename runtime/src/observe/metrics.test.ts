import { limits } from '@eventloom/engine';
import { describe, expect, test, vi } from 'vitest';
import { observedRun, record } from '../../../test/support/observed-run.ts';
import { PermanentError } from '../errors.ts';
import { metrics } from './metrics.ts';

const lines = (written: readonly object[]): object[] => written.filter((line) => '_aws' in line);

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
                ...['Received', 'Handled', 'Invalid', 'Retried', 'DeadLettered'].map((Name) => ({
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
