import { describe, expect, test } from 'vitest';
import type { ConsumerDefinition } from '../definitions.ts';
import { invocationKey } from '../invocation.ts';
import { functionHandler } from './function-handler.ts';
import { matching } from './matching.ts';
import { queueHandler } from './queue-handler.ts';

const validate = Object.assign((value: unknown): value is unknown => Object(value).orderId !== undefined, {
  errors: [],
});

const definition: ConsumerDefinition = {
  key: 'fraud/screen',
  service: 'fraud',
  consumer: 'screen',
  onInvalid: 'deadLetter',
  fifo: false,
  routes: ['sns'],
  receives: [
    { name: 'Placed', source: 'orders', validate, matches: matching({ sku: [{ wildcard: 'a*z' }] }) },
    { name: 'Paid', source: 'orders', validate },
  ],
  emits: [],
};

const text = (stringValue: string) => ({ stringValue, dataType: 'String' });

/** A record of SQS with the attributes that a publisher sends. */
const record = (id: string, type: string, payload: object, MessageGroupId = 'g') => ({
  messageId: id,
  body: JSON.stringify(payload),
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1', MessageGroupId },
  messageAttributes: { type: text(type), id: text(id), time: text('2026-11-20T18:43:48Z') },
});

interface Run {
  readonly response: unknown;
  readonly called: readonly string[];
  readonly lines: readonly { readonly level: string; readonly message: string; readonly eventId: string }[];
}

/** A client that any use of is a failure: what is not wanted is no dead letter. */
const unused = {
  send: async () => {
    throw new Error('something was sent');
  },
};

async function run(
  make: typeof queueHandler | typeof functionHandler,
  input: unknown,
  over: object = {},
): Promise<Run> {
  const called: string[] = [];
  const lines: Run['lines'][number][] = [];
  const handler = make({ ...definition, ...over }, ({ id }: { readonly id: string }) => {
    called.push(id);
    if (id.startsWith('bad')) throw new Error('down');
  });
  const response = await handler(input, {
    [invocationKey]: {
      environment: { EVENTLOOM_DEAD_LETTER_QUEUE_URL: 'https://sqs/1/dlq', AWS_LAMBDA_LOG_LEVEL: 'DEBUG' },
      clients: { sqs: unused },
      log: (_level, line) => lines.push(JSON.parse(line)),
    },
  });
  return { response, called, lines };
}

describe('a handler that evaluates a filter', () => {
  const records = [
    record('one', 'Placed', { orderId: '1', sku: 'abz' }),
    record('two', 'Placed', { orderId: '2', sku: 'ab' }),
    record('three', 'Paid', { orderId: '3', sku: 'ab' }),
  ];

  test('calls the function for what matches, and for events without a filter', async () => {
    const { called, response } = await run(queueHandler, { Records: records });
    expect(called).toEqual(['one', 'three']);
    expect(response).toEqual({ batchItemFailures: [] });
  });

  test('acknowledges what does not match with nothing but a line of debugging', async () => {
    const { lines } = await run(queueHandler, { Records: records });
    expect(lines.map(({ level, eventId }) => [level, eventId])).toEqual([['DEBUG', 'two']]);
  });

  test('does not validate what it does not want: it is no dead letter either', async () => {
    const { called, response } = await run(queueHandler, { Records: [record('x', 'Placed', { sku: 'other' })] });
    expect([called, response]).toEqual([[], { batchItemFailures: [] }]);
  });

  test('goes on with a group of a FIFO queue after an event that does not match', async () => {
    const group = [records[1], records[0], record('bad', 'Paid', { orderId: '4' }), records[2]];
    const { called, response } = await run(queueHandler, { Records: group }, { fifo: true });
    expect(called).toEqual(['one', 'bad']);
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 'bad' }, { itemIdentifier: 'three' }] });
  });

  test('invoked directly answers for what does not match as for what it handled', async () => {
    const input = (payload: object) => ({
      Records: [
        {
          Sns: {
            MessageId: 'm',
            Message: JSON.stringify(payload),
            Timestamp: '2026-11-20T18:43:48Z',
            MessageAttributes: { type: { Type: 'String', Value: 'Placed' }, id: { Type: 'String', Value: 'bad' } },
          },
        },
      ],
    });
    await expect(run(functionHandler, input({ orderId: '1', sku: 'abz' }))).rejects.toThrow('down');
    expect((await run(functionHandler, input({ orderId: '1', sku: 'ab' }))).called).toEqual([]);
  });
});

test('a filter that is none is told when the handler is loaded', () => {
  expect(() => matching({ sku: 'abz' })).toThrow(/No filter: "sku" must be an array/);
});
