import { PermanentError } from '@eventloom/runtime';
import { describe, expect, test } from 'vitest';
import { orderPlacedSchema, orderSubmittedSchema, paymentProcessedSchema } from '../../../../generated/events/index.ts';
import { verifyMarket } from '../../../../generated/services/compliance/index.ts';
import { notifyCustomer } from '../../../../generated/services/notifications/index.ts';
import { acceptEuOrder, cancelOrder } from '../../../../generated/services/orders/index.ts';
import { chargeOrder } from '../../../../generated/services/payments/index.ts';
import { eventOf } from '../event.ts';
import { payloadOf } from '../payload.ts';
import { harness } from './harness.ts';

const order = eventOf('OrderPlaced', orderPlacedSchema, { market: 'ru' });
const payment = payloadOf(paymentProcessedSchema);

describe('a harness of a handler', () => {
  test('delivers an event, which the handler handles once', async () => {
    const shop = harness(verifyMarket(({ payload }, { log }) => log.info('Verified', { market: payload.market })));
    const [id = ''] = await shop.deliver(order);
    shop.expectHandledOnce(id);
    expect(shop.runs).toMatchObject([{ id, name: 'OrderPlaced', attempt: 1, payload: { market: 'ru' } }]);
    expect(shop.logs).toMatchObject([{ level: 'INFO', message: 'Verified', market: 'ru' }]);
  });

  test('shows what the handler published', async () => {
    const shop = harness(chargeOrder((_, { publish }) => publish('PaymentProcessed', payment).then(() => {})));
    await shop.deliver(eventOf('OrderPlaced', orderPlacedSchema));
    expect(shop.published).toMatchObject([{ name: 'PaymentProcessed', source: 'shop.payments', payload: payment }]);
  });

  test('tries an event again until it is handled', async () => {
    const shop = harness(
      chargeOrder((_, { attempt }) => {
        if (attempt < 3) throw new Error('the bank sleeps');
      }),
    );
    const [id = ''] = await shop.deliver(eventOf('OrderPlaced', orderPlacedSchema));
    shop.expectHandledOnce(id);
    expect(shop.runs.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });

  test('ends in the dead-letter queue when no try helps, and comes back when it is redriven', async () => {
    const bank = { isOpen: false };
    const handler = chargeOrder(() => {
      if (!bank.isOpen) throw new Error('the bank is shut');
    });
    const shop = harness(handler, { maxReceiveCount: 2 });
    const [id = ''] = await shop.deliver(eventOf('OrderPlaced', orderPlacedSchema));
    shop.expectDeadLettered(id, { reason: 'the bank is shut' });
    expect(() => shop.expectHandledOnce(id)).toThrow(
      [
        `Event ${id} should be handled once by payments/chargeOrder, and was not handled.`,
        '- attempt 1: Error: the bank is shut',
        '- attempt 2: Error: the bank is shut',
        '- dead-lettered: Error: the bank is shut',
      ].join('\n'),
    );
    bank.isOpen = true;
    expect(await shop.redrive()).toBe(1);
    shop.expectHandledOnce(id);
    expect(shop.deadLetters).toEqual([]);
  });

  test('tells why an event was dead-lettered', async () => {
    const shop = harness(verifyMarket(() => {}));
    const poison = { ...payloadOf(orderPlacedSchema, { market: 'ru' }), total: -1 };
    const [id = ''] = await shop.deliver({ name: 'OrderPlaced', payload: poison });
    shop.expectDeadLettered(id, { code: 'invalid-payload', path: '/total', rule: 'minimum' });
    expect(() => shop.expectDeadLettered(id, { path: '/market' })).toThrow(
      /should be dead-lettered by compliance\/verifyMarket with path "\/market", and was for something else[\s\S]*invalid-payload, path \/total/,
    );
  });

  test('tells what the handler itself gave up', async () => {
    const shop = harness(
      verifyMarket(() => {
        throw new PermanentError('sanctioned', { code: 'sanctioned' });
      }),
    );
    const [id = ''] = await shop.deliver(order);
    shop.expectDeadLettered(id, { code: 'sanctioned' });
  });

  test('has one course of events for one seed, waits included', async () => {
    const waited = async (seed: number): Promise<number> => {
      const shop = harness(
        chargeOrder((_, { attempt }) => {
          if (attempt < 3) throw new Error('the bank sleeps');
        }),
        { seed },
      );
      await shop.deliver(eventOf('OrderPlaced', orderPlacedSchema));
      return shop.system.now().getTime();
    };
    const [first, second] = [await waited(1), await waited(1)];
    expect(second).toBe(first);
    expect(new Set([first, await waited(2), await waited(3), await waited(4)]).size).toBeGreaterThan(1);
  });

  test('delivers the same event more than once', async () => {
    const shop = harness(verifyMarket(() => {}));
    const [id = ''] = await shop.deliver(order, { times: 2 });
    expect(shop.runs.map((run) => run.id)).toEqual([id, id]);
    expect(() => shop.expectHandledOnce(id)).toThrow(/handled 2 times/);
  });

  test('hands events over in batches, of which one may fail alone', async () => {
    const shop = harness(
      notifyCustomer(({ name }) => {
        if (name === 'PaymentProcessed') throw new PermanentError('no');
      }),
    );
    const ids = await shop.deliver([
      eventOf('OrderPlaced', orderPlacedSchema),
      eventOf('PaymentProcessed', paymentProcessedSchema),
    ]);
    expect(shop.system.report().consumers[0]?.invocations).toBe(1);
    shop.expectHandledOnce(ids[0] ?? '');
    shop.expectDeadLettered(ids[1] ?? '', { code: 'permanent' });
  });

  test('wraps events as the route of each wraps them', async () => {
    const shop = harness(acceptEuOrder(() => {}));
    const submitted = eventOf('OrderSubmitted', orderSubmittedSchema, { market: 'eu' });
    const [id = ''] = await shop.deliver({ ...submitted, headers: { market: 'eu' } });
    shop.expectHandledOnce(id);
  });

  test('knows the types of the events that a handler takes', () => {
    const shop = harness(verifyMarket(() => {}));
    // @ts-expect-error its filter lets through orders of another market only
    void (() => shop.deliver(eventOf('OrderPlaced', orderPlacedSchema, { market: 'eu' })));
    // @ts-expect-error it receives no payments
    void (() => shop.deliver(eventOf('PaymentProcessed', paymentProcessedSchema)));
    const declined = eventOf('PaymentProcessed', paymentProcessedSchema, { status: 'declined' });
    void (() => harness(cancelOrder(() => {})).deliver(declined));
  });

  test('replaces clients and adds to the environment', async () => {
    const broken = { send: () => Promise.reject(new Error('no network')) };
    const handler = chargeOrder(async (_, { publish }) => void (await publish('PaymentProcessed', payment)));
    const shop = harness(handler, { clients: { eventBridge: broken }, maxReceiveCount: 1 });
    const [id = ''] = await shop.deliver(eventOf('OrderPlaced', orderPlacedSchema));
    shop.expectDeadLettered(id, { reason: 'no network' });
    expect(shop.published).toEqual([]);
  });
});
