import { eventOf, inputFor, payloadOf } from '@eventloom/local/testing';
import { invocationKey, type LambdaContext } from '@eventloom/runtime';
import { describe, expect, test } from 'vitest';
import { orderPlacedSchema, orderSubmittedSchema } from '../generated/events/index.js';
import { recordEvent } from '../generated/services/analytics/index.js';
import { acceptEuOrder, acceptEuOrderBatch } from '../generated/services/orders/index.js';
import { chargeOrder, chargeOrderBatch } from '../generated/services/payments/index.js';
import { bellRangSchema } from './golden/topic-to-function/expected/events/index.js';
import { openDoor } from './golden/topic-to-function/expected/services/butler/index.js';

type Fields = Readonly<Record<string, unknown>>;

/** What became of one input. */
interface Outcome {
  readonly answer?: unknown;
  readonly error?: unknown;
  /** What the attribute `eventloom.failure` says of each dead letter. */
  readonly failures: readonly Fields[];
}

const deadLetterQueue = 'https://sqs.eu-west-1.amazonaws.com/111122223333/dlq';

async function invoke(handler: (input: unknown, context: LambdaContext) => unknown, input: unknown): Promise<Outcome> {
  const failures: Fields[] = [];
  const sqs = {
    send: async (command: object) => {
      const { MessageAttributes, MessageBody } = (command as { readonly input: Fields }).input;
      expect(typeof MessageBody).toBe('string');
      const attributes = Object(MessageAttributes) as Readonly<Record<string, { readonly StringValue: string }>>;
      failures.push(JSON.parse(attributes['eventloom.failure']?.StringValue ?? 'null'));
    },
  };
  const environment = { EVENTLOOM_DEAD_LETTER_QUEUE_URL: deadLetterQueue, EVENTLOOM_BUS_SHOP: 'shop' };
  const invocation = { environment, clients: { sqs }, log: () => {} };
  try {
    return { answer: await handler(input, { [invocationKey]: invocation }), failures };
  } catch (error) {
    return { error, failures };
  }
}

const deep = '['.repeat(50_000) + ']'.repeat(50_000);
const cut = (text: string): string => text.slice(0, -1);
const json = (value: unknown): string => JSON.stringify(value);

/** Bodies that are no event on any route. */
const badBodies: readonly (readonly [string, unknown])[] = [
  ['no body', undefined],
  ['null for a body', null],
  ['a number for a body', 5],
  ['a list for a body', [1]],
  ['an object for a body', { orderId: 'o-1' }],
  ['an empty body', ''],
  ['white space', ' \n'],
  ['text', 'hello'],
  ['cut JSON', '{"detail":'],
  ['two documents', '{}{}'],
  ['a byte order mark', '\ufeff{}'],
  ['XML', '<order/>'],
  ['null', 'null'],
  ['true', 'true'],
  ['a number', '1e400'],
  ['a text of JSON', '"{}"'],
  ['a list', '[]'],
  ['a deep list', deep],
  ['an empty object', '{}'],
  ['a payload with `__proto__`', '{"__proto__":{"orderId":"o-1"}}'],
  [
    'a notification that nobody expects',
    json({ Type: 'Notification', TopicArn: 'arn', MessageId: 'm', Message: '{}' }),
  ],
  ['an event of S3', json({ Records: [{ eventSource: 'aws:s3', s3: { object: { key: 'k' } } }] })],
  ['the body in an array', json([{ orderId: 'o-1' }])],
];

/** What a good envelope of a bus can be made into. */
const badEnvelopes: readonly (readonly [string, (good: Fields) => string])[] = [
  ['no source', (good) => json({ ...good, source: undefined })],
  ['another source', (good) => json({ ...good, source: 'elsewhere' })],
  ['a source that is an object', (good) => json({ ...good, source: { toString: 1 } })],
  ['no detail-type', (good) => json({ ...good, 'detail-type': undefined })],
  ['a list for a detail-type', (good) => json({ ...good, 'detail-type': [good['detail-type']] })],
  ['no detail', (good) => json({ ...good, detail: undefined })],
  ['detail as text', (good) => json({ ...good, detail: json(good.detail) })],
  ['null for detail', (good) => json({ ...good, detail: null })],
  ['detail below `__proto__`', (good) => json(good).replace('"detail"', '"__proto__"')],
  ['an envelope in an envelope', (good) => json({ ...good, detail: good })],
  ['a detail that breaks its schema', (good) => json({ ...good, detail: { ...Object(good.detail), total: -1 } })],
  ['a cut envelope', (good) => cut(json(good))],
];

const order = eventOf('OrderPlaced', orderPlacedSchema);
const submitted = eventOf('OrderSubmitted', orderSubmittedSchema, { market: 'eu' });

const queues = [
  ['over a bus', (see: () => void) => chargeOrder(see), order],
  ['over a bus, of whole batches', (see: () => void) => chargeOrderBatch((events) => events.forEach(see)), order],
  ['of a topic', (see: () => void) => acceptEuOrder(see), submitted],
  ['of a topic, of whole batches', (see: () => void) => acceptEuOrderBatch((events) => events.forEach(see)), submitted],
] as const;

