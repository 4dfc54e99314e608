import { acceptRuOrder } from '../../generated/services/orders/index.js';
import { acceptSubmission } from './accept-submission.ts';

export const handler = acceptRuOrder(async ({ payload }, { publish }) => {
  await publish('OrderPlaced', acceptSubmission(payload));
});
