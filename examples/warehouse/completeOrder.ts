import { completeOrder } from '../../generated/services/warehouse/index.js';

/** Called once with all the items of an order, in their order. */
export const handler = completeOrder((items, { log }) => {
  const [first] = items;
  log.info('Boxed', { orderId: first?.payload.orderId, lines: items.length });
});
