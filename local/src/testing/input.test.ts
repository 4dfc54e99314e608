import {
  correlationInHeader,
  functionHandler,
  queueHandler,
  type ReceivedEvent,
  type RouteKind,
} from '@eventloom/runtime';
import { describe, expect, test } from 'vitest';
import { orderPlacedSchema, orderSubmittedSchema } from '../../../generated/events/index.ts';
import { verifyMarket } from '../../../generated/services/compliance/index.ts';
import { acceptEuOrder } from '../../../generated/services/orders/index.ts';
import { eventOf } from './event.ts';
import { inputFor } from './input.ts';

const order = eventOf('OrderPlaced', orderPlacedSchema, { market: 'ru' });
const envelope = {
  version: '0',
  id: expect.stringMatching(/^[\da-f-]{36}$/),
  'detail-type': 'OrderPlaced',
  source: 'shop.orders',
  account: '000000000000',
  time: '2026-01-01T00:00:00Z',
  region: 'us-east-1',
  resources: [],
  detail: order.payload,
};

type Rang = ReceivedEvent<'BellRang', 'porch', { readonly times: number }>;

const definition = (route: RouteKind) => ({
  key: 'butler/openDoor' as const,
  service: 'butler',
  consumer: 'openDoor',
  onInvalid: 'deadLetter' as const,
  fifo: false,
  routes: [route],
  receives: [{ name: 'BellRang', source: 'porch', validate: (_value: unknown): _value is unknown => true }],
  emits: [],
});

