import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FunctionDelivery, QueueDelivery, Route } from '../topology.ts';
import type { DeadLetterAttribute, DeadLetterMessage } from './dead-letter.ts';
import { readDeadLetter } from './read-dead-letter.ts';

const text = (StringValue: string): DeadLetterAttribute => ({ DataType: 'String', StringValue });
const route = (kind: Route['kind']): Route => ({ kind }) as Route;
const byQueue = { delivery: { type: 'queue' } as QueueDelivery, routes: [route('eventbridge'), route('sns')] };
const byFunction = { delivery: { type: 'function' } as FunctionDelivery, routes: [route('eventbridge')] };

const envelope = { id: '1', 'detail-type': 'OrderPlaced', source: 'shop.orders', detail: { orderId: 'o-1' } };
const published = { type: text('OrderPlaced'), id: text('i') };
const fromRule = {
  RULE_ARN: text('arn:aws:events:eu-west-1:111122223333:rule/shop/r'),
  TARGET_ARN: text('arn:aws:sqs:eu-west-1:111122223333:q'),
  ERROR_CODE: text('NO_PERMISSIONS'),
  ERROR_MESSAGE: text('not authorized'),
  EXHAUSTED_RETRY_CONDITION: text('MaximumRetryAttempts'),
  RETRY_ATTEMPTS: text('185'),
};
const notification = {
  Type: 'Notification',
  MessageId: 'm-1',
  TopicArn: 'arn:aws:sns:eu-west-1:111122223333:orders',
  Message: '{"orderId":"o-1"}',
  Timestamp: '2026-11-20T18:43:48.123Z',
  SigningCertURL: 'https://sns.example/cert',
  UnsubscribeURL:
    'https://sns.example/?Action=Unsubscribe&SubscriptionArn=arn:aws:sns:eu-west-1:111122223333:orders:s1',
  MessageAttributes: {
    type: { Type: 'String', Value: 'OrderPlaced' },
    raw: { Type: 'Binary', Value: 'AQI=' },
  },
};
const message = (body: unknown, attributes: DeadLetterMessage['attributes'] = {}): DeadLetterMessage => ({
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes,
});

describe('a dead letter of a consumer with a queue', () => {
  test('that its handler sent goes back without the reason', () => {
    const failure = text(JSON.stringify({ code: 'invalid-payload', reason: '/total breaks type' }));
    const letter = { ...message('{"total":"x"}', { ...published, 'eventloom.failure': failure }), groupId: 'g' };
    expect(readDeadLetter(letter, byQueue)).toEqual({
      kind: 'handler',
      code: 'invalid-payload',
      reason: '/total breaks type',
      event: 'OrderPlaced',
      back: { to: 'queue', body: '{"total":"x"}', attributes: published, groupId: 'g' },
    });
  });

  test('that was received too often goes back as it is', () => {
    expect(readDeadLetter(message(envelope, { mine: text('x') }), byQueue)).toMatchObject({
      kind: 'queue',
      code: 'receives-exhausted',
      event: 'OrderPlaced',
      back: { to: 'queue', body: JSON.stringify(envelope), attributes: { mine: text('x') } },
    });
  });

  test('that EventBridge could not deliver goes back without what EventBridge added', () => {
    expect(readDeadLetter(message(envelope, fromRule), byQueue)).toEqual({
      kind: 'rule',
      code: 'NO_PERMISSIONS',
      reason: 'not authorized; MaximumRetryAttempts',
      event: 'OrderPlaced',
      back: { to: 'queue', body: JSON.stringify(envelope), attributes: {}, groupId: undefined },
    });
  });

  test('that SNS could not deliver goes back as raw delivery would have brought it', () => {
    expect(readDeadLetter(message(notification), byQueue)).toMatchObject({
      kind: 'subscription',
      event: 'OrderPlaced',
      back: {
        to: 'queue',
        body: '{"orderId":"o-1"}',
        attributes: { type: text('OrderPlaced'), raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) } },
      },
    });
  });

  test('whose payload looks like an envelope of SNS but came with attributes is left as it is', () => {
    expect(readDeadLetter(message(notification, published), byQueue)).toMatchObject({
      kind: 'queue',
      back: { body: JSON.stringify(notification) },
    });
  });

  test('goes back whatever its body is: the handler says what is wrong with it', () => {
    expect(readDeadLetter(message('no JSON'), byQueue)).toMatchObject({ event: null, back: { body: 'no JSON' } });
  });
});

