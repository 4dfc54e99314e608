import { describe, expect, expectTypeOf, test } from 'vitest';
import type { HandlerContext } from '../context.ts';
import type { ConsumerDefinition } from '../definitions.ts';
import { PermanentError } from '../errors.ts';
import type { ReceivedEvent } from '../events.ts';
import type { Feature } from '../feature.ts';
import { invocationKey, type LambdaHandler } from '../invocation.ts';
import { type BatchContext, queueBatchHandler } from './queue-batch-handler.ts';

type Event = ReceivedEvent<'Order', 'orders', { readonly id: string }>;
type Context = BatchContext<Event>;

const validate = Object.assign((value: unknown): value is unknown => Object(value).id !== 'invalid', { errors: [] });
const definition: ConsumerDefinition<'fraud/screen'> = {
  key: 'fraud/screen',
  service: 'fraud',
  consumer: 'screen',
  onInvalid: 'deadLetter',
  fifo: false,
  routes: ['sqs'],
  receives: [{ name: 'Order', source: 'orders', validate, matches: (payload) => Object(payload).id !== 'unwanted' }],
  emits: [],
};
const fifo = { ...definition, fifo: true };

const record = (id: string, more: object = {}): object => ({
  messageId: id,
  receiptHandle: id,
  body: JSON.stringify({ id }),
  attributes: { ApproximateReceiveCount: '2', SentTimestamp: '1', MessageGroupId: id.charAt(0) },
  messageAttributes: {},
  ...more,
});

interface SentInput {
  readonly MessageBody?: string;
  readonly Entries?: readonly { readonly ReceiptHandle: string; readonly VisibilityTimeout: number }[];
}

async function run(handler: LambdaHandler, ids: readonly string[], remainingMilliseconds = 60_000) {
  const letters: unknown[] = [];
  const hidden: Record<string, number> = {};
  const response = await handler(
    { Records: ids.map((id) => record(id)) },
    {
      getRemainingTimeInMillis: () => remainingMilliseconds,
      [invocationKey]: {
        environment: { EVENTLOOM_QUEUE_URL: 'https://sqs/1/q', EVENTLOOM_DEAD_LETTER_QUEUE_URL: 'https://sqs/1/dlq' },
        clients: {
          sqs: {
            send: async (command) => {
              const { input } = command as unknown as { input: SentInput };
              if (input.MessageBody) letters.push(JSON.parse(input.MessageBody).id);
              for (const entry of input.Entries ?? []) hidden[entry.ReceiptHandle] = entry.VisibilityTimeout;
            },
          },
        },
        log: () => {},
      },
    },
  );
  return { response, letters, hidden };
}

const failures = (...ids: string[]): object => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});
const idsOf = (events: readonly Event[]): string[] => events.map(({ payload }) => payload.id);

/** Fails the events of these ids, and notes what it was called with. */
function failing(ids: readonly string[], calls: string[][] = [], error: unknown = new Error('down')) {
  return (events: readonly Event[], { fail }: Context): void => {
    calls.push(idsOf(events));
    for (const event of events) if (ids.includes(event.payload.id)) fail(event, error);
  };
}

describe('a handler of whole batches', () => {
  test('is called once with all events that are valid and wanted, in their order', async () => {
    const calls: string[][] = [];
    const { response, letters } = await run(queueBatchHandler(definition, failing([], calls)), [
      'a1',
      'invalid',
      'b1',
      'unwanted',
      'a2',
    ]);
    expect(response).toEqual(failures());
    expect(calls).toEqual([['a1', 'b1', 'a2']]);
    expect(letters).toEqual(['invalid']);
  });

  test('is not called when there are none', async () => {
    const calls: string[][] = [];
    const handler = queueBatchHandler(definition, failing([], calls));
    expect((await run(handler, [])).response).toEqual(failures());
    expect((await run(handler, ['invalid', 'unwanted'])).response).toEqual(failures());
    expect(calls).toEqual([]);
  });

  test('takes more events than are handled at the same time elsewhere', async () => {
    const calls: string[][] = [];
    const many = Array.from({ length: 50 }, (_, index) => `a${index}`);
    await run(queueBatchHandler({ ...definition, concurrency: 2 }, failing([], calls)), many);
    expect(calls).toEqual([many]);
  });

  test('fails single events, and all others when it throws', async () => {
    expect((await run(queueBatchHandler(definition, failing(['a2'])), ['a1', 'a2', 'a3'])).response).toEqual(
      failures('a2'),
    );
    const throwing = queueBatchHandler(definition, (events: readonly Event[], { fail }: Context) => {
      fail(events[0] as Event, new PermanentError('no'));
      throw new Error('down');
    });
    const { response, letters } = await run(throwing, ['a1', 'a2', 'a3']);
    expect(response).toEqual(failures('a2', 'a3'));
    expect(letters).toEqual(['a1']);
  });

  test('keeps the first of what it says of an event', async () => {
    const handler = queueBatchHandler(definition, ([event]: readonly Event[], { fail }: Context) => {
      fail(event as Event, new PermanentError('no'));
      fail(event as Event, new Error('down'));
    });
    expect(await run(handler, ['a1'])).toMatchObject({ response: failures(), letters: ['a1'] });
  });

  test('fails all for a fail() of something else, rather than losing it', async () => {
    const handler = queueBatchHandler(definition, (events: readonly Event[], { fail }: Context) => {
      fail({ ...(events[0] as Event) }, new Error('down'));
    });
    expect((await run(handler, ['a1', 'a2'])).response).toEqual(failures('a1', 'a2'));
  });

  test('knows of each event what a handler of single events knows', async () => {
    const known: unknown[] = [];
    const handler = queueBatchHandler(
      definition,
      (events: readonly Event[], context: BatchContext<Event, HandlerContext & { double: string }>) => {
        for (const event of events) known.push([context.of(event).attempt, context.of(event).double]);
        known.push(context.consumer, context.remainingMilliseconds());
      },
      [{ extend: ({ messageId }) => ({ double: messageId + messageId }) }],
    );
    await run(handler, ['a1', 'b1']);
    expect(known).toEqual([[2, 'a1a1'], [2, 'b1b1'], 'screen', 60_000]);
  });

  test('carries its definition, and is typed by its consumer', () => {
    const handler = queueBatchHandler(definition, failing([]));
    expect(handler.definition).toBe(definition);
    expectTypeOf(handler).toExtend<LambdaHandler<'fraud/screen'>>();
  });
});

