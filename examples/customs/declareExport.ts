import { declareExport } from '../../generated/services/customs/index.js';

export const handler = declareExport(({ payload: order }, { log }) => {
  log.info('Export declared', {
    orderId: order.orderId,
    country: order.country,
    value: order.total,
    currency: order.currency,
  });
});
