import { verifyMarket } from '../../generated/services/compliance/index.js';

/** `payload.market` has the type `'ru'` here: the filter in the spec narrows it. */
export const handler = verifyMarket(({ payload: order }, { log }) => {
  log.info('Restricted market verified', { orderId: order.orderId, market: order.market });
});
