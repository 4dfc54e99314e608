import { createHash } from 'node:crypto';
import type { OrderPlaced, PaymentProcessed } from '../../generated/index.js';

/** Thrown when the bank does not answer in time; asking again later usually helps. */
export class GatewayTimeout extends Error {
  override readonly name = 'GatewayTimeout';
}

/**
 * Stands in for a payment provider: the same order always gives the same answer, customers of the slow bank need a
 * third attempt, and whoever spends more than 2,000 is over the limit.
 */
export async function charge(order: OrderPlaced, attempt: number): Promise<PaymentProcessed> {
  if (order.customer.email.endsWith('@slow-bank.example') && attempt < 3) {
    throw new GatewayTimeout(`The bank did not answer for order ${order.orderId} (attempt ${attempt})`);
  }
  const paymentId = uuidFrom(`payment:${order.orderId}`);
  const payment = {
    orderId: order.orderId,
    paymentId,
    amount: order.total,
    currency: order.currency,
    method: { type: 'card', brand: order.market === 'ru' ? 'mir' : 'visa', last4: '4242' },
    processedAt: order.placedAt,
  } as const;
  if (order.total > 2000) return { ...payment, status: 'declined', declineReason: 'limitExceeded' };
  return {
    ...payment,
    status: 'approved',
    authorizationCode: paymentId.slice(0, 8).toUpperCase(),
    shipTo: order.shippingAddress,
  };
}

/** A UUID that depends on `text` alone, so that a retry names the same payment. */
function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
