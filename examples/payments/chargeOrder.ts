import { chargeOrder } from '../../generated/services/payments/index.js';
import { charge } from './gateway.ts';

export const handler = chargeOrder(async ({ payload: order }, { downstreams, publish, attempt, log }) => {
  const payment = await downstreams.gateway.call(() => charge(order, attempt));
  log.info('Payment processed', { orderId: order.orderId, status: payment.status });
  await publish('PaymentProcessed', payment);
});
