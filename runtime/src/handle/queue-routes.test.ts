import { describe, expect, test } from 'vitest';
import {
  type AnyEvent,
  attributes,
  definition,
  envelope,
  failures,
  fromTopic,
  order,
  orderPlaced,
  record,
  runBatch,
  submitted,
  text,
} from '../../../test/support/batch-run.ts';

describe('a queue handler', () => {
  test.each(['sns', 'sqs'] as const)('takes body and attributes of route %s', async (route) => {
    const events: AnyEvent[] = [];
    const { response } = await runBatch(
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
    const { response } = await runBatch(
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
    await runBatch(
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
    await runBatch(
      ({ source }) => void seen.push(source),
      [record('m-1', envelope(order('o-1'), { source: 'other.orders' }))],
      {
        definition: { ...definition, receives: [orderPlaced, other] },
      },
    );
    expect(seen).toEqual(['other.orders']);
  });

  test('takes a message without attributes for the only event that it can be', async () => {
    const events: AnyEvent[] = [];
    await runBatch((event) => void events.push(event), [record('m-1', '{"orderId":"o-1"}')], { definition: fromTopic });
    expect(events).toMatchObject([{ name: 'OrderSubmitted', id: 'm-1', time: new Date(1545082649183) }]);
  });

  test('does not guess the event of a message without attributes where there are several', async () => {
    const several = { ...fromTopic, receives: [submitted, { ...submitted, name: 'OrderWithdrawn' }] };
    const { sent } = await runBatch(() => {}, [record('m-1', '{"orderId":"o-1"}')], { definition: several });
    expect(JSON.stringify(sent)).toContain('unknown-event');
  });
});
