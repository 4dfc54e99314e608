import { told } from '../told.ts';
import type { HandlerModules } from './generated/index.js';
import { tellBargain } from './generated/services/newsletter/index.js';
import { indexPrice } from './generated/services/search/index.js';
import { showPrice } from './generated/services/website/index.js';

/** The type of a bargain's `direction` is `'down'`: the filter has narrowed it. */
export const handlers: HandlerModules = {
  'newsletter/tellBargain': async () => ({
    handler: tellBargain(({ payload }) => told(`newsletter: ${payload.sku} goes ${payload.direction}`)),
  }),
  'search/indexPrice': async () => ({ handler: indexPrice(({ payload }) => told(`search: ${payload.sku}`)) }),
  'website/showPrice': async () => ({ handler: showPrice(({ payload }) => told(`website: ${payload.cents} cents`)) }),
};
