import { describe, expect, test } from 'vitest';
import {
  type AnyEvent,
  type BatchRunOptions,
  definition,
  envelope,
  failOn,
  failures,
  inGroup,
  order,
  record,
  runBatch,
} from '../../../test/support/batch-run.ts';
import type { ConsumerDefinition } from '../definitions.ts';
import type { Feature } from '../feature.ts';
import { busQueueHandler } from './bus-queue-handler.ts';
import { queueHandler } from './queue-handler.ts';

describe.each([
  ['any queue handler', undefined],
  ['a queue handler for events of a bus', busQueueHandler],
] as const)('%s', (_, make) => {
  const runAs = (
    handle: Parameters<typeof runBatch>[0],
    records: readonly unknown[],
    options: BatchRunOptions = {},
  ): ReturnType<typeof runBatch> => runBatch(handle, records, { ...options, ...(make && { make }) });

  test('carries the key of its consumer', () => {
    expect((make ?? queueHandler)(definition, () => {}).consumer).toBe('fraud/screen');
    expect((make ?? queueHandler)(definition, () => {}).definition).toBe(definition);
  });

  test.each(['eventbridge', 'eventbridge-sns'] as const)('unwraps the envelope of route %s', async (route) => {
    const events: AnyEvent[] = [];
    const routes: string[] = [];
    const { response } = await runAs(
      (event, context) => void [events.push(event), routes.push(context.route)],
      [record('m-1', envelope(order('o-1')))],
      { definition: { ...definition, routes: [route] } },
    );
    expect(response).toEqual(failures());
    expect(events).toEqual([
      {
        name: 'OrderPlaced',
        source: 'shop.orders',
        payload: { orderId: 'o-1' },
        id: 'envelope-1',
        time: new Date('2026-11-20T18:43:48Z'),
      },
    ]);
    expect(routes).toEqual([route]);
  });

  test('answers with the records that failed, and handles the others', async () => {
    const handled: unknown[] = [];
    const { response, lines } = await runAs(
      (event) => {
        failOn('o-2')(event);
        handled.push(event.payload);
      },
      ['o-1', 'o-2', 'o-3'].map((id) => record(id, envelope(order(id)))),
    );
    expect(response).toEqual(failures('o-2'));
    expect(handled).toEqual([{ orderId: 'o-1' }, { orderId: 'o-3' }]);
    expect(lines).toMatchObject([
      {
        level: 'ERROR',
        message: 'Event failed',
        service: 'fraud',
        consumer: 'screen',
        eventId: 'envelope-1',
        messageId: 'o-2',
        attempt: 1,
        error: { message: 'down' },
      },
    ]);
  });

  test('handles the records of a batch at the same time', async () => {
    let running = 0;
    let most = 0;
    await runAs(
      async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
      },
      ['1', '2', '3'].map((id) => record(id, envelope(order(id)))),
    );
    expect(most).toBe(3);
  });

  test.each([
    ['no JSON', 'hello'],
    ['no text', undefined],
    ['null', 'null'],
    ['a number', '1'],
    ['a list', '[]'],
    ['another event', envelope({ orderId: 'o-1' }, { 'detail-type': 'OrderLost' })],
    ['an event of another source', envelope({ orderId: 'o-1' }, { source: 'elsewhere' })],
    ['an envelope without detail', envelope(undefined)],
    ['an invalid payload', envelope({})],
  ])('never fails a batch for a record with %s', async (_, body) => {
    const handled: unknown[] = [];
    const { response } = await runAs(
      ({ payload }) => void handled.push(payload),
      [record('bad', body as string), record('good', envelope(order('o-1')))],
      { definition: { ...definition, onInvalid: 'retry' } },
    );
    expect(response).toEqual(failures('bad'));
    expect(handled).toEqual([{ orderId: 'o-1' }]);
  });

  test.each([null, {}, 'x', 7, { messageId: null }])(
    'asks for the whole batch again when a record is %j',
    async (bad) => {
      const { response } = await runAs(() => {}, [bad, record('good', envelope(order('o-1')))], {
        definition: { ...definition, onInvalid: 'retry' },
      });
      expect(response).toEqual(failures(''));
    },
  );

  test.each([null, 'x', 7])('does without the attributes of a record that are %j', async (bad) => {
    const odd = record('m-1', envelope(order('o-1')), { attributes: bad, messageAttributes: bad });
    expect((await runAs(() => {}, [odd])).response).toEqual(failures());
  });

  test('does without a count and a time that refuse to be made numbers', async () => {
    const stubborn = { toString: 1, valueOf: 1 };
    const attributes = { ApproximateReceiveCount: stubborn, SentTimestamp: stubborn };
    const attempts: number[] = [];
    const { response } = await runAs(
      (_, { attempt }) => void attempts.push(attempt),
      [record('odd', envelope(order('o-1')), { attributes }), record('good', envelope(order('o-2')))],
    );
    expect(response).toEqual(failures());
    expect(attempts).toEqual([1, 1]);
  });

  test.each([undefined, null, {}, { Records: 'x' }])('rejects input that is no batch: %j', async (input) => {
    await expect((make ?? queueHandler)(definition, () => {})(input, {})).rejects.toThrow('No Records');
  });

  test('fails none but its own record, even for a feature that throws what it must not', async () => {
    const handled: unknown[] = [];
    const observe: Feature['observe'] = (observation) => {
      if (observation.kind === 'retried') throw new Error('broken');
    };
    const { response } = await runAs(
      (event) => {
        failOn('o-1')(event);
        handled.push(event.payload);
      },
      ['o-1', 'o-2', 'o-3'].map((id) => record(id, envelope(order(id)))),
      { features: [{ observe }], definition: { ...definition, concurrency: 2 } },
    );
    expect(response).toEqual(failures('o-1'));
    expect(handled).toEqual([order('o-2'), order('o-3')]);
  });

  test('takes an empty batch', async () => {
    expect((await runAs(() => {}, [])).response).toEqual(failures());
  });
});

describe('a queue handler on a FIFO queue', () => {
  const fifo: ConsumerDefinition = { ...definition, fifo: true };

  test('handles groups side by side and each in order, and ends a group at its first failure', async () => {
    const handled: string[] = [];
    const { response } = await runBatch(
      async ({ payload }) => {
        const { orderId } = payload as { orderId: string };
        for (let turn = 0; turn < (orderId === 'a1' ? 9 : 1); turn++) await new Promise(setImmediate);
        handled.push(orderId);
        failOn('a2')({ payload } as AnyEvent);
      },
      ['a1', 'a2', 'b1', 'a3', 'b2'].map((id) => inGroup(id, envelope(order(id)), id.charAt(0))),
      { definition: fifo },
    );
    expect(handled).toEqual(['b1', 'b2', 'a1', 'a2']);
    expect(response).toEqual(failures('a2', 'a3'));
  });

  test('fails a group behind an event that was dead-lettered, which keeps its group', async () => {
    const { response, sent } = await runBatch(
      () => {},
      [
        inGroup('a1', envelope({}), 'a'),
        inGroup('a2', envelope(order('a2')), 'a'),
        inGroup('b1', envelope(order('b1')), 'b'),
      ],
      { definition: fifo, environment: { EVENTLOOM_DEAD_LETTER_QUEUE_URL: 'https://sqs/1/dlq.fifo' } },
    );
    expect(response).toEqual(failures('a2'));
    expect(sent).toMatchObject([{ MessageGroupId: 'a', MessageDeduplicationId: 'a1' }]);
  });
});
