import { describe, expect, test } from 'vitest';
import type { AwsClient } from '../connection.ts';
import type { EmittingContext, HandlerContext } from '../context.ts';
import type { ConsumerDefinition, EventDefinition, PublishedEventDefinition } from '../definitions.ts';
import { PermanentError } from '../errors.ts';
import type { ReceivedEvent } from '../events.ts';
import { type Invocation, invocationKey, type LambdaContext } from '../invocation.ts';
import { toBus } from '../publish/to-bus.ts';
import type { Validator } from '../validator.ts';
import { emitting } from './emitting.ts';
import { queueHandler } from './queue-handler.ts';

type Event = ReceivedEvent<string, string, unknown>;

const needsOrderId: Validator<unknown> = Object.assign(
  (value: unknown): value is unknown => {
    const valid = typeof value === 'object' && value !== null && 'orderId' in value;
    needsOrderId.errors = valid
      ? null
      : [{ instancePath: '', schemaPath: '#/required', keyword: 'required', params: { missingProperty: 'orderId' } }];
    return valid;
  },
  { errors: undefined as Validator<unknown>['errors'] },
);

const orderPlaced: EventDefinition = { name: 'OrderPlaced', source: 'shop.orders', validate: needsOrderId };
const submitted: EventDefinition = { name: 'OrderSubmitted', source: 'submissions', validate: needsOrderId };

const definition: ConsumerDefinition<'fraud/screen'> = {
  key: 'fraud/screen',
  service: 'fraud',
  consumer: 'screen',
  onInvalid: 'deadLetter',
  fifo: false,
  routes: ['eventbridge'],
  receives: [orderPlaced],
  emits: [],
};
const fromTopic: ConsumerDefinition = { ...definition, routes: ['sns'], receives: [submitted] };

const envelope = (detail: unknown, more: object = {}): string =>
  JSON.stringify({
    version: '0',
    id: 'envelope-1',
    'detail-type': 'OrderPlaced',
    source: 'shop.orders',
    account: '111122223333',
    time: '2026-11-20T18:43:48Z',
    region: 'eu-west-1',
    resources: [],
    detail,
    ...more,
  });

const text = (stringValue: string) => ({ stringValue, stringListValues: [], binaryListValues: [], dataType: 'String' });
const attributes = { type: text('OrderSubmitted'), id: text('id-1'), time: text('2026-11-20T18:43:48.123Z') };

/** A record as SQS hands it to Lambda. */
const record = (messageId: string, body: string, more: object = {}): object => ({
  messageId,
  receiptHandle: 'AQEB',
  body,
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1545082649183', SenderId: 'AIDA' },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:q',
  awsRegion: 'eu-west-1',
  ...more,
});

const inGroup = (messageId: string, body: string, MessageGroupId: string): object =>
  record(messageId, body, { attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1', MessageGroupId } });

interface Run {
  readonly response: unknown;
  readonly sent: readonly Record<string, unknown>[];
  readonly lines: readonly Record<string, unknown>[];
}

const defaults = { EVENTLOOM_DEAD_LETTER_QUEUE_URL: 'https://sqs/1/dlq', BUS: 'shop' };

interface Options {
  readonly definition?: ConsumerDefinition;
  readonly environment?: Invocation['environment'];
  readonly refuse?: Error;
  readonly lambda?: LambdaContext;
}

/** Invokes a handler with a batch; `sent` is what it sent to a queue or a bus. */
async function run(
  handle: (event: Event, context: HandlerContext) => void | Promise<void>,
  records: readonly unknown[],
  options: Options = {},
): Promise<Run> {
  const sent: Record<string, unknown>[] = [];
  const lines: Record<string, unknown>[] = [];
  const client: AwsClient = {
    send: async (command) => {
      if (options.refuse) throw options.refuse;
      const { input } = command as { input: Record<string, unknown> };
      if (command.constructor.name !== 'ChangeMessageVisibilityBatchCommand') sent.push(input);
      return { Entries: [{ EventId: 'event-1' }] };
    },
  };
  const invocation: Invocation = {
    environment: { EVENTLOOM_QUEUE_URL: 'https://sqs/1/q', ...(options.environment ?? defaults) },
    clients: { sqs: client, eventBridge: client },
    log: (_level, line) => lines.push(JSON.parse(line)),
  };
  const { emits } = options.definition ?? definition;
  const handler =
    emits.length > 0
      ? queueHandler(options.definition ?? definition, handle, [emitting])
      : queueHandler(options.definition ?? definition, handle);
  const response = await handler({ Records: records }, { ...options.lambda, [invocationKey]: invocation });
  return { response, sent, lines };
}

const failures = (...ids: (string | undefined)[]): object => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});
const order = (orderId: string): object => ({ orderId });
const failOn =
  (...ids: string[]) =>
  ({ payload }: Event): void => {
    if (ids.includes((payload as { orderId: string }).orderId)) throw new Error('down');
  };

