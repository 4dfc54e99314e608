import { splitOrder } from '../../generated/services/warehouse/index.js';

/** Called for each of `items`; what it returns is published as `ItemOrdered`. */
export const handler = splitOrder((item, { event, index }) => ({
  orderId: event.payload.orderId,
  line: index + 1,
  item,
}));
