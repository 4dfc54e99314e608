import { bank } from './bank.ts';
import type { HandlerModules } from './generated/index.js';
import { chargeCard } from './generated/services/billing/index.js';

/** After three failures in a row nobody calls the bank but one probe at a time; events wait in their queue. */
export const handlers: HandlerModules = {
  'billing/chargeCard': async () => ({
    handler: chargeCard(async ({ payload: { booking } }, { downstreams }) => {
      await downstreams.bank.call(() => bank.charge(booking));
    }),
  }),
};
