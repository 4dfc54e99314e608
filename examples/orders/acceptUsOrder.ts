import { acceptUsOrder } from '../../generated/services/orders/index.js';
import { acceptSubmission } from './accept-submission.ts';

export const handler = acceptUsOrder(async ({ payload }, { publish }) => {
  await publish('OrderPlaced', acceptSubmission(payload));
});
