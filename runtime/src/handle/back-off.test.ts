import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type AnyEvent,
  definition,
  failures,
  fifo,
  ids,
  invoke,
  record,
} from '../../../test/support/invoke-queue-handler.ts';
import { RetryLater } from '../errors.ts';
import type { Observation } from '../feature.ts';
import { delaySeconds } from './back-off.ts';
import { queueHandler } from './queue-handler.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'setImmediate'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
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
      const seconds = delaySeconds(definition, { attempt });
      expect(seconds).toBeGreaterThanOrEqual(whole / 2);
      expect(seconds).toBeLessThanOrEqual(whole);
      expect(Number.isInteger(seconds)).toBe(true);
    }
    vi.spyOn(Math, 'random').mockReturnValue(0);
    expect(delaySeconds(definition, { attempt })).toBe(whole / 2);
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
      43_200 - 900 - 300,
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
    const handler = queueHandler(fifo, ({ payload }: AnyEvent) => {
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
      [{ answer: () => ({ Failed: refused }) }, { Code: 'ReceiptHandleIsInvalid', Message: 'expired' }],
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

  test('in the queue that its batch came from, of the several that feed the consumer', async () => {
    const queueOf = async (queue: string | undefined, url: string): Promise<unknown> => {
      const { response, requests } = invoke(fail(down), [record('m-0', { ...(queue && { queue }) })], {
        environment: { EVENTLOOM_QUEUE_URL: url },
      });
      await response;
      return requests[0]?.QueueUrl;
    };
    const url = 'https://sqs.eu-west-1.amazonaws.com/111122223333/first';
    const host = 'https://sqs.eu-west-1.amazonaws.com';
    expect(await queueOf('arn:aws:sqs:eu-west-1:111122223333:second', url)).toBe(`${host}/111122223333/second`);
    expect(await queueOf('arn:aws:sqs:eu-west-1:444455556666:third.fifo', url)).toBe(`${host}/444455556666/third.fifo`);
    expect(await queueOf('arn:aws:sqs:eu-west-1:111122223333:first', url)).toBe(url);
    for (const odd of [undefined, '', 'arn', 'arn:aws:sqs:eu-west-1:111122223333:']) {
      expect(await queueOf(odd, url)).toBe(url);
    }
    const emulator = 'http://localhost:4566/queue/eu-west-1/000000000000/$&';
    expect(await queueOf('arn:aws:sqs:eu-west-1:000000000000:$&second', emulator)).toBe(
      'http://localhost:4566/queue/eu-west-1/000000000000/$&second',
    );
  });

  test('with no queue but its own named where the environment names none', async () => {
    const { response, lines } = invoke(
      fail(down),
      [record('m-0', { queue: 'arn:aws:sqs:eu-west-1:111122223333:second' })],
      { environment: {} },
    );
    expect(await response).toEqual(failures('m-0'));
    expect(lines.at(-1)).toMatchObject({ error: { variable: 'EVENTLOOM_QUEUE_URL' } });
  });
});
