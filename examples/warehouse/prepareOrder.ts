import { prepareOrder } from '../../generated/services/warehouse/index.js';

/** Countries that the warehouse has no packing rules for: their orders end in the dead-letter queue. */
const unsupportedCountries: ReadonlySet<string> = new Set(['AQ']);

export const handler = prepareOrder(({ payload: payment }, { log }) => {
  const { country } = payment.shipTo;
  if (unsupportedCountries.has(country)) throw new Error(`There are no packing rules for ${country}`);
  log.info('Packed', { orderId: payment.orderId });
});
