import { told } from '../told.ts';
import type { HandlerModules } from './generated/index.js';
import { keepBalance } from './generated/services/ledger/index.js';

const balances = new Map<string, number>();
let failures = 0;

/** The first withdrawal fails once: what comes after it in its account waits, other accounts do not. */
export const handlers: HandlerModules = {
  'ledger/keepBalance': async () => ({
    handler: keepBalance(({ payload: { account, cents } }) => {
      if (cents < 0 && failures++ === 0) throw new Error('the ledger is locked');
      const balance = (balances.get(account) ?? 0) + cents;
      balances.set(account, balance);
      told(`ledger: ${account} has ${balance}`);
    }),
  }),
};
