import { reserveItem } from '../../generated/services/warehouse/index.js';

export const handler = reserveItem(async ({ payload }, { publish }) => {
  await publish('ItemReserved', payload);
});
