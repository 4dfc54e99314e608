import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HandlerContext } from '../context.ts';
import type { ConsumerDefinition } from '../definitions.ts';
import { RetryLater } from '../errors.ts';
import type { ReceivedEvent } from '../events.ts';
import type { Observation } from '../feature.ts';
import { type Invocation, invocationKey, type LambdaHandler } from '../invocation.ts';
import { delaySeconds } from './back-off.ts';
import { queueHandler } from './queue-handler.ts';

type Event = ReceivedEvent<string, string, unknown>;

const definition: ConsumerDefinition<'fraud/screen'> = {
  key: 'fraud/screen',
  service: 'fraud',
  consumer: 'screen',
  onInvalid: 'deadLetter',
  fifo: false,
  routes: ['sqs'],
  receives: [
    {
      name: 'Order',
      source: 'orders',
      validate: Object.assign((value: unknown): value is unknown => value !== null, {}),
    },
  ],
  emits: [],
};
const fifo = { ...definition, fifo: true };

const record = (
  messageId: string,
  more: { attempt?: number; group?: string; receiptHandle?: string } = {},
): object => ({
  messageId,
  receiptHandle: `handle of ${messageId}`,
  body: JSON.stringify(messageId),
  attributes: { ApproximateReceiveCount: `${more.attempt ?? 1}`, SentTimestamp: '1', MessageGroupId: more.group },
  messageAttributes: {},
  ...('receiptHandle' in more && { receiptHandle: more.receiptHandle }),
});

interface Request {
  readonly QueueUrl: string;
  readonly Entries: readonly {
    readonly Id: string;
    readonly ReceiptHandle: string;
    readonly VisibilityTimeout: number;
  }[];
}

interface Options {
  readonly remainingMilliseconds?: number;
  readonly environment?: Invocation['environment'];
  readonly answer?: (request: Request) => unknown;
}

/** Invokes a handler; `delays` says by receipt handle for how many seconds messages were hidden. */
function invoke(handler: LambdaHandler, records: readonly object[], options: Options = {}) {
  const requests: Request[] = [];
  const lines: Record<string, unknown>[] = [];
  const notes = new Map<string, unknown>();
  const deadline = Date.now() + (options.remainingMilliseconds ?? 0);
  const response = handler(
    { Records: records },
    {
      ...(options.remainingMilliseconds !== undefined && { getRemainingTimeInMillis: () => deadline - Date.now() }),
      [invocationKey]: {
        environment: options.environment ?? { EVENTLOOM_QUEUE_URL: 'https://sqs/1/q' },
        clients: {
          sqs: {
            send: async (command) => {
              const { input } = command as unknown as { input: Request };
              requests.push(input);
              return options.answer?.(input) ?? { Successful: [], Failed: [] };
            },
          },
        },
        log: (_level, line) => lines.push(JSON.parse(line)),
        noteFailure: (messageId, error) => notes.set(messageId, error),
      },
    },
  );
  const delays = (): Record<string, number> =>
    Object.fromEntries(
      requests.flatMap(({ Entries }) => Entries.map((entry) => [entry.ReceiptHandle, entry.VisibilityTimeout])),
    );
  return { response, requests, lines, notes, delays };
}