describe('the input of a function', () => {
  test('is a batch of SQS with the envelope of EventBridge as body, on a route over a bus', async () => {
    const heard: unknown[] = [];
    const handler = verifyMarket(({ payload }) => void heard.push(payload));
    const input = inputFor(handler, [order, order]);
    expect(input).toMatchObject({
      Records: [0, 1].map(() => ({
        messageId: expect.any(String),
        receiptHandle: expect.any(String),
        body: expect.any(String),
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: '1767225600000',
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: '1767225600000',
        },
        messageAttributes: {},
        md5OfBody: expect.stringMatching(/^[\da-f]{32}$/),
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:compliance-verifyMarket',
        awsRegion: 'us-east-1',
      })),
    });
    expect(JSON.parse((input.Records as { body: string }[])[0]?.body ?? '')).toEqual(envelope);
    expect(await handler(input, {})).toEqual({ batchItemFailures: [] });
    expect(heard).toEqual([order.payload, order.payload]);
  });

  test('carries the payload as body and its attributes beside it, on a route without a bus', async () => {
    const submitted = eventOf(
      'OrderSubmitted',
      orderSubmittedSchema,
      { market: 'eu' },
      { id: 'e-1', headers: { market: 'eu' } },
    );
    const handler = acceptEuOrder(() => {});
    const input = inputFor(handler, submitted, { receiveCount: 3 });
    const [record] = input.Records as readonly Readonly<Record<string, never>>[];
    expect(JSON.parse(record?.body ?? '')).toEqual(submitted.payload);
    expect(record).toMatchObject({
      attributes: { ApproximateReceiveCount: '3' },
      messageAttributes: {
        type: { stringValue: 'OrderSubmitted', stringListValues: [], binaryListValues: [], dataType: 'String' },
        id: { stringValue: 'e-1' },
        time: { stringValue: '2026-01-01T00:00:00.000Z' },
        market: { stringValue: 'eu' },
      },
    });
    expect(await handler(input, {})).toEqual({ batchItemFailures: [] });
  });

  test('has the group and its sequence on a FIFO queue', () => {
    const handler = queueHandler({ ...definition('sqs'), fifo: true }, (_: Rang) => {});
    const input = inputFor(handler, { name: 'BellRang', payload: { times: 2 }, group: 'front', id: 'r-1' });
    expect(input).toMatchObject({
      Records: [
        { attributes: { MessageGroupId: 'front', MessageDeduplicationId: 'r-1', SequenceNumber: expect.any(String) } },
      ],
    });
  });

  test('is the event of EventBridge itself for a function behind a rule', async () => {
    const heard: number[] = [];
    const handler = functionHandler(definition('eventbridge'), ({ payload }: Rang) => void heard.push(payload.times));
    const input = inputFor(handler, { name: 'BellRang', payload: { times: 2 } });
    expect(input).toMatchObject({ version: '0', 'detail-type': 'BellRang', source: 'porch', detail: { times: 2 } });
    await handler(input, {});
    expect(heard).toEqual([2]);
  });

  test.each(['sns', 'eventbridge-sns'] as const)(
    'is one record of SNS for a function behind a topic (%s)',
    async (route) => {
      const heard: number[] = [];
      const handler = functionHandler(definition(route), ({ payload }: Rang) => void heard.push(payload.times));
      const input = inputFor(handler, { name: 'BellRang', payload: { times: 2 } });
      expect(input).toMatchObject({
        Records: [
          { EventVersion: '1.0', EventSource: 'aws:sns', Sns: { Type: 'Notification', MessageId: expect.any(String) } },
        ],
      });
      await handler(input, {});
      expect(heard).toEqual([2]);
    },
  );

  test('is for one event at a time where there is no queue, and for events that the consumer receives', () => {
    const handler = functionHandler(definition('sns'), (_: Rang) => {});
    const event = { name: 'BellRang', payload: { times: 1 } } as const;
    expect(() => inputFor(handler, [event, event])).toThrow(
      'butler/openDoor is a function, which takes one event at a time, not 2',
    );
    const other = { name: 'DoorOpened', payload: {} } as never;
    expect(() => inputFor(handler, other)).toThrow(
      /butler\/openDoor receives no DoorOpened. It receives BellRang of porch/,
    );
  });

  test('is the same for the same seed', () => {
    const handler = verifyMarket(() => {});
    expect(inputFor(handler, order)).toEqual(inputFor(handler, order));
    expect(inputFor(handler, order, { seed: 2 })).not.toEqual(inputFor(handler, order));
  });

  test('carries a correlation id beside a payload that has none', async () => {
    const heard: unknown[] = [];
    const handler = functionHandler(definition('eventbridge'), (event: Rang) => {
      heard.push(event.correlationId);
    });
    await handler(inputFor(handler, { name: 'BellRang', payload: { times: 1 }, correlationId: 'c-1' }), {});
    expect(heard).toEqual(['c-1']);
  });

  test('reads a correlation id of the header that a publisher fills from the payload', async () => {
    const heard: unknown[] = [];
    const [received] = definition('sns').receives;
    const receives = [{ ...received, correlation: correlationInHeader('/times') } as const];
    const handler = functionHandler({ ...definition('sns'), receives } as never, (event: Rang) => {
      heard.push(event.correlationId);
    });
    const event = { name: 'BellRang', payload: { times: 7 } } as const;
    await handler(inputFor(handler, { ...event, correlationId: 'c-1' }), {});
    await handler(inputFor(handler, { ...event, headers: { times: 8 } }), {});
    await handler(inputFor(handler, { ...event, payload: {} as never, correlationId: 'c-1' }), {});
    expect(heard).toEqual(['7', '8', 'c-1']);
  });

  test('has one id for one object, and another for a copy', () => {
    const handler = queueHandler(definition('sqs'), (_: Rang) => {});
    const event = { name: 'BellRang', payload: { times: 2 } } as const;
    const { Records } = inputFor(handler, [event, event, { ...event }]) as {
      readonly Records: readonly { readonly messageAttributes: { readonly id: { readonly stringValue: string } } }[];
    };
    const [first, again, copy] = Records.map(({ messageAttributes }) => messageAttributes.id.stringValue);
    expect(again).toBe(first);
    expect(copy).not.toBe(first);
  });

  test('carries what comes with an event beside its payload', async () => {
    const heard: unknown[] = [];
    const handler = verifyMarket(({ part, correlationId, replay, traceHeader }) => {
      heard.push({ part, correlationId, replay, traceHeader });
    });
    const beside = {
      part: { of: 'split', index: 1, count: 2 },
      replay: 'again',
      traceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793',
    };
    const event = eventOf('OrderPlaced', orderPlacedSchema, { market: 'ru' }, beside);
    await handler(inputFor(handler, event), {});
    // The payload says it itself: it is the order's id.
    expect(heard).toEqual([{ ...beside, correlationId: event.payload.orderId }]);
    expect(() => inputFor(handler, { ...event, claimed: true })).toThrow('A claim needs a bucket');
  });
});
