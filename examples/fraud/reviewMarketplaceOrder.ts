import { reviewMarketplaceOrder } from '../../generated/services/fraud/index.js';

export const handler = reviewMarketplaceOrder(({ payload: submission }, { log }) => {
  log.info('Bulk order on a marketplace', { submissionId: submission.submissionId, channel: submission.channel });
});
