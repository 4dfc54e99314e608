import { describe, expect, test } from 'vitest';
import type { HandlerContext } from '../context.ts';
import type { ConsumerDefinition, EventDefinition } from '../definitions.ts';
import { PermanentError, ValidationFailure } from '../errors.ts';
import type { ReceivedEvent } from '../events.ts';
import { type Invocation, invocationKey } from '../invocation.ts';
import { functionHandler } from './function-handler.ts';

type Event = ReceivedEvent<string, string, unknown>;

const validate = Object.assign((value: unknown): value is unknown => Object(value).orderId !== undefined, {
  errors: [{ instancePath: '', keyword: 'required', params: { missingProperty: 'orderId' } }],
});
const orderPlaced: EventDefinition = { name: 'OrderPlaced', source: 'shop.orders', validate };
const submitted: EventDefinition = { name: 'OrderSubmitted', source: 'submissions', validate };

const definition: ConsumerDefinition<'analytics/record'> = {
  key: 'analytics/record',
  service: 'analytics',
  consumer: 'record',
  onInvalid: 'deadLetter',
  fifo: false,
  routes: ['eventbridge', 'eventbridge-sns', 'sns'],
  receives: [orderPlaced, submitted],
  emits: [],
};

const envelope = {
  version: '0',
  id: 'envelope-1',
  'detail-type': 'OrderPlaced',
  source: 'shop.orders',
  account: '111122223333',
  time: '2026-11-20T18:43:48Z',
  region: 'eu-west-1',
  resources: [],
  detail: { orderId: 'o-1' },
};

const attributes = {
  type: { Type: 'String', Value: 'OrderSubmitted' },
  id: { Type: 'String', Value: 'id-1' },
  time: { Type: 'String', Value: '2026-11-20T18:43:48.123Z' },
};

/** What SNS hands to Lambda. */
const notification = (Message: string, MessageAttributes?: object): object => ({
  Records: [
    {
      EventVersion: '1.0',
      EventSubscriptionArn: 'arn:aws:sns:eu-west-1:1:t:s',
      EventSource: 'aws:sns',
      Sns: {
        SignatureVersion: '1',
        Timestamp: '2019-01-02T12:45:07.000Z',
        MessageId: 'sns-1',
        Message,
        ...(MessageAttributes && { MessageAttributes }),
        Type: 'Notification',
        TopicArn: 'arn:aws:sns:eu-west-1:1:t',
      },
    },
  ],
});

async function invoke(
  handle: (event: Event, context: HandlerContext) => void | Promise<void>,
  input: unknown,
  options: { definition?: ConsumerDefinition; invocation?: Partial<Invocation>; refuse?: boolean } = {},
) {
  const sent: Record<string, unknown>[] = [];
  const invocation: Invocation = {
    environment: { EVENTLOOM_DEAD_LETTER_QUEUE_URL: 'https://sqs/1/dlq' },
    clients: {
      sqs: {
        send: async (command) => {
          if (options.refuse) throw new Error('no queue');
          sent.push((command as { input: Record<string, unknown> }).input);
        },
      },
    },
    clock: { now: () => new Date('2026-11-20T19:00:00Z'), sleep: async () => {} },
    log: () => {},
    ...options.invocation,
  };
  const error = await functionHandler(options.definition ?? definition, handle)(input, {
    awsRequestId: 'request-1',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:1:function:record',
    functionVersion: '$LATEST',
    [invocationKey]: invocation,
  }).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  return { error, sent };
}

async function received(input: unknown, only?: ConsumerDefinition['routes']): Promise<string[]> {
  const seen: string[] = [];
  await invoke(
    ({ name, id, time }, { route }) => void seen.push(`${name} ${id} ${time.toISOString()} by ${route}`),
    input,
    only && { definition: { ...definition, routes: only } },
  );
  return seen;
}

