import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type AnyEvent,
  definition,
  failures,
  fifo,
  ids,
  invoke,
  never,
  record,
} from '../../../test/support/invoke-queue-handler.ts';
import type { HandlerContext } from '../context.ts';
import { PermanentError } from '../errors.ts';
import { busQueueHandler } from './bus-queue-handler.ts';
import { queueHandler } from './queue-handler.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'setImmediate'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const envelopeOf = (detail: string): string => JSON.stringify({ 'detail-type': 'Order', source: 'orders', detail });

describe('the events of a batch', () => {
  test.each([
    [undefined, 10],
    [3, 3],
    [100, 25],
  ])('are handled as many at a time as the definition says: %s', async (concurrency, expected) => {
    let running = 0;
    let most = 0;
    let handled = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running--;
      handled++;
    };
    const bounded = concurrency === undefined ? definition : { ...definition, concurrency };
    const { response } = invoke(
      queueHandler(bounded, work),
      ids(25).map((id) => record(id)),
    );
    await vi.runAllTimersAsync();
    expect(await response).toEqual(failures());
    expect([most, handled]).toEqual([expected, 25]);
  });

  test('of a FIFO queue run group beside group within the bound, each group in order, for any batch', async () => {
    vi.useRealTimers();
    const groups = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', undefined), fc.boolean()), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(groups, fc.integer({ min: 1, max: 4 }), async (batch, concurrency) => {
        const handled: number[] = [];
        let running = 0;
        const { response } = invoke(
          queueHandler({ ...fifo, concurrency }, async ({ payload }: AnyEvent) => {
            const index = Number(String(payload).slice(2));
            expect(++running).toBeLessThanOrEqual(concurrency);
            await new Promise(setImmediate);
            running--;
            handled.push(index);
            if (batch[index]?.[1]) throw new Error('down');
          }),
          batch.map(([group], index) => record(`m-${index}`, group === undefined ? {} : { group })),
        );
        const isBehind = (index: number): boolean =>
          batch.slice(0, index).some(([group, fails]) => fails && group === batch[index]?.[0]);
        const returned = batch.flatMap(([, fails], index) => (fails || isBehind(index) ? [`m-${index}`] : []));
        expect(await response).toEqual(failures(...returned));
        for (const group of ['a', 'b', 'c', undefined]) {
          const order = handled.filter((index) => batch[index]?.[0] === group);
          const expected = batch.flatMap(([other], index) => (other === group && !isBehind(index) ? [index] : []));
          expect(order).toEqual(expected);
        }
      }),
    );
  });
});

