import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { definition, never, record } from '../../../test/support/invoke-queue-handler.ts';
import { RetryLater } from '../errors.ts';
import { queueHandler } from '../handle/queue-handler.ts';
import { invocationKey } from '../invocation.ts';
import type { CircuitStore } from './circuit-store.ts';
import { type CircuitContext, circuits } from './circuits.ts';
import { circuitsInMemory } from './circuits-in-memory.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

type Context = CircuitContext<'gateway'>;
const gateway = {
  name: 'gateway',
  outageSeconds: 3_600,
  failureThreshold: 3,
  firstProbeSeconds: 60,
  maximumProbeSeconds: 600,
};
const calling = { ...definition, downstreams: [gateway] };
const circuitId = 'circuit#fraud#gateway';

/** Delivers a batch that is answered soon, and tells when its events come again. */
async function deliver(
  handle: (context: Context) => unknown,
  records: readonly object[],
  store: CircuitStore = circuitsInMemory(),
  remainingMilliseconds = 900,
) {
  const delays: Record<string, number> = {};
  const lines: Record<string, unknown>[] = [];
  const end = Date.now() + remainingMilliseconds;
  interface Visibility {
    readonly input: {
      readonly Entries: readonly { readonly ReceiptHandle: string; readonly VisibilityTimeout: number }[];
    };
  }
  const sqs = {
    send: async (command: object) => {
      for (const entry of (command as Visibility).input.Entries) delays[entry.ReceiptHandle] = entry.VisibilityTimeout;
    },
  };
  const handler = queueHandler(calling, (_event, context: Context) => handle(context), [circuits]);
  const response = await handler(
    { Records: records },
    {
      getRemainingTimeInMillis: () => end - Date.now(),
      [invocationKey]: {
        environment: { EVENTLOOM_QUEUE_URL: 'https://sqs/1/q' },
        clients: { sqs },
        stores: { circuits: store },
        log: (_level, line) => void lines.push(JSON.parse(line)),
      },
    },
  );
  return { response, delays, lines };
}

const between = (least: number, most: number): unknown =>
  expect.toSatisfy((seconds: number) => seconds >= least && seconds <= most);

describe('a call that still runs at the abort', () => {
  const untilAborted = (signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

  test.each([
    ['listens to the signal', (signal: AbortSignal) => untilAborted(signal)],
    ['does not listen', never],
  ])('has failed, and its event comes again no sooner than after another failure: it %s', async (_does, hang) => {
    const store = circuitsInMemory();
    const { delays } = await deliver(
      ({ downstreams, signal }) => downstreams.gateway.call(() => hang(signal)),
      [record('a'), record('b', { attempt: 2 })],
      store,
    );
    expect(delays).toEqual({ 'handle of a': between(60, 75), 'handle of b': between(120, 150) });
    expect(await store.read(circuitId)).toMatchObject({ failures: 2 });
  });

  test('has failed whatever the caller counts, since it is no answer', async () => {
    const store = circuitsInMemory();
    await deliver(
      ({ downstreams }) => downstreams.gateway.call(never, { countsAsFailure: () => false }),
      [record('a')],
      store,
    );
    expect(await store.read(circuitId)).toMatchObject({ failures: 1 });
  });

  test('opens the circuit with others of its batch', async () => {
    const store = circuitsInMemory();
    const { lines } = await deliver(
      ({ downstreams }) => downstreams.gateway.call(never),
      ['a', 'b', 'c', 'd'].map((id) => record(id)),
      store,
    );
    expect(await store.read(circuitId)).toMatchObject({ failures: 3, waitSeconds: 60 });
    expect(lines).toContainEqual(expect.objectContaining({ message: 'Circuit: opened' }));
  });

  test('leaves the back-off to an event that waits for something else', async () => {
    const { delays } = await deliver(
      async ({ downstreams }) => {
        await downstreams.gateway.call(() => {});
        await never();
      },
      [record('a')],
    );
    expect(delays).toEqual({ 'handle of a': between(5, 10) });
  });
});

test('a RetryLater out of a call waits as long as a probe, or longer if it says so', async () => {
  const later = (seconds: number) => (context: Context) =>
    context.downstreams.gateway.call(() => {
      throw new RetryLater('429', seconds);
    });
  expect((await deliver(later(1), [record('a', { attempt: 4 })], undefined, 20_000)).delays).toEqual({
    'handle of a': between(480, 600),
  });
  expect((await deliver(later(3_000), [record('a')], undefined, 20_000)).delays).toEqual({ 'handle of a': 3_000 });
});

test('a store that gives no answer keeps no event from its handler, and is asked once', async () => {
  const store = { read: vi.fn(never), write: vi.fn(never) };
  let handled = 0;
  const { response, lines } = await deliver(
    ({ downstreams }) => downstreams.gateway.call(() => void handled++),
    [record('a'), record('b')],
    store,
    20_000,
  );
  expect(response).toEqual({ batchItemFailures: [] });
  expect(handled).toBe(2);
  expect(store.read).toHaveBeenCalledTimes(1);
  expect(lines).toMatchObject([{ message: 'Circuit: storeFailed' }]);
});

test('batches of several queues of a consumer share what was read', async () => {
  const url = 'https://sqs.eu-west-1.amazonaws.com/1/first';
  vi.stubEnv('EVENTLOOM_QUEUE_URL', url);
  vi.stubEnv('EVENTLOOM_TABLE_NAME', 't');
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  const send = vi.spyOn(DynamoDBClient.prototype, 'send').mockImplementation(async () => ({}));
  const handler = queueHandler(calling, (_event, context: Context) => context.downstreams.gateway.call(() => {}), [
    circuits,
  ]);
  for (const queue of ['first', 'second', 'second', 'third']) {
    await handler({ Records: [record('a', { queue: `arn:aws:sqs:eu-west-1:1:${queue}` })] }, {});
  }
  expect(send).toHaveBeenCalledTimes(1);
});