describe('a function handler', () => {
  test('carries the key of its consumer', () => {
    expect(functionHandler(definition, () => {}).consumer).toBe('analytics/record');
  });

  test.each([undefined, ['eventbridge']] as const)('takes the event of a rule as it is (routes %j)', async (routes) => {
    expect(await received(envelope, routes)).toEqual([
      'OrderPlaced envelope-1 2026-11-20T18:43:48.000Z by eventbridge',
    ]);
  });

  test('unwraps the envelope from a notification', async () => {
    expect(await received(notification(JSON.stringify(envelope)))).toEqual([
      'OrderPlaced envelope-1 2026-11-20T18:43:48.000Z by eventbridge-sns',
    ]);
  });

  test('unwraps the payload from a notification, and reads its attributes', async () => {
    expect(await received(notification('{"orderId":"o-1"}', attributes))).toEqual([
      'OrderSubmitted id-1 2026-11-20T18:43:48.123Z by sns',
    ]);
  });

  test('falls back on what SNS says of a message without attributes', async () => {
    const alone = { ...definition, routes: ['sns'], receives: [submitted] } as const;
    const seen: unknown[] = [];
    await invoke(({ id, time }) => void seen.push(id, time), notification('{"orderId":"o-1"}'), { definition: alone });
    expect(seen).toEqual(['sns-1', new Date('2019-01-02T12:45:07.000Z')]);
  });

  test('handles each record, should there ever be several', async () => {
    const [one] = (notification('{"orderId":"o-1"}', attributes) as { Records: unknown[] }).Records;
    expect(await received({ Records: [one, one] })).toHaveLength(2);
  });

  test('rejects with the error of the user, so that Lambda tries again', async () => {
    const down = new Error('down');
    const { error, sent } = await invoke(() => Promise.reject(down), envelope);
    expect(error).toBe(down);
    expect(sent).toEqual([]);
  });

  test('knows the attempt where the run tells it, else takes it for the first', async () => {
    const attempts: number[] = [];
    const note = (_: Event, { attempt }: HandlerContext): void => void attempts.push(attempt);
    await invoke(note, envelope);
    await invoke(note, envelope, { invocation: { attempt: 2 } });
    expect(attempts).toEqual([1, 2]);
  });

  test('dead-letters an invalid event in the shape of the record that Lambda itself writes', async () => {
    const input = { ...envelope, detail: {} };
    const { error, sent } = await invoke(() => expect.unreachable(), input);
    expect(error).toBeUndefined();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ QueueUrl: 'https://sqs/1/dlq' });
    const reason = 'OrderPlaced of shop.orders is invalid: payload breaks required {"missingProperty":"orderId"}';
    expect(JSON.parse(sent[0]?.MessageBody as string)).toEqual({
      version: '1.0',
      timestamp: '2026-11-20T19:00:00.000Z',
      requestContext: {
        requestId: 'request-1',
        functionArn: 'arn:aws:lambda:eu-west-1:1:function:record',
        condition: 'RetriesExhausted',
        approximateInvokeCount: 1,
      },
      requestPayload: input,
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'invalid-payload', errorMessage: reason },
    });
    const kept = sent[0]?.MessageAttributes as Record<string, { StringValue: string }> | undefined;
    expect(JSON.parse(kept?.['eventloom.failure']?.StringValue ?? '')).toMatchObject({
      reason,
      code: 'invalid-payload',
      consumer: 'analytics/record',
      messageId: 'envelope-1',
    });
  });

  test('writes an event in characters that SQS takes, none of which is lost', async () => {
    const payload = { orderId: '\uffff, \ufffe and half of \ud83d' };
    const { sent } = await invoke(() => Promise.reject(new PermanentError('no')), { ...envelope, detail: payload });
    const { MessageBody } = sent[0] as { MessageBody: string };
    expect(MessageBody).not.toMatch(/[\ufffe\uffff\ud800-\udfff]/u);
    expect(JSON.parse(MessageBody).requestPayload.detail).toEqual(payload);
  });

  test('dead-letters a PermanentError', async () => {
    const { error, sent } = await invoke(() => Promise.reject(new PermanentError('gone')), envelope);
    expect(error).toBeUndefined();
    expect(sent).toHaveLength(1);
  });

  test('rejects when the event cannot be dead-lettered, or shall be retried', async () => {
    const input = { ...envelope, detail: {} };
    expect((await invoke(() => {}, input, { refuse: true })).error).toBeInstanceOf(ValidationFailure);
    expect((await invoke(() => {}, input, { invocation: { environment: {} } })).error).toBeInstanceOf(
      ValidationFailure,
    );
    const retry = await invoke(() => {}, input, { definition: { ...definition, onInvalid: 'retry' } });
    expect(retry.error).toBeInstanceOf(ValidationFailure);
    expect(retry.sent).toEqual([]);
  });

  test.each([
    ['null', null],
    ['text', 'hello'],
    ['nothing', {}],
    ['a notification that is no JSON', notification('hello')],
    ['a record that is null', { Records: [null] }],
    ['a record without Sns', { Records: [{}] }],
    ['an unknown event', { ...envelope, source: 'elsewhere' }],
  ])('dead-letters %s, whatever it is', async (_, input) => {
    const { error, sent } = await invoke(() => expect.unreachable(), input);
    expect(error).toBeUndefined();
    expect(sent).toHaveLength(1);
  });

  test('rejects input of a topic that has no records', async () => {
    const { error } = await invoke(() => {}, {}, { definition: { ...definition, routes: ['sns'] } });
    expect(error).toMatchObject({ message: expect.stringContaining('has no Records') });
  });
});