const failures = (...ids: string[]): object => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `m-${index}`);
const never = (): Promise<never> => new Promise(() => {});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'setImmediate'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

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
          queueHandler({ ...fifo, concurrency }, async ({ payload }: Event) => {
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
      queueHandler({ ...definition, concurrency: 2 }, ({ payload }: Event, { signal }: HandlerContext) => {
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
    expect(lines).toMatchObject([{ level: 'WARN', message: 'Events come again', count: 4 }]);
  });

  test('no event is started any more, also when one ends after the answer', async () => {
    const started: unknown[] = [];
    let finish = (): void => {};
    const { response } = invoke(
      queueHandler({ ...definition, concurrency: 1 }, ({ payload }: Event) => {
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

  test('SQS is not waited for longer than there is time', async () => {
    const { response } = invoke(queueHandler(definition, never), [record('m-0')], {
      remainingMilliseconds: 1_000,
      answer: never,
    });
    await vi.advanceTimersByTimeAsync(801);
    expect(await response).toEqual(failures('m-0'));
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

describe('a failed event comes again', () => {
  const fail = (error: unknown) => queueHandler(definition, () => Promise.reject(error));
  const down = new Error('down');

  test.each([
    [1, 10],
    [2, 40],
    [3, 160],
    [4, 640],
    [5, 900],
    [1_000, 900],
  ])('after delivery %i in at most %i seconds, and at least half of that', (attempt, whole) => {
    for (let round = 0; round < 200; round++) {
      const seconds = delaySeconds(definition, attempt) ?? Number.NaN;
      expect(seconds).toBeGreaterThanOrEqual(whole / 2);
      expect(seconds).toBeLessThanOrEqual(whole);
      expect(Number.isInteger(seconds)).toBe(true);
    }
    vi.spyOn(Math, 'random').mockReturnValue(0);
    expect(delaySeconds(definition, attempt)).toBe(whole / 2);
  });

  test('as the back-off of its consumer says', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.999);
    const backoff = { firstSeconds: 2, maximumSeconds: 20 };
    const handler = queueHandler({ ...definition, backoff }, () => Promise.reject(down));
    const { response, requests, delays } = invoke(
      handler,
      [1, 2, 3].map((attempt) => record(`m-${attempt}`, { attempt })),
    );
    expect(await response).toEqual(failures('m-1', 'm-2', 'm-3'));
    expect(delays()).toEqual({ 'handle of m-1': 2, 'handle of m-2': 8, 'handle of m-3': 20 });
    expect(requests.map(({ QueueUrl }) => QueueUrl)).toEqual(['https://sqs/1/q']);
  });

  test('when its RetryLater says, which goes before the back-off', async () => {
    const run = async (seconds: number, backoff = { firstSeconds: 0, maximumSeconds: 0 }) => {
      const later = queueHandler({ ...definition, backoff }, () => Promise.reject(new RetryLater('closed', seconds)));
      const { response, delays } = invoke(later, [record('m-0')]);
      await response;
      return delays()['handle of m-0'];
    };
    expect([await run(0), await run(1.2), await run(7_200), await run(1e9), await run(Number.NaN)]).toEqual([
      0,
      2,
      7_200,
      43_200 - 900,
      undefined,
    ]);
  });

  test('when the queue wants, where the back-off is 0', async () => {
    const handler = queueHandler({ ...definition, backoff: { firstSeconds: 0, maximumSeconds: 900 } }, () =>
      Promise.reject(down),
    );
    const { response, requests } = invoke(handler, [record('m-0')]);
    expect(await response).toEqual(failures('m-0'));
    expect(requests).toEqual([]);
  });

  test('with all others, ten to a request', async () => {
    const { response, requests } = invoke(
      fail(down),
      ids(23).map((id) => record(id)),
    );
    await response;
    expect(requests.map(({ Entries }) => Entries.length)).toEqual([10, 10, 3]);
    for (const { Entries } of requests) expect(new Set(Entries.map(({ Id }) => Id)).size).toBe(Entries.length);
  });

  test('with the rest of its group at the same time', async () => {
    const handler = queueHandler(fifo, ({ payload }: Event) => {
      if (payload === 'a2') throw new RetryLater('closed', 77);
      if (payload === 'b1') throw down;
    });
    const { response, delays } = invoke(handler, [
      record('a1', { group: 'a' }),
      record('a2', { group: 'a' }),
      record('b1', { group: 'b' }),
      record('a3', { group: 'a', attempt: 4 }),
      record('b2', { group: 'b', attempt: 4 }),
    ]);
    expect(await response).toEqual(failures('a2', 'b1', 'a3', 'b2'));
    const found = delays();
    expect(found).toMatchObject({ 'handle of a2': 77, 'handle of a3': 77 });
    expect(found['handle of b2']).toBe(found['handle of b1']);
    expect(found['handle of b1']).toBeLessThanOrEqual(10);
  });

  test('after the visibility timeout, with a line in the log, where its visibility cannot be changed', async () => {
    const refused = [{ Id: '0', Code: 'ReceiptHandleIsInvalid', Message: 'expired', SenderFault: true }];
    const message = 'Visibility not changed';
    for (const [options, error] of [
      [{ environment: {} }, { variable: 'EVENTLOOM_QUEUE_URL' }],
      [{ answer: () => Promise.reject(new Error('denied')) }, { message: 'denied' }],
      [{ answer: () => ({ Failed: refused }) }, { message: 'ReceiptHandleIsInvalid: expired' }],
    ] as const) {
      const { response, lines } = invoke(fail(down), [record('m-0')], options);
      expect(await response).toEqual(failures('m-0'));
      expect(lines.at(-1)).toMatchObject({ level: 'WARN', message, error });
    }
  });

  test('without a request where it has no receipt handle', async () => {
    const { response, requests } = invoke(fail(down), [record('m-0', { receiptHandle: '' })]);
    expect(await response).toEqual(failures('m-0'));
    expect(requests).toEqual([]);
  });

  test('and features are told of it, also of what was not reached', async () => {
    const seen: string[] = [];
    const observe = (observation: Observation): void => {
      if (observation.kind === 'retried')
        seen.push(`${observation.messageId}: ${(observation.error as Error).message}`);
    };
    const handler = queueHandler(fifo, () => Promise.reject(down), [{ observe }]);
    await invoke(handler, [record('m-0'), record('m-1')]).response;
    expect(seen).toEqual(['m-0: down', 'm-1: Deadline near, or group ended']);
  });

  test('but nothing is sent for a batch that was handled', async () => {
    const { response, requests } = invoke(
      queueHandler(definition, () => {}),
      [record('m-0')],
      { environment: {} },
    );
    expect(await response).toEqual(failures());
    expect(requests).toEqual([]);
  });
});