describe('features around the events of a batch', () => {
  const noting = (seen: string[]): Feature => ({
    around: async ({ messageId }, next) => {
      await new Promise(setImmediate);
      if (messageId === 'skipped') return;
      if (messageId === 'refused') throw new Error('refused');
      try {
        await next();
        seen.push(`${messageId} done`);
      } catch (error) {
        seen.push(`${messageId} failed`);
        throw error;
      }
    },
  });

  test('see each event join and end, or leave it out', async () => {
    const seen: string[] = [];
    const calls: string[][] = [];
    const handler = queueBatchHandler(definition, failing(['b1'], calls), [noting(seen)]);
    const { response } = await run(handler, ['a1', 'skipped', 'b1', 'refused', 'c1']);
    expect(response).toEqual(failures('b1', 'refused'));
    expect(calls).toEqual([['a1', 'b1', 'c1']]);
    expect(seen.sort()).toEqual(['a1 done', 'b1 failed', 'c1 done']);
  });

  test('fail none but their own event, even where they throw what they must not', async () => {
    const observe: Feature['observe'] = (observation) => {
      if (observation.kind === 'retried' && observation.messageId === 'b1') throw new Error('broken');
    };
    const calls: string[][] = [];
    const handler = queueBatchHandler(definition, failing(['b1'], calls), [{ observe }]);
    expect((await run(handler, ['a1', 'b1', 'c1'])).response).toEqual(failures('b1'));
    const refusing = queueBatchHandler(definition, failing([], calls), [
      { observe, around: ({ messageId }, next) => (messageId === 'b1' ? Promise.reject(new Error('no')) : next()) },
    ]);
    expect((await run(refusing, ['a1', 'b1', 'c1'])).response).toEqual(failures('b1'));
    expect(calls).toEqual([
      ['a1', 'b1', 'c1'],
      ['a1', 'c1'],
    ]);
  });

  test('see a FIFO event fail behind a failed one, so that they do not remember it as done', async () => {
    const seen: string[] = [];
    const handler = queueBatchHandler(fifo, failing(['a2']), [noting(seen)]);
    const { response } = await run(handler, ['a1', 'a2', 'b1', 'a3']);
    expect(response).toEqual(failures('a2', 'a3'));
    expect(seen.sort()).toEqual(['a1 done', 'a2 failed', 'a3 failed', 'b1 done']);
  });
});

describe('a handler of batches on a FIFO queue', () => {
  test('is not given what stands behind an invalid event of its group', async () => {
    const calls: string[][] = [];
    const { response, letters } = await run(queueBatchHandler(fifo, failing([], calls)), ['i1', 'invalid', 'a1', 'i2']);
    expect(calls).toEqual([['i1', 'a1']]);
    expect(letters).toEqual(['invalid']);
    expect(response).toEqual(failures('i2'));
  });

  test('dead-letters only the first of a group that it refuses, and the rest comes again', async () => {
    const handler = queueBatchHandler(fifo, failing(['a1', 'a2'], [], new PermanentError('no')));
    const { response, letters, hidden } = await run(handler, ['a1', 'a2', 'b1']);
    expect(letters).toEqual(['a1']);
    expect(response).toEqual(failures('a2'));
    expect(hidden).toEqual({ a2: 0 });
  });
});

describe('a handler of batches near the deadline', () => {
  test('gives all back that it has not returned from', async () => {
    const handler = queueBatchHandler(definition, () => new Promise(() => {}));
    expect((await run(handler, ['a1', 'invalid', 'b1'], 520)).response).toEqual(failures('a1', 'b1'));
  });

  test('is not called any more once they were given back', async () => {
    const calls: string[][] = [];
    let letThrough = (): void => {};
    const late: Feature = {
      around: async ({ messageId }, next) => {
        if (messageId === 'b1') await new Promise<void>((resolve) => (letThrough = resolve));
        return next();
      },
    };
    const { response } = await run(queueBatchHandler(definition, failing([], calls), [late]), ['a1', 'b1'], 520);
    expect(response).toEqual(failures('a1', 'b1'));
    letThrough();
    await new Promise(setImmediate);
    expect(calls).toEqual([]);
  });
});