describe('before the deadline', () => {
  test('a batch is answered with what is done; what runs or waits comes again', async () => {
    const started: unknown[] = [];
    const aborted: unknown[] = [];
    const { response, notes, lines, delays } = invoke(
      queueHandler({ ...definition, concurrency: 2 }, ({ payload }: AnyEvent, { signal }: HandlerContext) => {
        started.push(payload);
        signal.addEventListener('abort', () => aborted.push(payload));
        return payload === 'm-0' ? undefined : never();
      }),
      ids(5).map((id) => record(id)),
      { remainingMilliseconds: 10_000 },
    );
    let answeredAt = Number.NaN;
    const begun = Date.now();
    void response.then(() => {
      answeredAt = Date.now() - begun;
    });
    await vi.advanceTimersByTimeAsync(9_499);
    expect(answeredAt).toBeNaN();
    await vi.advanceTimersByTimeAsync(300);
    expect(await response).toEqual(failures('m-1', 'm-2', 'm-3', 'm-4'));
    expect(answeredAt).toBe(9_500);
    expect(started).toEqual(['m-0', 'm-1', 'm-2']);
    expect(aborted).toEqual(['m-0', 'm-1', 'm-2']);
    expect(Object.keys(delays())).toHaveLength(4);
    expect([...notes.keys()]).toEqual(['m-1', 'm-2', 'm-3', 'm-4']);
    expect(lines).toMatchObject([{ level: 'WARN', message: 'Deadline near, or group ended', count: 4 }]);
  });

  test('no event is started any more, also when one ends after the answer', async () => {
    const started: unknown[] = [];
    let finish = (): void => {};
    const { response } = invoke(
      queueHandler({ ...definition, concurrency: 1 }, ({ payload }: AnyEvent) => {
        started.push(payload);
        return new Promise<void>((resolve) => {
          finish = resolve;
        });
      }),
      ids(3).map((id) => record(id)),
      { remainingMilliseconds: 1_000 },
    );
    await vi.advanceTimersByTimeAsync(501);
    expect(await response).toEqual(failures('m-0', 'm-1', 'm-2'));
    finish();
    await vi.advanceTimersByTimeAsync(10);
    expect(started).toEqual(['m-0']);
  });

  test('no event of a bus is started any more', async () => {
    const started: unknown[] = [];
    let finish = (): void => {};
    const overBus = { ...definition, fifo: false, routes: ['eventbridge'], concurrency: 2 } as const;
    const { response } = invoke(
      busQueueHandler(overBus, ({ payload }: AnyEvent) => {
        started.push(payload);
        return new Promise<void>((resolve) => {
          finish = resolve;
        });
      }),
      ids(5).map((id) => ({ ...record(id), body: envelopeOf(id) })),
      { remainingMilliseconds: 1_000 },
    );
    await vi.advanceTimersByTimeAsync(501);
    expect(await response).toEqual(failures(...ids(5)));
    finish();
    await vi.advanceTimersByTimeAsync(10);
    expect(started).toEqual(['m-0', 'm-1']);
  });

  test.each([
    ['queueHandler', queueHandler],
    ['busQueueHandler', busQueueHandler as typeof queueHandler],
  ])('no event is started any more by a %s whose function never yields', async (_name, make) => {
    let handled = 0;
    const busy = make({ ...definition, routes: ['eventbridge'] }, async () => {
      handled++;
      vi.setSystemTime(Date.now() + 100);
    });
    const { response } = invoke(
      busy,
      ids(40).map((id) => ({ ...record(id), body: envelopeOf(id) })),
      { remainingMilliseconds: 1_500 },
    );
    await vi.advanceTimersByTimeAsync(1);
    expect(await response).toEqual(failures(...ids(40).slice(10)));
    expect(handled).toBe(10);
  });

  test('the time that a function has blocked is not there for SQS', async () => {
    const { response } = invoke(
      queueHandler(definition, () => {
        vi.setSystemTime(Date.now() + 850);
        throw new Error('down');
      }),
      [record('m-0')],
      { remainingMilliseconds: 1_000, answer: never },
    );
    let isAnswered = false;
    void response.then(() => (isAnswered = true));
    await vi.advanceTimersByTimeAsync(510);
    expect(isAnswered).toBe(true);
    expect(await response).toEqual(failures('m-0'));
  });

  test('SQS is not waited for longer than there is time', async () => {
    const { response } = invoke(queueHandler(definition, never), [record('m-0')], {
      remainingMilliseconds: 1_000,
      answer: never,
    });
    await vi.advanceTimersByTimeAsync(801);
    expect(await response).toEqual(failures('m-0'));
  });

  test('what ends while the answer is made ready does not come again', async () => {
    const slow = new Promise<void>((resolve) => setTimeout(resolve, 550));
    const { response } = invoke(
      queueHandler(definition, () => slow),
      [record('m-0')],
      { remainingMilliseconds: 1_000, answer: () => new Promise((resolve) => setTimeout(resolve, 100)) },
    );
    await vi.advanceTimersByTimeAsync(700);
    expect(await response).toEqual(failures());
  });

  test('a batch that is done leaves no timer behind', async () => {
    await invoke(
      queueHandler(definition, () => {}),
      [record('m-0')],
      { remainingMilliseconds: 10_000 },
    ).response;
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a dead letter near the deadline', () => {
  /** Throws a `PermanentError` after so long, of which SQS takes the letter 200 ms later. */
  async function refuseAfter(milliseconds: number) {
    let letters = 0;
    const { response } = invoke(
      queueHandler(definition, async () => {
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
        throw new PermanentError('no');
      }),
      [record('m-0')],
      {
        remainingMilliseconds: 1_000,
        environment: { EVENTLOOM_QUEUE_URL: 'https://sqs/1/q', EVENTLOOM_DEAD_LETTER_QUEUE_URL: 'https://sqs/1/dlq' },
        answer: async ({ Entries }) => {
          if (Entries) return;
          await new Promise((resolve) => setTimeout(resolve, 200));
          letters++;
        },
      },
    );
    await vi.advanceTimersByTimeAsync(2_000);
    return { response: await response, letters };
  }

  test('that is on its way is waited for, and its event does not come again', async () => {
    expect(await refuseAfter(450)).toEqual({ response: failures(), letters: 1 });
  });

  test.each([510, 900])('is not begun any more, since its event comes again (%i)', async (milliseconds) => {
    expect(await refuseAfter(milliseconds)).toEqual({ response: failures('m-0'), letters: 0 });
  });
});
