import type { OrderPlaced, OrderSubmitted } from '../../generated/index.js';

/** Turns the raw order of a market into the order that the shop works with. */
export function acceptSubmission(submission: OrderSubmitted): OrderPlaced {
  const total = totalOf(submission.lines);
  return {
    orderId: submission.submissionId,
    customer: {
      customerId: `cus_${submission.submissionId.slice(0, 8)}`,
      email: submission.customerEmail,
      tier: total >= 1000 ? 'gold' : 'standard',
    },
    market: submission.market,
    country: submission.deliverTo.country,
    currency: submission.currency,
    total,
    items: submission.lines,
    shippingAddress: submission.deliverTo,
    placedAt: submission.submittedAt,
  };
}

function totalOf(lines: OrderSubmitted['lines']): number {
  const cents = lines.reduce((sum, line) => sum + Math.round(line.unitPrice * 100) * line.quantity, 0);
  return cents / 100;
}