describe('a queue handler', () => {
  test('carries the key of its consumer', () => {
    expect(queueHandler(definition, () => {}).consumer).toBe('fraud/screen');
    expect(queueHandler(definition, () => {}).definition).toBe(definition);
  });

  test.each(['eventbridge', 'eventbridge-sns'] as const)('unwraps the envelope of route %s', async (route) => {
    const events: Event[] = [];
    const routes: string[] = [];
    const { response } = await run(
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

  test.each(['sns', 'sqs'] as const)('takes body and attributes of route %s', async (route) => {
    const events: Event[] = [];
    const { response } = await run(
      (event, context) => void events.push({ ...event, name: `${event.name} by ${context.route}` }),
      [record('m-1', '{"orderId":"o-1"}', { messageAttributes: attributes })],
      { definition: { ...fromTopic, routes: [route] } },
    );
    expect(response).toEqual(failures());
    expect(events).toEqual([
      {
        name: `OrderSubmitted by ${route}`,
        source: 'submissions',
        payload: { orderId: 'o-1' },
        id: 'id-1',
        time: new Date('2026-11-20T18:43:48.123Z'),
      },
    ]);
  });

  test('tells a bus from a topic by the attribute type where both feed the queue', async () => {
    const seen: string[] = [];
    const { response } = await run(
      (event, context) => void seen.push(`${event.name} of ${event.source} by ${context.route}`),
      [record('m-1', envelope(order('o-1'))), record('m-2', '{"orderId":"o-2"}', { messageAttributes: attributes })],
      { definition: { ...definition, routes: ['eventbridge', 'sns'], receives: [orderPlaced, submitted] } },
    );
    expect(response).toEqual(failures());
    expect(seen).toEqual(['OrderPlaced of shop.orders by eventbridge', 'OrderSubmitted of submissions by sns']);
  });

  test('knows the exact route of an event whose definition names it', async () => {
    const seen: string[] = [];
    const onTopic = { ...orderPlaced, source: 'edge', route: 'sns' } as const;
    const overTopic = { ...orderPlaced, route: 'eventbridge-sns' } as const;
    await run(
      (event, context) => void seen.push(`${event.source} by ${context.route}`),
      [
        record('m-1', envelope(order('o-1'))),
        record('m-2', '{"orderId":"o-2"}', { messageAttributes: { type: text('OrderPlaced') } }),
      ],
      {
        definition: {
          ...definition,
          routes: ['eventbridge', 'eventbridge-sns', 'sns'],
          receives: [overTopic, onTopic],
        },
      },
    );
    expect(seen).toEqual(['shop.orders by eventbridge-sns', 'edge by sns']);
  });

  test('tells events of one name by their source', async () => {
    const seen: string[] = [];
    const other = { ...orderPlaced, source: 'other.orders' };
    await run(
      ({ source }) => void seen.push(source),
      [record('m-1', envelope(order('o-1'), { source: 'other.orders' }))],
      {
        definition: { ...definition, receives: [orderPlaced, other] },
      },
    );
    expect(seen).toEqual(['other.orders']);
  });

  test('takes a message without attributes for the only event that it can be', async () => {
    const events: Event[] = [];
    await run((event) => void events.push(event), [record('m-1', '{"orderId":"o-1"}')], { definition: fromTopic });
    expect(events).toMatchObject([{ name: 'OrderSubmitted', id: 'm-1', time: new Date(1545082649183) }]);
  });

  test('does not guess the event of a message without attributes where there are several', async () => {
    const several = { ...fromTopic, receives: [submitted, { ...submitted, name: 'OrderWithdrawn' }] };
    const { sent } = await run(() => {}, [record('m-1', '{"orderId":"o-1"}')], { definition: several });
    expect(JSON.stringify(sent)).toContain('unknown-event');
  });

  test('answers with the records that failed, and handles the others', async () => {
    const handled: unknown[] = [];
    const { response, lines } = await run(
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
    await run(
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
    const { response } = await run(
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
      const { response } = await run(() => {}, [bad, record('good', envelope(order('o-1')))], {
        definition: { ...definition, onInvalid: 'retry' },
      });
      expect(response).toEqual(failures(''));
    },
  );

  test.each([null, 'x', 7])('does without the attributes of a record that are %j', async (bad) => {
    const odd = record('m-1', envelope(order('o-1')), { attributes: bad, messageAttributes: bad });
    expect((await run(() => {}, [odd])).response).toEqual(failures());
  });

  test.each([undefined, null, {}, { Records: 'x' }])('rejects input that is no batch: %j', async (input) => {
    await expect(queueHandler(definition, () => {})(input, {})).rejects.toThrow('lacks Records');
  });

  test('takes an empty batch', async () => {
    expect((await run(() => {}, [])).response).toEqual(failures());
  });
});

describe('a queue handler with an event that no retry can help', () => {
  const failureIn = (sent: readonly Record<string, unknown>[]): unknown => {
    const kept = sent[0]?.MessageAttributes as Record<string, { StringValue: string }>;
    return JSON.parse(kept['eventloom.failure']?.StringValue ?? 'null');
  };

  test('sends an invalid event to the dead-letter queue, and is done with it', async () => {
    const body = envelope({ id: 1 });
    const { response, sent, lines } = await run(() => expect.unreachable(), [record('m-1', body)]);
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
    const { response, sent } = await run(() => {}, [record('m-1', body)]);
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
      const { response, sent } = await run(() => Promise.reject(error), [record('m-1', envelope(order('o-1')))]);
      expect(response).toEqual(failures());
      expect(failureIn(sent)).toMatchObject({ code, reason: error.message });
    }
  });

  test('keeps body and attributes, binary ones too', async () => {
    const binary = { dataType: 'Binary.png', binaryValue: Buffer.from([1, 2]).toString('base64') };
    const number = { dataType: 'Number', stringValue: '5' };
    const { sent } = await run(
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
      const { sent } = await run(() => {}, [record('m-1', '{}', { messageAttributes: all })], {
        definition: fromTopic,
      });
      return Object.keys(sent[0]?.MessageAttributes ?? {});
    };
    expect(await keysWith(9)).toHaveLength(10);
    expect(await keysWith(9)).toContain('eventloom.failure');
    expect(await keysWith(10)).toHaveLength(10);
    expect(await keysWith(10)).not.toContain('eventloom.failure');
    const full = { ...attributes, ...fill(7) };
    const { lines } = await run(() => {}, [record('m-1', '{}', { messageAttributes: full })], {
      definition: fromTopic,
    });
    expect(lines.at(-1)).toMatchObject({ message: 'Event dead-lettered', code: 'invalid-payload', messageId: 'm-1' });
  });

  test('says which version of the function refused it, in characters that SQS takes', async () => {
    const error = new PermanentError('no \uffff\ufffe');
    const { sent } = await run(() => Promise.reject(error), [record('m-1', envelope(order('o-1')))], {
      lambda: { functionVersion: '7' },
    });
    expect(failureIn(sent)).toMatchObject({ version: '7', reason: 'no ??' });
  });

  test.each(['down', null, undefined, 5, Symbol('down'), Object.create(null)])(
    'returns the record whatever the handler throws (%#)',
    async (thrown) => {
      const { response } = await run(() => Promise.reject(thrown), [record('m-1', envelope(order('o-1')))]);
      expect(response).toEqual(failures('m-1'));
    },
  );

  test('fails the record as usual when it cannot be dead-lettered', async () => {
    const body = envelope({});
    const refused = await run(() => {}, [record('m-1', body)], { refuse: new Error('no queue') });
    expect(refused.response).toEqual(failures('m-1'));
    expect(refused.lines.at(-2)).toMatchObject({ message: 'Event not dead-lettered', error: { message: 'no queue' } });
    const unset = await run(() => {}, [record('m-1', body)], { environment: {} });
    expect(unset.response).toEqual(failures('m-1'));
    expect(unset.lines.at(-1)).toMatchObject({ error: { variable: 'EVENTLOOM_DEAD_LETTER_QUEUE_URL' } });
  });

  test('retries it instead where onInvalid says so', async () => {
    const { response, sent } = await run(() => {}, [record('m-1', envelope({}))], {
      definition: { ...definition, onInvalid: 'retry' },
    });
    expect(response).toEqual(failures('m-1'));
    expect(sent).toEqual([]);
  });

  test('does not take an invalid event that the handler publishes for an invalid event received', async () => {
    const { response, sent } = await run(
      (_, context) =>
        (context as EmittingContext<(name: string, payload: unknown) => Promise<void>>).publish('Screened', {}),
      [record('m-1', envelope(order('o-1')))],
      { definition: { ...definition, emits: [screened] } },
    );
    expect(response).toEqual(failures('m-1'));
    expect(sent).toEqual([]);
  });
});

describe('a queue handler on a FIFO queue', () => {
  const fifo: ConsumerDefinition = { ...definition, fifo: true };

  test('handles groups side by side and each in order, and ends a group at its first failure', async () => {
    const handled: string[] = [];
    const { response } = await run(
      async ({ payload }) => {
        const { orderId } = payload as { orderId: string };
        for (let turn = 0; turn < (orderId === 'a1' ? 9 : 1); turn++) await new Promise(setImmediate);
        handled.push(orderId);
        failOn('a2')({ payload } as Event);
      },
      ['a1', 'a2', 'b1', 'a3', 'b2'].map((id) => inGroup(id, envelope(order(id)), id.charAt(0))),
      { definition: fifo },
    );
    expect(handled).toEqual(['b1', 'b2', 'a1', 'a2']);
    expect(response).toEqual(failures('a2', 'a3'));
  });

  test('fails a group behind an event that was dead-lettered, which keeps its group', async () => {
    const { response, sent } = await run(
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

const cyclic = (): object => {
  const self: { self?: object } = {};
  self.self = self;
  return self;
};

const screened: PublishedEventDefinition = {
  name: 'Screened',
  source: 'shop.fraud',
  validate: needsOrderId,
  destination: { transport: toBus, environmentVariable: 'BUS' },
  headers: [],
};

describe('the context of a handler', () => {
  async function contextWith(
    options: Options & { attributes?: object } = {},
  ): Promise<HandlerContext & { publish?: unknown }> {
    let found: HandlerContext | undefined;
    const { lines } = await run(
      (_, context) => {
        found = context;
        context.log.info('Hello', { total: 5, level: 'mine', error: new PermanentError('no', { code: 'x' }) });
        context.log.warn('Odd', { cycle: cyclic() });
      },
      [record('m-1', envelope(order('o-1')), options.attributes && { attributes: options.attributes })],
      options,
    );
    return { ...(found as HandlerContext), lines } as never;
  }

  test('says who and how often', async () => {
    const context = await contextWith({ attributes: { ApproximateReceiveCount: '3' } });
    expect(context).toMatchObject({ service: 'fraud', consumer: 'screen', route: 'eventbridge', attempt: 3 });
    expect(await contextWith({ attributes: {} })).toMatchObject({ attempt: 1 });
  });

  test('logs lines of JSON that know the event and are not fooled', async () => {
    const { lines } = (await contextWith()) as unknown as { lines: unknown[] };
    expect(lines).toMatchObject([
      {
        level: 'INFO',
        message: 'Hello',
        service: 'fraud',
        consumer: 'screen',
        eventId: 'envelope-1',
        total: 5,
        error: { name: 'PermanentError', message: 'no', code: 'x', stack: expect.any(String) },
      },
      { level: 'WARN', message: 'Odd', eventId: 'envelope-1', unwritable: expect.stringContaining('circular') },
    ]);
  });

  test('has no publish without emits', async () => {
    expect((await contextWith()).publish).toBeUndefined();
  });

  test('publishes what the consumer emits', async () => {
    const published: unknown[] = [];
    const { sent, response } = await run(
      async (_, context) => {
        const { publish } = context as EmittingContext<(name: string, payload: unknown) => Promise<unknown>>;
        published.push(await publish('Screened', order('o-1')));
      },
      [record('m-1', envelope(order('o-1')))],
      { definition: { ...definition, emits: [screened] } },
    );
    expect(response).toEqual(failures());
    expect(published).toEqual([{ id: 'event-1', name: 'Screened', source: 'shop.fraud' }]);
    expect(sent).toMatchObject([{ Entries: [{ EventBusName: 'shop', DetailType: 'Screened', Source: 'shop.fraud' }] }]);
  });

  test('fails the record that publishes without an environment, naming the variable', async () => {
    const { response, lines } = await run(
      (_, context) =>
        (context as EmittingContext<(name: string, payload: unknown) => Promise<void>>).publish('Screened', order('1')),
      [record('m-1', envelope(order('o-1')))],
      { definition: { ...definition, emits: [screened] }, environment: {} },
    );
    expect(response).toEqual(failures('m-1'));
    expect(lines).toMatchObject([{ error: { name: 'ConfigurationError', variable: 'BUS' } }]);
  });

  test('tells the time that is left, and aborts before it ends', async () => {
    let left: number | undefined;
    let aborted: boolean | undefined;
    await run(
      async (_, { signal, remainingMilliseconds }) => {
        left = remainingMilliseconds();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        aborted = signal.aborted;
      },
      [record('m-1', envelope(order('o-1')))],
      { lambda: { getRemainingTimeInMillis: () => 510 } },
    );
    expect([left, aborted]).toEqual([510, true]);
    expect((await contextWith()).remainingMilliseconds()).toBe(Number.POSITIVE_INFINITY);
    expect((await contextWith()).signal.aborted).toBe(false);
  });
});