describe.each(queues)('a handler of a queue %s', (route, make, event) => {
  const batch = (handler: ReturnType<typeof make>) => inputFor(handler as never, [event] as never).Records as Fields[];
  const [good = {}] = batch(make(() => {}));
  const envelopes = route.startsWith('over') ? badEnvelopes : [];
  const bodies = [
    ...badBodies,
    ...envelopes.map(([name, spoil]) => [name, spoil(JSON.parse(String(good.body)))] as const),
  ];
  const records: readonly (readonly [string, unknown])[] = [
    ...bodies.map(([name, body]) => [`with ${name}`, { ...good, messageId: 'bad', body }] as const),
    [
      'of an unknown type',
      { ...good, messageId: 'bad', body: '{}', messageAttributes: { type: { stringValue: 'No' } } },
    ],
    ['with fields of other types', { messageId: 'bad', body: 5, attributes: 'x', messageAttributes: [null] }],
    ['without a field', {}],
    ['that is null', null],
    ['that is a text', 'record'],
  ];

  test('is told by at least twenty malformed records', () => {
    expect(records.length).toBeGreaterThanOrEqual(20);
  });

  test.each(records)('fails or dead-letters a record %s alone, with a reason', async (_, bad) => {
    let seen = 0;
    const handler = make(() => {
      seen++;
    });
    const { answer, error, failures } = await invoke(handler, { Records: [bad, { ...good, messageId: 'good' }] });
    expect(error).toBeUndefined();
    expect(seen).toBe(1);
    const { batchItemFailures } = answer as { readonly batchItemFailures: readonly Fields[] };
    const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    expect(failed).not.toContain('good');
    expect(failed.length + failures.length).toBe(1);
    for (const { code, reason } of failures) {
      expect(code).toMatch(/^(malformed|unknown-event|invalid-payload)$/);
      expect(reason).toMatch(/\S/);
    }
  });

  test('takes all of them in one batch, and handles what is good', async () => {
    let seen = 0;
    const handler = make(() => {
      seen++;
    });
    const bad = records.map(([, record], index) =>
      record === Object(record) ? { ...(record as Fields), messageId: `bad-${index}` } : record,
    );
    const { answer, failures } = await invoke(handler, { Records: [...bad, { ...good, messageId: 'good' }] });
    expect(seen).toBe(1);
    const { batchItemFailures } = answer as { readonly batchItemFailures: readonly Fields[] };
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).not.toContain('good');
    // Two without a message id are one failure: the empty one, which has Lambda give back the whole batch.
    expect(failures.length + batchItemFailures.length).toBeGreaterThanOrEqual(records.length - 1);
  });
});

const functions = [
  ['of a rule', (see: () => void) => recordEvent(see), order],
  ['of a topic', (see: () => void) => openDoor(see), eventOf('BellRang', bellRangSchema)],
] as const;

describe.each(functions)('a function %s', (route, make, event) => {
  const good = inputFor(make(() => {}) as never, event as never);
  const [record = {}] = (good.Records ?? []) as readonly Fields[];
  const sns = Object(record.Sns) as Fields;
  const withSns = (more: Fields): Fields => ({ Records: [{ ...record, Sns: { ...sns, ...more } }] });
  const parsed = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  };
  const inputs: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['a text', 'hello'],
    ['a number', 5],
    ['a list', []],
    ['an empty object', {}],
    ['records that are no list', { Records: 'x' }],
    ['a record that is null', { Records: [null] }],
    ['a record without fields', { Records: [{}] }],
    ['a record of SQS', { Records: [{ messageId: 'm', body: json(payloadOf(orderPlacedSchema)) }] }],
    ['an event of S3', { Records: [{ eventSource: 'aws:s3', s3: {} }] }],
    ['a request of API Gateway', { version: '2.0', rawPath: '/', body: '{}' }],
    ['a scheduled event', { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }],
    ...(route === 'of a rule'
      ? badEnvelopes.map(([name, spoil]) => [name, parsed(spoil(good))] as const)
      : badBodies
          .filter(([, body]) => body === undefined || typeof body === 'string')
          .map(([name, Message]) => [`a message with ${name}`, withSns({ Message })] as const)),
  ];

  test('is told by at least twenty malformed inputs', () => {
    expect(inputs.length).toBeGreaterThanOrEqual(20);
  });

  test.each(inputs)('rejects or dead-letters %s, with a reason', async (_, input) => {
    const { answer, error, failures } = await invoke(
      make(() => expect.unreachable('it was handled')),
      input,
    );
    expect(answer).toBeUndefined();
    if (error === undefined) {
      expect(failures).toHaveLength(1);
      expect(failures[0]?.code).toMatch(/^(malformed|unknown-event|invalid-payload)$/);
      expect(failures[0]?.reason).toMatch(/\S/);
    } else {
      expect(failures).toEqual([]);
      expect((error as Error).message).toMatch(/\S/);
    }
  });
});