describe('a dead letter of a function', () => {
  const record = {
    version: '1.0',
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    requestPayload: envelope,
    responsePayload: { errorType: 'TypeError', errorMessage: 'boom' },
  };

  test('that Lambda gave up on goes back as the payload of the request', () => {
    expect(readDeadLetter(message(record), byFunction)).toEqual({
      kind: 'function',
      code: 'TypeError',
      reason: 'boom',
      event: 'OrderPlaced',
      back: { to: 'function', payload: JSON.stringify(envelope) },
    });
  });

  test('that grew too old has no answer, and the condition is its code', () => {
    const aged = { ...record, requestContext: { condition: 'EventAgeExceeded' }, responsePayload: null };
    expect(readDeadLetter(message(aged), byFunction)).toMatchObject({ code: 'EventAgeExceeded' });
  });

  test('that EventBridge could not deliver goes back letter for letter', () => {
    const body = '{"detail-type":"OrderPlaced","source":"s","detail":{"n":9007199254740993}}';
    expect(readDeadLetter(message(body, fromRule), byFunction)).toMatchObject({
      kind: 'rule',
      code: 'NO_PERMISSIONS',
      back: { to: 'function', payload: body },
    });
  });

  test('that SNS could not deliver goes back as SNS invokes functions', () => {
    const { back, event } = readDeadLetter(message(notification), byFunction);
    const [record] = JSON.parse(back?.to === 'function' ? back.payload : '{}').Records;
    expect([event, record.EventSource]).toEqual(['OrderPlaced', 'aws:sns']);
    expect(record.EventSubscriptionArn).toBe('arn:aws:sns:eu-west-1:111122223333:orders:s1');
    expect(record.Sns).toMatchObject({ Message: '{"orderId":"o-1"}', SigningCertUrl: 'https://sns.example/cert' });
  });

  test('on the older kind of dead-letter queue is the event with attributes', () => {
    const attributes = { RequestID: text('r'), ErrorCode: text('200'), ErrorMessage: text('boom') };
    expect(readDeadLetter(message(envelope, attributes), byFunction)).toMatchObject({
      kind: 'function',
      code: '200',
      reason: 'boom',
      back: { payload: JSON.stringify(envelope) },
    });
  });

  test.each(['no JSON', '[]', 'null', '{}', '{"requestPayload":1}'])('that is %s cannot go back', (body) => {
    expect(readDeadLetter(message(body), byFunction)).toMatchObject({
      kind: 'unknown',
      code: 'unreadable',
      back: null,
    });
  });

  test('so deep that it cannot be written again cannot go back', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const body = `{"requestContext":{"condition":"RetriesExhausted"},"requestPayload":${deep}}`;
    expect(readDeadLetter(message(body), byFunction).back).toBeNull();
  });
});

describe('readDeadLetter', () => {
  const names = fc.constantFrom('type', 'eventloom.failure', 'RULE_ARN', 'ERROR_CODE', 'ErrorCode', '__proto__', 'x');
  const attributes = fc.dictionary(names, fc.record({ DataType: fc.string(), StringValue: fc.string() }));
  const keys = fc.constantFrom('requestPayload', 'requestContext', 'Records', 'Type', 'Message', 'detail-type', 'a');
  const bodies = fc.oneof(
    fc.string(),
    fc.json(),
    fc.dictionary(keys, fc.jsonValue()).map((body) => JSON.stringify(body)),
  );

  test('never throws', () => {
    fc.assert(
      fc.property(bodies, attributes, fc.boolean(), (body, found, queue) => {
        const { kind, back } = readDeadLetter({ body, attributes: found }, queue ? byQueue : byFunction);
        expect(kind).toMatch(/^[a-z]+$/);
        if (queue) expect(back?.to).toBe('queue');
      }),
    );
  });
});
