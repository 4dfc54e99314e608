import { queueMessageBytesMaximum } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import {
  attributes,
  definition,
  envelope,
  failures,
  fromTopic,
  order,
  record,
  runBatch,
  screened,
  text,
} from '../../../test/support/batch-run.ts';
import type { EmittingContext } from '../context.ts';
import { PermanentError } from '../errors.ts';

describe('an event that no retry can help', () => {
  const failureIn = (sent: readonly Record<string, unknown>[]): unknown => {
    const kept = sent[0]?.MessageAttributes as Record<string, { StringValue: string }>;
    return JSON.parse(kept['eventloom.failure']?.StringValue ?? 'null');
  };

  test('sends an invalid event to the dead-letter queue, and is done with it', async () => {
    const body = envelope({ id: 1 });
    const { response, sent, lines } = await runBatch(() => expect.unreachable(), [record('m-1', body)]);
    expect(response).toEqual(failures());
    expect(sent).toMatchObject([{ QueueUrl: 'https://sqs/1/dlq', MessageBody: body }]);
    expect(failureIn(sent)).toEqual({
      reason: 'OrderPlaced of shop.orders is invalid: payload breaks required {"missingProperty":"orderId"}',
      code: 'invalid-payload',
      path: '',
      rule: 'required',
      consumer: 'fraud/screen',
      messageId: 'm-1',
    });
    expect(lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      'ERROR: Event failed',
      'WARN: Event dead-lettered',
    ]);
  });

  test.each([
    ['malformed', 'hello'],
    ['unknown-event', envelope({}, { source: 'elsewhere' })],
    ['unknown-event', '[]'],
    ['invalid-payload', envelope({})],
  ])('says %s of it', async (code, body) => {
    const { response, sent } = await runBatch(() => {}, [record('m-1', body)]);
    expect(response).toEqual(failures());
    expect(failureIn(sent)).toMatchObject({ code });
  });

  test('does the same with a PermanentError of the user, also from another copy of the package', async () => {
    const foreign = Object.assign(new Error('gone'), {
      code: 'gone',
      [Symbol.for('eventloom.error')]: 'PermanentError',
    });
    for (const [error, code] of [
      [new PermanentError('no'), 'permanent'],
      [new PermanentError('no', { code: 'mine' }), 'mine'],
      [foreign, 'gone'],
    ] as const) {
      const { response, sent } = await runBatch(() => Promise.reject(error), [record('m-1', envelope(order('o-1')))]);
      expect(response).toEqual(failures());
      expect(failureIn(sent)).toMatchObject({ code, reason: error.message });
    }
  });

  test('keeps body and attributes, binary ones too', async () => {
    const binary = { dataType: 'Binary.png', binaryValue: Buffer.from([1, 2]).toString('base64') };
    const number = { dataType: 'Number', stringValue: '5' };
    const { sent } = await runBatch(
      () => {},
      [record('m-1', '{}', { messageAttributes: { ...attributes, number, binary } })],
      {
        definition: fromTopic,
      },
    );
    expect(sent[0]).toMatchObject({
      MessageBody: '{}',
      MessageAttributes: {
        type: { DataType: 'String', StringValue: 'OrderSubmitted' },
        id: { DataType: 'String', StringValue: 'id-1' },
        number: { DataType: 'Number', StringValue: '5' },
        binary: { DataType: 'Binary.png', BinaryValue: Buffer.from([1, 2]) },
      },
    });
  });

  test('leaves the reason to the log where ten attributes are kept already', async () => {
    const fill = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`h${at}`, text('x')]));
    const keysWith = async (count: number): Promise<string[]> => {
      const all = { ...attributes, ...fill(count - 3) };
      const { sent } = await runBatch(() => {}, [record('m-1', '{}', { messageAttributes: all })], {
        definition: fromTopic,
      });
      return Object.keys(sent[0]?.MessageAttributes ?? {});
    };
    expect(await keysWith(9)).toHaveLength(10);
    expect(await keysWith(9)).toContain('eventloom.failure');
    expect(await keysWith(10)).toHaveLength(10);
    expect(await keysWith(10)).not.toContain('eventloom.failure');
    const full = { ...attributes, ...fill(7) };
    const { lines } = await runBatch(() => {}, [record('m-1', '{}', { messageAttributes: full })], {
      definition: fromTopic,
    });
    expect(lines.at(-1)).toMatchObject({ message: 'Event dead-lettered', code: 'invalid-payload', messageId: 'm-1' });
  });

  test('gives the reason of today to an event that SQS itself has moved back with its old one', async () => {
    const old = text(JSON.stringify({ code: 'old', reason: 'old' }));
    const nine = Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`h${at}`, text('x')]));
    const { sent } = await runBatch(
      () => Promise.reject(new PermanentError('new', { code: 'new' })),
      [
        record('m-1', JSON.stringify(order('o-1')), {
          messageAttributes: { ...attributes, ...nine, 'eventloom.failure': old },
        }),
      ],
      { definition: fromTopic },
    );
    expect(failureIn(sent)).toMatchObject({ code: 'new', reason: 'new' });
    expect(Object.keys(sent[0]?.MessageAttributes ?? {})).toHaveLength(10);
  });

  test('cuts what is long', async () => {
    const long = 'k'.repeat(550_000);
    const error = Object.assign(new PermanentError(long, { code: long }), { path: `/${long}` });
    const { sent } = await runBatch(() => Promise.reject(error), [record('m-1', envelope(order('o-1')))]);
    const { code, path, reason } = failureIn(sent) as Record<string, string>;
    expect([code, path, reason].map((cut) => cut?.length)).toEqual([1_000, 1_000, 1_000]);
  });

  test('leaves the reason to the log where the queue takes no more bytes', async () => {
    const keysWith = async (bytes: number, more: object): Promise<string[]> => {
      const messageAttributes = { ...attributes, ...more };
      const { sent } = await runBatch(
        () => {},
        [record('m-1', `"${'é'.repeat(bytes / 2 - 1)}"`, { messageAttributes })],
        {
          definition: fromTopic,
        },
      );
      return Object.keys(sent[0]?.MessageAttributes ?? {});
    };
    const room = { note: text('x'.repeat(1_600)) };
    expect(await keysWith(queueMessageBytesMaximum - 2_000, {})).toContain('eventloom.failure');
    expect(await keysWith(queueMessageBytesMaximum - 2_000, room)).toEqual(['type', 'id', 'time', 'note']);
    expect(await keysWith(queueMessageBytesMaximum - 400, {})).toEqual(['type', 'id', 'time']);
  });

  test('says which version of the function refused it, in characters that SQS takes', async () => {
    const error = new PermanentError('no \uffff\ufffe');
    const { sent } = await runBatch(() => Promise.reject(error), [record('m-1', envelope(order('o-1')))], {
      lambda: { functionVersion: '7' },
    });
    expect(failureIn(sent)).toMatchObject({ version: '7', reason: 'no ??' });
  });

  test.each(['down', null, undefined, 5, Symbol('down'), Object.create(null)])(
    'returns the record whatever the handler throws (%#)',
    async (thrown) => {
      const { response } = await runBatch(() => Promise.reject(thrown), [record('m-1', envelope(order('o-1')))]);
      expect(response).toEqual(failures('m-1'));
    },
  );

  test('fails the record as usual when it cannot be dead-lettered', async () => {
    const body = envelope({});
    const refused = await runBatch(() => {}, [record('m-1', body)], { refuse: new Error('no queue') });
    expect(refused.response).toEqual(failures('m-1'));
    expect(refused.lines.at(-2)).toMatchObject({ message: 'Not dead-lettered', error: { message: 'no queue' } });
    const unset = await runBatch(() => {}, [record('m-1', body)], { environment: {} });
    expect(unset.response).toEqual(failures('m-1'));
    expect(unset.lines.at(-1)).toMatchObject({ error: { variable: 'EVENTLOOM_DEAD_LETTER_QUEUE_URL' } });
  });

  test('retries it instead where onInvalid says so', async () => {
    const { response, sent } = await runBatch(() => {}, [record('m-1', envelope({}))], {
      definition: { ...definition, onInvalid: 'retry' },
    });
    expect(response).toEqual(failures('m-1'));
    expect(sent).toEqual([]);
  });

  test('does not take an invalid event that the handler publishes for an invalid event received', async () => {
    const { response, sent } = await runBatch(
      (_, context) =>
        (context as EmittingContext<(name: string, payload: unknown) => Promise<void>>).publish('Screened', {}),
      [record('m-1', envelope(order('o-1')))],
      { definition: { ...definition, emits: [screened] } },
    );
    expect(response).toEqual(failures('m-1'));
    expect(sent).toEqual([]);
  });
});
