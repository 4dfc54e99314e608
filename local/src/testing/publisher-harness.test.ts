import { isEventloomError, type PublishError } from '@eventloom/runtime';
import { describe, expect, test } from 'vitest';
import { orderPlacedSchema, topology } from '../../../generated/index.ts';
import { verifyMarket } from '../../../generated/services/compliance/index.ts';
import { createOrdersPublisher } from '../../../generated/services/orders/index.ts';
import { bellRangSchema, topology as house } from '../../../test/golden/topic-to-function/expected/index.ts';
import { openDoor } from '../../../test/golden/topic-to-function/expected/services/butler/index.ts';
import { createPorchPublisher } from '../../../test/golden/topic-to-function/expected/services/porch/index.ts';
import { harness } from './harness/harness.ts';
import { payloadOf } from './payload.ts';
import { publisherHarness } from './publisher-harness.ts';

const order = payloadOf(orderPlacedSchema, { market: 'ru' });

describe('a harness of a publisher', () => {
  test('shows what was published, typed by the events of the service', async () => {
    const { publisher, published } = publisherHarness(createOrdersPublisher, topology);
    const { id } = await publisher.placeOrder(order);
    expect(published).toMatchObject([{ name: 'OrderPlaced', source: 'shop.orders', payload: order, id }]);
    const totals: readonly number[] = published.map(({ payload }) => payload.total);
    expect(totals).toEqual([order.total]);
    // @ts-expect-error the service sends no such event
    void (() => published.some(({ name }) => name === 'PaymentProcessed'));
  });

  test('hands it on to a handler, over a bus or a topic', async () => {
    const porch = publisherHarness(createPorchPublisher, house);
    await porch.publisher.reportBell('BellRang', payloadOf(bellRangSchema, { door: 'front' }));
    expect(porch.published).toMatchObject([{ source: 'bells', headers: { door: 'front' } }]);
    const butler = harness(openDoor(() => {}));
    await butler.deliver(porch.published.filter((event) => event.name === 'BellRang') as never);
    butler.expectHandledOnce(porch.published[0] ?? '');

    const orders = publisherHarness(createOrdersPublisher, topology);
    await orders.publisher.placeOrder(order);
    const compliance = harness(verifyMarket(() => {}));
    await compliance.deliver({ name: 'OrderPlaced', payload: order, id: orders.published[0]?.id });
    expect(compliance.runs.map(({ id }) => id)).toEqual(orders.published.map(({ id }) => id));
  });

  test('refuses as AWS would, until it accepts again', async () => {
    const { publisher, published, refuse } = publisherHarness(createOrdersPublisher, topology);
    refuse('AccessDeniedException');
    const error = await publisher.placeOrder(order).catch((reason: unknown) => reason);
    expect(isEventloomError(error, 'PublishError') && (error as PublishError).code).toBe('AccessDeniedException');
    expect(published).toEqual([]);
    refuse(null);
    await publisher.$publish([{ name: 'OrderPlaced', payload: order }]);
    expect(published).toHaveLength(1);
  });

  test.each(['ThrottlingException', 'InternalFailure', 'AccessDeniedException'])(
    'does not try again what is refused (%s)',
    async (code) => {
      const { publisher, refuse, system } = publisherHarness(createOrdersPublisher, topology);
      const startedAt = system.now();
      refuse(code);
      const error = await publisher.placeOrder(order).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code, cause: { $metadata: { attempts: 1 } } });
      expect(system.now()).toEqual(startedAt);
    },
  );

  test('lets through nothing that is invalid', async () => {
    const { publisher, published } = publisherHarness(createOrdersPublisher, topology);
    await expect(publisher.placeOrder({ ...order, total: -1 })).rejects.toMatchObject({
      path: '/total',
      rule: 'minimum',
    });
    expect(published).toEqual([]);
  });
});
