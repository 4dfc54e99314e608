import { screenHighValueOrder } from '../../generated/services/fraud/index.js';

export const handler = screenHighValueOrder(({ payload: order }, { log }) => {
  const pieces = order.items.reduce((sum, item) => sum + item.quantity, 0);
  if (pieces > 50) log.warn('Looks like a reseller', { orderId: order.orderId, pieces });
});
