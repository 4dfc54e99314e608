import { cancelOrder } from '../../generated/services/orders/index.js';

/** The compensation: `payload` is known to be a declined payment, since the filter lets nothing else through. */
export const handler = cancelOrder(async ({ payload, time }, { publish }) => {
  await publish('OrderUpdated', {
    orderId: payload.orderId,
    status: 'cancelled',
    reason: `Payment declined: ${payload.declineReason}`,
    changedAt: time.toISOString(),
  });
});
