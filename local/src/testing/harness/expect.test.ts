import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { orderPlacedSchema } from '../../../../generated/events/index.ts';
import { verifyMarket } from '../../../../generated/services/compliance/index.ts';
import { chargeOrder } from '../../../../generated/services/payments/index.ts';
import { splitOrder } from '../../../../generated/services/warehouse/index.ts';
import { eventOf } from '../event.ts';
import { harness } from './harness.ts';

const russian = () => eventOf('OrderPlaced', orderPlacedSchema, { market: 'ru' });

describe('one object is one event', () => {
  test.each([
    ['in one batch', true],
    ['one after the other', false],
  ])('that comes twice when it is delivered twice, %s', async (_, together) => {
    const compliance = harness(verifyMarket(() => {}));
    const order = russian();
    const ids = together
      ? await compliance.deliver([order, order])
      : [...(await compliance.deliver(order)), ...(await compliance.deliver(order))];
    expect(new Set(ids).size).toBe(1);
    expect(() => compliance.expectHandledOnce(order)).toThrow('was handled 2 times');
    expect(new Set(compliance.runs.map(({ id }) => id)).size).toBe(1);
  });

  test('and a copy of it is another', async () => {
    const compliance = harness(verifyMarket(() => {}));
    const order = russian();
    const copy = { ...order };
    await compliance.deliver([order, copy]);
    compliance.expectHandledOnce(order);
    compliance.expectHandledOnce(copy);
  });

  test('of which a dead letter still stands when a second delivery is handled', async () => {
    const bank = { isOpen: false };
    const payments = harness(
      chargeOrder(() => {
        if (!bank.isOpen) throw new Error('shut');
      }),
      { maxReceiveCount: 1 },
    );
    const order = russian();
    await payments.deliver(order);
    bank.isOpen = true;
    await payments.deliver(order);
    expect(() => payments.expectHandledOnce(order)).toThrow('was handled once, but is dead-lettered too');
  });

  test('that idempotency handles once, and does not leave out', async () => {
    const payments = harness(chargeOrder(() => {}));
    const order = russian();
    await payments.deliver([order, order]);
    payments.expectHandledOnce(order);
    expect(() => payments.expectLeftOut(order)).toThrow('should be left out');
    const copy = { ...order };
    await payments.deliver(copy);
    payments.expectLeftOut(copy);
  });
});

describe('an event is handled once when nothing of it is to come', () => {
  test('not while another delivery waits for its next try', async () => {
    let calls = 0;
    const compliance = harness(
      verifyMarket(() => {
        if (calls++ === 0) throw new Error('not now');
      }),
    );
    const order = russian();
    await compliance.send(order, { times: 2 });
    await compliance.advance(1000);
    expect(() => compliance.expectHandledOnce(order)).toThrow(/another delivery of it is in flight[\s\S]*- in flight/);
    await compliance.settle();
    expect(() => compliance.expectHandledOnce(order)).toThrow('was handled 2 times');
  });

  test('not while a call that timed out has not returned', async () => {
    let calls = 0;
    let wake = (): void => {};
    const awake = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const compliance = harness(
      verifyMarket(async () => {
        if (calls++ === 0) await awake;
      }),
      { timeoutSeconds: 1 },
    );
    const order = russian();
    await compliance.deliver(order);
    expect(() => compliance.expectHandledOnce(order)).toThrow(
      /another call for it has not returned[\s\S]*attempt 1: has not returned/,
    );
    wake();
    await setImmediate();
    expect(() => compliance.expectHandledOnce(order)).toThrow('was handled 2 times');
  });

  test('not by a call that threw undefined', async () => {
    const compliance = harness(verifyMarket(() => Promise.reject(undefined)));
    const order = russian();
    await compliance.send(order);
    await compliance.advance(1000);
    expect(compliance.runs).toMatchObject([{ returned: false, error: undefined }]);
    expect(() => compliance.expectHandledOnce(order)).toThrow('was not handled');
  });
});

describe('what is told of an event', () => {
  test('is what was received, not what the handler made of it', async () => {
    const order = russian();
    const compliance = harness(
      verifyMarket(({ payload }) => {
        Object.assign(payload, { total: -1 });
      }),
    );
    await compliance.deliver(order);
    expect(compliance.runs).toMatchObject([{ payload: order.payload, returned: true }]);
  });

  test('is the reason of its dead letter, however often it is asked for', async () => {
    const compliance = harness(
      verifyMarket(() => Promise.reject(new Error('no'))),
      { maxReceiveCount: 1 },
    );
    const order = russian();
    await compliance.deliver(order);
    const reason = /no/g;
    compliance.expectDeadLettered(order, { reason });
    compliance.expectDeadLettered(order, { reason });
  });

  test('is that the parts of a split were not published', async () => {
    const eventBridge = { send: () => Promise.reject(new Error('out of order')) };
    const warehouse = harness(
      splitOrder((item, { event, index }) => ({ orderId: event.payload.orderId, line: index + 1, item })),
      { clients: { eventBridge }, maxReceiveCount: 2 },
    );
    const order = eventOf('OrderPlaced', orderPlacedSchema);
    await warehouse.deliver(order);
    expect(warehouse.runs).toMatchObject([1, 2].map((attempt) => ({ attempt, returned: false })));
    expect(warehouse.runs.map(({ error }) => String(error))).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining('out of order')),
    );
    expect(() => warehouse.expectHandledOnce(order)).toThrow(/attempt 1: failed after that: .*out of order/);
  });
});
