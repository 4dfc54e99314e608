import type { HandlerModules } from './generated/index.js';
import { quoteParcel } from './generated/services/carriers/index.js';

const tooHeavyGrams = 30_000;

/** What it returns is what the caller gets; what it throws, the caller hears of. */
export const handlers: HandlerModules = {
  'carriers/quoteParcel': async () => ({
    handler: quoteParcel(({ payload: { grams } }) => {
      if (grams > tooHeavyGrams) throw new RangeError(`${grams} g is more than a van takes`);
      return { cents: 390 + Math.round(grams / 10) };
    }),
  }),
};
