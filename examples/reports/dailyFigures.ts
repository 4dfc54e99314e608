import { dailyFigures } from '../../generated/services/reports/index.js';

export const handler = dailyFigures(({ payload: order }, { log }) => {
  log.info('Figures', {
    day: order.placedAt.slice(0, 10),
    market: order.market,
    total: order.total,
    currency: order.currency,
  });
});
